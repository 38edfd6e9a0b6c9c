"""Stepping: bringing lines of a transcript from one state to another, and back, with the quotes that stand on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from storybank.domain.change import ChangeKind
from storybank.domain.events import TranscriptChanged
from storybank.domain.quote import Quote
from storybank.domain.transcript import Line
from storybank.errors import NotFound, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.anchoring import keep_quotes, put_back
from storybank.words import say

Author = Callable[[], str]
"""Tells who sits at this machine."""

_FEW = 50
"""Lines that are looked up one by one; for more, the whole transcript is read."""


class Step:
    """A change that can be made and unmade; it remembers where quotes stood."""

    def __init__(self, open_work: OpenWork, author: Author, kind: ChangeKind, before: Sequence[Line],
                 after: Sequence[Line], begun: Sequence[Line] = ()) -> None:
        """`begun` is where the way back leads, if not to `before`."""
        self._open_work = open_work
        self._author = author
        self._kind = kind
        self._before, self._after, self._begun = before, after, begun or before
        self._quotes: list[Quote] = []

    def do(self) -> None:
        """Bring the lines to their new state."""
        with self._open_work() as work:
            stands = self._before if self._begun is self._before or stand(work, self._before) else self._begun
            self._quotes = self._bring(work, stands, self._after, self._kind)
            work.commit()

    def undo(self) -> None:
        """Bring them back, and the quotes on them."""
        with self._open_work() as work:
            self._bring(work, self._after, self._begun, ChangeKind.UNDONE)
            put_back(work, self._quotes)
            work.commit()

    def _bring(self, work: UnitOfWork, before: Sequence[Line], after: Sequence[Line], kind: ChangeKind) -> list[Quote]:
        if not stand(work, before):
            raise Refused(say("These lines have changed in the meantime, so nothing was done to them."),
                          hint=say("Look at them as they are now, and try again."))
        run_id, after = work.transcripts.run_of(self._before[0].id), as_voiced(work, after)
        change = work.transcripts.revise(run_id, after, self._author(), kind)
        moved = keep_quotes(work, before, after)
        work.record(TranscriptChanged(run_id, before[0].recording_id, change.number, kind.value))
        return moved


def stand(work: UnitOfWork, lines: Sequence[Line]) -> bool:
    """Tell whether lines of one transcript stand as they were read; whose voice each is may have been told since."""
    if len(lines) <= _FEW:
        return all(_stands(work, line) for line in lines)
    known = next((line.id for line in lines if not line.gone), lines[0].id)
    standing = {line.id: line for line in work.transcripts.lines_of(work.transcripts.run_of(known))}
    return all(line.id not in standing if line.gone else _alike(standing.get(line.id), line) for line in lines)


def _stands(work: UnitOfWork, line: Line) -> bool:
    try:
        now = work.transcripts.line(line.id)
    except NotFound:
        return line.gone
    return now.gone if line.gone else _alike(now, line)


def _alike(now: Line | None, line: Line) -> bool:
    return now is not None and replace(now, speaker_id=line.speaker_id) == line


def as_voiced(work: UnitOfWork, lines: Sequence[Line]) -> list[Line]:
    """Return lines with the person whose voice each is today; a voice that was taken out is nobody's."""
    if not any(line.voice_id for line in lines):
        return list(lines)
    whose = {voice.id: voice.contributor_id for voice in work.voices.of_recording(lines[0].recording_id)}
    return [
        line if line.voice_id is None
        else replace(line, speaker_id=whose[line.voice_id]) if line.voice_id in whose
        else replace(line, voice_id=None, speaker_id=None)
        for line in lines
    ]  # fmt: skip
