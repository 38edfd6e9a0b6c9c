"""Correcting: what hands do to a transcript. Every change is kept; the engine's words stay underneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storybank.domain import editing, names
from storybank.domain.change import Change, ChangeKind
from storybank.domain.transcript import Line, Span
from storybank.domain.vocabulary import language_code
from storybank.errors import Invalid, NotFound
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.edits import Edit
from storybank.services.stepping import Author, Step, stand
from storybank.words import Sentence, say

_FEW = 50
"""Lines whose neighbours are looked up one by one; for more, the whole transcript is read."""


class Correcting:
    """Everything one can do to the lines of a transcript. Nothing happens before the edit is done."""

    def __init__(self, open_work: OpenWork, author: Author) -> None:
        self._open_work = open_work
        self._author = author

    # ---- looking ---------------------------------------------------------------------------------------------

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

    def changes(self, recording_id: str) -> list[Change]:
        """Return what was done to the transcript people see, oldest first."""
        with self._open_work() as work:
            run = work.transcripts.shown(recording_id)
            return work.transcripts.changes(run.id) if run else []

    def changed_since(self, run_id: str, number: int) -> tuple[int, list[Line]]:
        """Return the number of the latest change, and the lines (gone or not) that were touched after `number`."""
        with self._open_work() as work:
            return work.transcripts.last_change(run_id), work.transcripts.changed_since(run_id, number)

    def line(self, line_id: str) -> Line:
        """Return the line of that identifier as it reads now."""
        return self._get(line_id)[0]

    def as_of(self, recording_id: str, number: int) -> list[Line]:
        """Return the transcript people see as it stood after a change; 0 is the engine's own text."""
        with self._open_work() as work:
            run_id = _shown(work, recording_id)
            _check_number(number, work.transcripts.last_change(run_id))
            return editing.in_order(work.transcripts.lines_as_of(run_id, number))

    # ---- words -----------------------------------------------------------------------------------------------

    def reword(self, line_id: str, text: str) -> Edit:
        """Plan to give a line a person's text; words that stand keep the engine's times."""
        return self.reword_all(say("Correct line"), {line_id: text})

    def reword_all(self, label: Sentence, texts: dict[str, str], kind: ChangeKind = ChangeKind.REWORDED) -> Edit:
        """Plan to give several lines of one transcript other texts, as one change.

        Words that are replaced throughout were read by nobody: their lines stay as reviewed, or flagged, as they were.
        """
        plain = {line_id: names.plain(text) for line_id, text in texts.items()}
        if not all(plain.values()):
            raise Invalid(say("A line cannot be empty."), hint=say("The engine's words are kept either way."))
        before = self._get(*plain)
        room = self._rooms(before)
        after = [line if " ".join(plain[line.id].split()) == line.text
                 else line.reworded(plain[line.id], room.get(line.id)) for line in before]
        if kind is ChangeKind.REPLACED:
            after = [replace(now, reviewed=line.reviewed, flags=line.flags)
                     for now, line in zip(after, before, strict=True)]
        return self._edit(label, kind, before, after)

    def reword_since(self, begun: Line, text: str) -> Edit:
        """Plan to give a line a person's text, whose words keep the times they had when the person began to write.

        Whatever was saved of the line in between is passed over, there and on the way back.
        """
        plain = names.plain(text)
        if not plain:
            raise Invalid(say("A line cannot be empty."), hint=say("The engine's words are kept either way."))
        now = self._get(begun.id)[0]
        after = replace(now, words=begun.words).reworded(plain, self._rooms([now])[now.id])
        return self._edit(say("Correct line"), ChangeKind.REWORDED, [now], [after], [begun])

    def accept(self, line_id: str, word: int) -> Edit:
        """Plan to leave a doubtful word as it is: somebody heard it and found it right."""
        line = self._get(line_id)[0]
        if not 0 <= word < len(line.words):
            raise Invalid(say("There is no such word in this line."))
        return self._edit(say("Accept word"), ChangeKind.REVIEWED, [line], [line.accepted(word)])

    def review(self, line_id: str, reviewed: bool = True) -> Edit:
        """Plan to mark a line as read against the recording, or not."""
        return self.review_all([line_id], reviewed)

    def review_all(self, line_ids: Sequence[str], reviewed: bool = True) -> Edit:
        """Plan to mark lines of one transcript as read against the recording, or not."""
        before = self._get(*line_ids)
        return self._edit(say("Mark line as reviewed"), ChangeKind.REVIEWED, before,
                          [replace(line, reviewed=reviewed) for line in before])

    # ---- lines -----------------------------------------------------------------------------------------------

    def split(self, line_id: str, before_word: int) -> Edit:
        """Plan to cut a line in front of a word, counted from 0."""
        line, following = self._with_next(line_id)
        (position,) = editing.between(line.position, following.position if following else None, 1)
        moved = []
        if following and not line.position < position < following.position:
            moved, position = self._from(following), line.position + 1
        first, second = editing.split(line, before_word, names.new_id(), position)
        return self._edit(say("Split line"), ChangeKind.SPLIT, [line, replace(second, gone=True), *moved],
                          [first, second, *(replace(one, position=one.position + 2) for one in moved)])

    def merge(self, line_id: str) -> Edit:
        """Plan to make a line and the one after it one."""
        line, following = self._with_next(line_id)
        if following is None:
            raise Invalid(say("There is no line after this one."))
        return self._edit(say("Merge lines"), ChangeKind.MERGED, [line, following], editing.merged(line, following))

    def shift(self, line_id: str, words: int) -> Edit:
        """Plan to move the end of a line by some words, later or (negative) earlier; the next line begins there."""
        line, following = self._with_next(line_id)
        if following is None:
            raise Invalid(say("There is no line after this one."))
        return self._edit(say("Move boundary"), ChangeKind.MOVED, [line, following],
                          editing.shifted(line, following, words))

    def retime(self, line_id: str, start_ms: int, end_ms: int) -> Edit:
        """Plan to let a line begin and end at other moments of the recording."""
        line = self._get(line_id)[0]
        with self._open_work() as work:
            whole_ms = work.recordings.get(line.recording_id).facts.duration_ms
            before, following = work.transcripts.neighbours(line_id)
        moved = editing.retimed(line, max(0, start_ms), min(end_ms, whole_ms))
        if (before and moved.start_ms < before.start_ms) or (
                following and (moved.start_ms > following.start_ms or moved.end_ms > following.end_ms)):
            raise Invalid(say("A line cannot leave its place between the lines around it."),
                          hint=say("Move those first, or merge them."))
        return self._edit(say("Move line in time"), ChangeKind.MOVED, [line], [moved])

    def paragraph(self, line_id: str, opens: bool) -> Edit:
        """Plan to let a paragraph begin with a line, or not."""
        line = self._get(line_id)[0]
        return self._edit(say("Begin paragraph"), ChangeKind.PARAGRAPHED, [line],
                          [replace(line, opens_paragraph=opens)])

    def speak(self, line_ids: Sequence[str], language: str) -> Edit:
        """Plan to put the language of lines right."""
        before = self._get(*line_ids)
        code = language_code(language)
        return self._edit(say("Change language"), ChangeKind.TRANSLATED, before,
                          [replace(line, language=code) for line in before])

    def give(self, line_ids: Sequence[str], voice_id: str | None) -> Edit:
        """Plan to say whose voice lines are; None takes it back."""
        before = self._get(*line_ids)
        with self._open_work() as work:
            whose = work.voices.get(voice_id).contributor_id if voice_id else None
        return self._edit(say("Say who speaks"), ChangeKind.VOICED, before,
                          [replace(line, voice_id=voice_id, speaker_id=whose) for line in before])

    def give_to_the_end(self, line_id: str, voice_id: str) -> Edit:
        """Plan to give a voice this line and every one after it."""
        return self.give([one.id for one in self._from(self._get(line_id)[0])], voice_id)

    # ---- the whole transcript --------------------------------------------------------------------------------

    def go_back(self, recording_id: str, number: int) -> Edit:
        """Plan to let a transcript stand as it did after a change; nothing that came later is forgotten."""
        with self._open_work() as work:
            run_id = _shown(work, recording_id)
            latest = work.transcripts.changes(run_id)
            then = work.transcripts.lines_as_of(run_id, number)
            now = work.transcripts.lines_as_of(run_id, latest[-1].number if latest else 0)
        _check_number(number, len(latest))
        stood = {line.id: line for line in then}
        changed = [line for line in now if stood[line.id] != line and not (line.gone and stood[line.id].gone)]
        return self._edit(say("Go back"), ChangeKind.RESTORED, changed, [stood[line.id] for line in changed])

    def replace_lines(self, label: Sentence, kind: ChangeKind, before: Sequence[Line], after: Sequence[Line]) -> Edit:
        """Plan to put other lines in the place of some, of one transcript; those that go must be marked as gone.

        Lines that somebody changed since `before` was read are left as they are, where each has one to take its place.
        """
        if [line.id for line in before] == [line.id for line in after]:
            with self._open_work() as work:
                still = [stand(work, [line]) for line in before]
            before = [line for line, stands in zip(before, still, strict=True) if stands]
            after = [line for line, stands in zip(after, still, strict=True) if stands]
        return self._edit(label, kind, before, after)

    def _get(self, *line_ids: str) -> list[Line]:
        with self._open_work() as work:
            if len(line_ids) > _FEW:
                standing = {one.id: one for one in work.transcripts.lines_of(work.transcripts.run_of(line_ids[0]))}
                found = [standing[one] for one in line_ids if one in standing]
            else:
                found = [work.transcripts.line(line_id) for line_id in line_ids]
        if not found or len(found) < len(line_ids) or any(line.gone for line in found):
            raise NotFound(say("This line is not in the transcript any more."))
        return found

    def _from(self, line: Line) -> list[Line]:
        """Return a line and every one after it."""
        with self._open_work() as work:
            lines = work.transcripts.lines_of(work.transcripts.run_of(line.id))
        return [one for one in lines if one.position >= line.position]

    def _with_next(self, line_id: str) -> tuple[Line, Line | None]:
        line = self._get(line_id)[0]
        with self._open_work() as work:
            return line, work.transcripts.neighbours(line_id)[1]

    def _rooms(self, lines: Sequence[Line]) -> dict[str, Span]:
        """Return for each line the stretch between the lines around it."""
        with self._open_work() as work:
            whole_ms = work.recordings.get(lines[0].recording_id).facts.duration_ms
            if len(lines) > _FEW:
                return editing.rooms(work.transcripts.lines_of(work.transcripts.run_of(lines[0].id)), whole_ms)
            found = {}
            for line in lines:
                around = [one for one in work.transcripts.neighbours(line.id) if one]
                standing = sorted([line, *around], key=lambda one: one.position)
                found[line.id] = editing.rooms(standing, whole_ms)[line.id]
        return found

    def _edit(self, label: Sentence, kind: ChangeKind, before: Sequence[Line], after: Sequence[Line],
              begun: Sequence[Line] = ()) -> Edit:
        if not before or (before == after and not begun):
            return Edit(label, _nothing, _nothing)
        step = Step(self._open_work, self._author, kind, before, after, begun)
        return Edit(label, step.do, step.undo)


def _check_number(number: int, latest: int) -> None:
    if not 0 <= number <= latest:
        raise NotFound(say("There is no change {number}; this transcript has {count}.", number=number, count=latest))


def _nothing() -> None:
    """Do nothing: all is so already."""


def _shown(work: UnitOfWork, recording_id: str) -> str:
    run = work.transcripts.shown(recording_id)
    if run is None:
        raise NotFound(say("This recording has no transcript yet."))
    return run.id
