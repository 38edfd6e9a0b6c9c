"""Telling: a transcript's lines as the command line hands them out."""

from __future__ import annotations

import argparse

from storybank.domain.transcript import Line, RunState
from storybank.errors import NotFound
from storybank.words import say
from ui.commands.doors import opened


def lines_of(asked: argparse.Namespace) -> list[Line]:
    with opened(asked) as app:
        view = app.browsing.story(asked.story)
    if not view.lines and any(run.state is RunState.DONE for run in view.runs):
        raise NotFound(say("No words were heard in {story}.", story=view.story.title))
    if not view.lines:
        raise NotFound(say("{story} has no transcript yet.", story=view.story.title),
                       hint=say("`storybank transcribe {code}` makes one.", code=view.story.code))
    return list(view.lines)


def told_line(line: Line) -> dict[str, object]:
    return {
        "id": line.id, "start_ms": line.start_ms, "end_ms": line.end_ms, "text": line.text,
        "language": line.language, "corrected": line.corrected, "reviewed": line.reviewed,
        "words": [{"text": w.text, "start_ms": w.start_ms, "end_ms": w.end_ms, "probability": w.probability}
                  for w in line.words],
    }
