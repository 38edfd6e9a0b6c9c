"""Transcripts on disk: runs, their journal, the lines people see, and every text a line ever had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from storybank.domain import names
from storybank.domain.change import Change, ChangeKind
from storybank.domain.flag import Flag
from storybank.domain.transcript import Chunk, Line, RunState, Segment, Span, TranscriptRun, Word
from storybank.errors import NotFound, Refused
from storybank.persistence import changes, earlier, indexing
from storybank.persistence.tables import (
    chunks,
    line_states,
    lines,
    recordings,
    segments,
    transcript_runs,
    voices,
    words,
)
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

_FEW = 50
"""Lines that are looked up one by one; for more, the whole transcript is read."""


class StoredTranscripts:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction, moment: str) -> None:
        self._transaction = transaction
        self._moment = moment

    def run(self, run_id: str) -> TranscriptRun:
        """Return the run of that identifier."""
        row = self._transaction.row(select(transcript_runs).where(transcript_runs.c.id == run_id))
        if row is None:
            raise NotFound(say("There is no transcript run {id} in this library.", id=run_id))
        return _run(row)

    def runs_of(self, recording_id: str) -> list[TranscriptRun]:
        """Return the runs over a recording, oldest first."""
        own = select(transcript_runs).where(transcript_runs.c.recording_id == recording_id)
        return [_run(row) for row in self._transaction.rows(own.order_by(transcript_runs.c.seq))]

    def in_state(self, state: RunState) -> list[TranscriptRun]:
        """Return every run in that state."""
        those = select(transcript_runs).where(transcript_runs.c.state == state.value)
        return [_run(row) for row in self._transaction.rows(those.order_by(transcript_runs.c.started_at))]

    def save_run(self, run: TranscriptRun) -> None:
        """Write a run, new or known; one that is done now may be the one that people see.

        Whether a known run lies beside is what `show` said last, however old the run in hand.
        """
        row = _row(run)
        again = {name: value for name, value in row.items() if name != "beside"}
        if not self._transaction.execute(
            update(transcript_runs).where(transcript_runs.c.id == run.id).values(again)
        ).rowcount:
            if self._transaction.row(select(recordings.c.id).where(recordings.c.id == run.recording_id)) is None:
                raise NotFound(say("There is no recording {id} in this library.", id=run.recording_id))
            own = transcript_runs.c.recording_id == run.recording_id
            last = self._transaction.execute(select(func.max(transcript_runs.c.seq)).where(own)).scalar()
            self._transaction.add(transcript_runs, [row | {"seq": (last or 0) + 1}])
        self._show(run.recording_id)

    def journal(self, run_id: str, chunk: Chunk) -> None:
        """Add a finished chunk with its segments, words and lines; a chunk that is there already is refused."""
        run = self.run(run_id)
        known = select(chunks).where(chunks.c.run_id == run_id, chunks.c.number == chunk.index)
        if self._transaction.row(known):
            raise Refused(say("Stretch {number} of this transcript is on file already.", number=chunk.index + 1))
        row = {"run_id": run_id, "number": chunk.index, "start_ms": chunk.start_ms, "end_ms": chunk.end_ms}
        speech = [[one.start_ms, one.end_ms] for one in chunk.speech]
        self._transaction.add(chunks, [row | {"language": chunk.language, "speech": speech}])
        last = select(func.max(segments.c.position)).where(segments.c.run_id == run_id)
        position = self._next(last)
        self._add_segments(run, chunk, position)
        if self._show(run.recording_id) == run_id:
            indexing.add_chunk(self._transaction, run_id, position)

    def segments(self, run_id: str) -> list[Segment]:
        """Return what the engine heard, untouched, in order."""
        heard = self._engine_words(segments.c.run_id == run_id)
        own = select(segments).where(segments.c.run_id == run_id).order_by(segments.c.position)
        return [
            Segment(
                row.start_ms, row.end_ms, row.text, heard[row.id], row.average_log_probability,
                row.no_speech_probability, row.compression_ratio, row.temperature, row.language, row.voice,
                tuple(map(Flag, row.flags)),
            )
            for row in self._transaction.rows(own)
        ]  # fmt: skip

    def speech(self, run_id: str) -> list[Span]:
        """Return where somebody speaks, as the voice detection of that run heard."""
        own = select(chunks.c.speech).where(chunks.c.run_id == run_id).order_by(chunks.c.number)
        return [Span(*one) for row in self._transaction.rows(own) for one in row.speech]

    def shown(self, recording_id: str) -> TranscriptRun | None:
        """Return the run that people see: the newest that is done, or else the newest with any lines."""
        run_id = indexing.run_to_show(self._transaction, recording_id)
        return self.run(run_id) if run_id else None

    def show(self, run_id: str) -> None:
        """Let people see this run; the others over its recording lie beside it from now on."""
        run = self.run(run_id)
        others = transcript_runs.c.recording_id == run.recording_id
        self._transaction.execute(
            update(transcript_runs).where(others).values(beside=transcript_runs.c.id != run_id)
        )
        self._show(run.recording_id)

    def lines(self, recording_id: str) -> list[Line]:
        """Return the transcript as people see it: the lines that stand, in order."""
        run_id = indexing.run_to_show(self._transaction, recording_id)
        return self.lines_of(run_id) if run_id else []

    def lines_of(self, run_id: str) -> list[Line]:
        """Return the lines of a run that stand, in order."""
        return [line for line in self._all_lines(run_id) if not line.gone]

    def lines_as_of(self, run_id: str, number: int) -> list[Line]:
        """Return every line of a run as it stood after a change; those it had not yet, or no more, are marked gone."""
        heard = self._engine_words(segments.c.run_id == run_id)
        return earlier.lines_as_of(self._transaction, run_id, self.run(run_id).recording_id, number, heard)

    def line(self, line_id: str) -> Line:
        """Return the line of that identifier, of whichever run, gone or not."""
        row = self._transaction.row(select(lines).where(lines.c.id == line_id))
        if row is None:
            raise NotFound(say("There is no line {id} in this library.", id=line_id))
        own = select(line_states.c.words).where(line_states.c.line_id == line_id)
        state = self._transaction.row(own.order_by(line_states.c.number.desc()).limit(1))
        if state is not None and state.words is not None:
            return self._standing(row, changes.unpacked(state.words))
        return self._standing(row, self._engine_words(words.c.segment_id == row.segment_id)[row.segment_id])

    def run_of(self, line_id: str) -> str:
        """Return the run that a line belongs to."""
        row = self._transaction.row(select(lines.c.run_id).where(lines.c.id == line_id))
        if row is None:
            raise NotFound(say("There is no line {id} in this library.", id=line_id))
        return str(row.run_id)

    def revise(self, run_id: str, after: Sequence[Line], author: str, kind: ChangeKind) -> Change:
        """Bring lines to a new state, as one change; every earlier state stays, and the engine's words are untouched.

        Lines that are not on file yet are added. Lines that did not change are passed over.
        """
        before = {line.id: line for line in self._all_lines(run_id)} if len(after) > _FEW else self._known(after)
        different = [line for line in after if before.get(line.id) != line]
        change = Change(run_id, changes.next_number(self._transaction, run_id), self._moment, author, kind,
                        len(different), different[0].text if different else "")
        if not different:
            return replace(change, number=change.number - 1)
        changes.revise(self._transaction, before, self._own_words(different), change, self.run(run_id).recording_id,
                       different)
        return change

    def changes(self, run_id: str) -> list[Change]:
        """Return a transcript's changes, oldest first."""
        return changes.of_run(self._transaction, run_id)

    def changed_since(self, run_id: str, number: int) -> list[Line]:
        """Return the lines, gone or not, that changes after `number` touched."""
        touched = changes.touched_since(self._transaction, run_id, number)
        if len(touched) <= _FEW:
            return [self.line(one) for one in touched]
        return [line for line in self._all_lines(run_id) if line.id in touched]

    def last_change(self, run_id: str) -> int:
        """Return the number of a transcript's latest change; 0 where nobody changed anything."""
        return changes.next_number(self._transaction, run_id) - 1

    def neighbours(self, line_id: str) -> tuple[Line | None, Line | None]:
        """Return the lines that stand before and after a line."""
        return changes.beside(self._transaction, line_id, self.line)

    def stretch(self, recording_id: str, first_id: str, last_id: str, beside: int = 0) -> list[Line]:
        """Return the lines from one to another as people see them, with some on each side; none where one is gone."""
        standing = lines.c.run_id == indexing.run_to_show(self._transaction, recording_id), lines.c.gone.is_(False)
        own = select(lines).where(*standing)
        ends = [row.position for row in self._transaction.rows(own.where(lines.c.id.in_({first_id, last_id})))]
        if len(ends) < len({first_id, last_id}):
            return []
        before = own.where(lines.c.position < min(ends)).order_by(lines.c.position.desc()).limit(beside)
        onward = own.where(lines.c.position >= min(ends)).order_by(lines.c.position)
        inside = self._transaction.rows(onward.where(lines.c.position <= max(ends)))
        after = onward.where(lines.c.position > max(ends)).limit(beside)
        return self._read([*reversed(self._transaction.rows(before)), *inside, *self._transaction.rows(after)])

    def _read(self, rows: Sequence[AnyRow]) -> list[Line]:
        """Return a few rows as lines, with their words."""
        heard = self._engine_words(words.c.segment_id.in_([row.segment_id for row in rows]))
        own = select(line_states.c.line_id, line_states.c.words).where(line_states.c.line_id.in_([r.id for r in rows]))
        kept = {row.line_id: row.words for row in self._transaction.rows(own.order_by(line_states.c.number))}
        return [self._standing(row, changes.unpacked(kept[row.id]) if kept.get(row.id) is not None
                               else heard[row.segment_id]) for row in rows]

    def _known(self, wanted: Sequence[Line]) -> dict[str, Line]:
        there = select(lines.c.id).where(lines.c.id.in_([line.id for line in wanted]))
        return {row.id: self.line(row.id) for row in self._transaction.rows(there)}

    def _all_lines(self, run_id: str) -> list[Line]:
        heard, states = self._engine_words(segments.c.run_id == run_id), changes.states(self._transaction, run_id)
        own = select(lines).where(lines.c.run_id == run_id).order_by(lines.c.position)
        kept = {one: changes.unpacked(row.words) for one, row in states.items() if row.words is not None}
        return [self._standing(row, kept.get(row.id, heard[row.segment_id])) for row in self._transaction.rows(own)]

    def _own_words(self, wanted: Sequence[Line]) -> dict[str, tuple[Word, ...]]:
        """Return for each line that an engine heard the words it wrote."""
        found: dict[str, tuple[Word, ...]] = {}
        for some in indexing.batched([line.id for line in wanted]):
            rows = self._transaction.rows(select(lines.c.id, lines.c.segment_id).where(lines.c.id.in_(some)))
            segment_of = {row.id: row.segment_id for row in rows if row.segment_id is not None}
            heard = self._engine_words(words.c.segment_id.in_(list(segment_of.values())))
            found |= {line_id: heard[segment_id] for line_id, segment_id in segment_of.items()}
        return found

    @staticmethod
    def _standing(row: AnyRow, said: tuple[Word, ...]) -> Line:
        return changes.line_of(row, row.id, row.recording_id, said)

    def _add_segments(self, run: TranscriptRun, chunk: Chunk, position: int) -> None:
        first_id = self._next(select(func.max(segments.c.id)), first=1)
        heard, said, seen = [], [], []
        for n, segment in enumerate(chunk.segments):
            where = {"position": position + n, "run_id": run.id}
            what = asdict(segment)
            for place, word in enumerate(what.pop("words")):
                said.append({"segment_id": first_id + n, "position": place, **word})
            heard.append({"id": first_id + n, "chunk": chunk.index, **where, **what})
            voice_id, speaker_id = self._voice(run.recording_id, segment.voice)
            seen.append({
                "id": names.new_id(), "segment_id": first_id + n, "recording_id": run.recording_id, **where,
                "start_ms": segment.start_ms, "end_ms": segment.end_ms, "text": segment.text.strip(),
                "language": segment.language or chunk.language, "speaker_id": speaker_id, "voice_id": voice_id,
                "revision": 0, "reviewed": False, "flags": list(segment.flags),
            })  # fmt: skip
        for table, rows in ((segments, heard), (words, said), (lines, seen)):
            if rows:
                self._transaction.execute(insert(table), rows)

    def _voice(self, recording_id: str, channel: str) -> tuple[str | None, str | None]:
        """Return the voice that a channel carries, new where it is heard for the first time, and whose it is."""
        if not channel:
            return None, None
        own = select(voices).where(voices.c.recording_id == recording_id, voices.c.channel == channel)
        if row := self._transaction.row(own):
            return row.id, row.contributor_id
        last = select(func.max(voices.c.number)).where(voices.c.recording_id == recording_id)
        voice = {"id": names.new_id(), "recording_id": recording_id, "number": self._next(last, first=1), "name": "",
                 "contributor_id": None, "channel": channel}
        self._transaction.add(voices, [voice])
        return str(voice["id"]), None

    def _show(self, recording_id: str) -> str | None:
        """Let search read the run that people see; return the run that it read before, if it goes on reading it."""
        wanted = indexing.run_to_show(self._transaction, recording_id)
        before = indexing.shown_run(self._transaction, recording_id)
        if wanted == before:
            return before
        indexing.show_run(self._transaction, recording_id, wanted)
        return None

    def _engine_words(self, which: ColumnElement[bool]) -> defaultdict[int | None, tuple[Word, ...]]:
        own = select(words.c.segment_id, words.c.text, words.c.start_ms, words.c.end_ms, words.c.probability,
                     words.c.estimated).join(segments, segments.c.id == words.c.segment_id).where(which)
        heard = defaultdict(list)
        for segment_id, *word in self._transaction.rows(own.order_by(words.c.segment_id, words.c.position)):
            heard[segment_id].append(Word(*word))
        return defaultdict(tuple, {segment_id: tuple(said) for segment_id, said in heard.items()})

    def _next(self, last: Any, first: int = 0) -> int:  # noqa: ANN401 - any select of one number
        found = self._transaction.execute(last).scalar()
        return first if found is None else int(found) + 1


def _run(row: AnyRow) -> TranscriptRun:
    only = None if row.only_from_ms is None else Span(row.only_from_ms, row.only_to_ms)
    return TranscriptRun(
        row.id, row.recording_id, row.engine, row.engine_version, row.model, row.language, RunState(row.state),
        row.heard_ms, row.chunks, row.options, row.started_at, row.ended_at, row.beside, only, row.device, row.spent_ms,
    )  # fmt: skip


def _row(run: TranscriptRun) -> dict[str, Any]:
    row = asdict(run)
    only = row.pop("only")
    return row | {"only_from_ms": only and only["start_ms"], "only_to_ms": only and only["end_ms"]}
