"""Correcting: putting a person's words over the engine's, line by line; the engine's stay underneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from storybank.domain import names
from storybank.domain.events import LineCorrected
from storybank.domain.transcript import Line, Span
from storybank.errors import Invalid, NotFound
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.edits import Edit
from storybank.words import say


class Correcting:
    """Everything one can do to a transcript by hand."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def lines(self, recording_id: str) -> list[Line]:
        """Return the transcript as people see it."""
        with self._open_work() as work:
            return work.transcripts.lines(recording_id)

    def line_at(self, recording_id: str, number: int) -> Line:
        """Return the line people call `number`: 1 is the first."""
        lines = self.lines(recording_id)
        if not 1 <= number <= len(lines):
            raise NotFound(say("There is no line {number}; this transcript has {count}.", number=number,
                               count=len(lines)))
        return lines[number - 1]

    def reword(self, line_id: str, text: str) -> Edit:
        """Plan to give a line a person's text; words that stand keep the engine's times."""
        text = names.plain(text)
        if not text:
            raise Invalid(say("A line cannot be empty."), hint=say("The engine's words are kept either way."))
        before = self._line(line_id)
        return Edit(
            say("Correct line"),
            do=partial(self._set_text, line_id, text),
            undo=partial(self._put_back, before),
        )

    def review(self, line_id: str, reviewed: bool = True) -> Edit:
        """Plan to mark a line as read against the recording, or not."""
        before = self._line(line_id)
        return Edit(
            say("Mark line as reviewed"),
            do=partial(self._put_back, replace(before, reviewed=reviewed)),
            undo=partial(self._put_back, before),
        )

    def _line(self, line_id: str) -> Line:
        with self._open_work() as work:
            return work.transcripts.line(line_id)

    def _set_text(self, line_id: str, text: str) -> None:
        with self._open_work() as work:
            line = work.transcripts.line(line_id)
            whole_ms = work.recordings.get(line.recording_id).facts.duration_ms
            room = _room_of(line, work.transcripts.lines(line.recording_id), whole_ms)
            work.transcripts.save_line(line.reworded(text, room))
            self._finish(work, line_id)

    def _put_back(self, line: Line) -> None:
        with self._open_work() as work:
            latest = work.transcripts.line(line.id)
            revision = latest.revision if latest.text == line.text else latest.revision + 1
            work.transcripts.save_line(replace(line, revision=revision))
            self._finish(work, line.id)

    @staticmethod
    def _finish(work: UnitOfWork, line_id: str) -> None:
        work.record(LineCorrected(line_id, work.transcripts.line(line_id).recording_id))
        work.commit()


def _room_of(line: Line, lines: Sequence[Line], whole_ms: int) -> Span:
    """Return the stretch between the lines before and after."""
    before = max((other.end_ms for other in lines if other.position < line.position), default=0)
    after = min((other.start_ms for other in lines if other.position > line.position), default=whole_ms)
    return Span(min(before, line.start_ms), max(after, line.end_ms))
