"""Telling: a transcript's lines as the command line hands them out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from storybank.domain.transcript import Line, RunState
from storybank.errors import NotFound
from storybank.words import say
from ui.commands.doors import clock, opened, table
from ui.wiring import App


def listed(app: App, lines: Sequence[Line]) -> str:
    """Return lines as people read them: number, moment, ¶ paragraph, ✓ read, ✎ corrected, ! doubtful, speaker."""
    names = {one.voice.id: one.name or str(one.voice.number)
             for one in (app.voicing.of_recording(lines[0].recording_id) if lines else ())}
    rows = [(str(n), clock(line.start_ms), _marks(line), names.get(line.voice_id or "", ""), line.text)
            for n, line in enumerate(lines, 1)]
    return table(rows if names else [(*row[:3], row[4]) for row in rows])


def _marks(line: Line) -> str:
    marks = (("¶", line.opens_paragraph), ("✓", line.reviewed), ("✎", line.corrected), ("!", bool(line.flags)))
    return "".join(mark for mark, holds in marks if holds)


def lines_of(asked: argparse.Namespace) -> list[Line]:
    """Return the transcript of a story; raise `NotFound` where there is none."""
    with opened(asked) as app:
        view = app.browsing.story(asked.story)
    if not view.lines and any(run.state is RunState.DONE for run in view.runs):
        raise NotFound(say("No words were heard in {story}.", story=view.story.title))
    if not view.lines:
        raise NotFound(say("{story} has no transcript yet.", story=view.story.title),
                       hint=say("`storybank transcribe {code}` makes one.", code=view.story.code))
    return list(view.lines)


def told_line(line: Line) -> dict[str, object]:
    """Return a line as a script reads it."""
    return {
        "id": line.id, "start_ms": line.start_ms, "end_ms": line.end_ms, "text": line.text,
        "language": line.language, "corrected": line.corrected, "reviewed": line.reviewed, "voice": line.voice_id,
        "opens_paragraph": line.opens_paragraph, "flags": list(line.flags),
        "words": [{"text": w.text, "start_ms": w.start_ms, "end_ms": w.end_ms, "probability": w.probability}
                  for w in line.words],
    }
