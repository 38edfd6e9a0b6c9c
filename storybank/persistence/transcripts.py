"""Transcripts on disk: runs, their journal, the lines people see, and every text a line ever had."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, insert, select, update

from storybank.domain import names
from storybank.domain.transcript import Chunk, Line, RunState, Segment, TranscriptRun, Word
from storybank.errors import NotFound, Refused
from storybank.persistence import indexing
from storybank.persistence.tables import chunks, line_revisions, lines, recordings, segments, transcript_runs, words
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

_SHOWN = ("position", "start_ms", "end_ms", "text", "language", "speaker_id", "revision", "reviewed")
"""What of a line can change; the rest tells where it came from."""


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
        """Write a run, new or known; one that is done now may be the one that people see."""
        row = asdict(run)
        if not self._transaction.execute(
            update(transcript_runs).where(transcript_runs.c.id == run.id).values(row)
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
        self._transaction.add(chunks, [row | {"language": chunk.language}])
        last = select(func.max(segments.c.position)).where(segments.c.run_id == run_id)
        position = self._next(last)
        self._add_segments(run, chunk, position)
        if self._show(run.recording_id) == run_id:
            indexing.add_chunk(self._transaction, run_id, position)

    def segments(self, run_id: str) -> list[Segment]:
        """Return what the engine heard, untouched, in order."""
        heard = self._engine_words(run_id)
        own = select(segments).where(segments.c.run_id == run_id).order_by(segments.c.position)
        return [
            Segment(
                row.start_ms, row.end_ms, row.text, heard[row.id], row.average_log_probability,
                row.no_speech_probability, row.compression_ratio, row.temperature,
            )
            for row in self._transaction.rows(own)
        ]  # fmt: skip

    def lines(self, recording_id: str) -> list[Line]:
        """Return the transcript as people see it: the newest run that is done, or else the newest with any lines."""
        run_id = indexing.run_to_show(self._transaction, recording_id)
        if run_id is None:
            return []
        heard, corrected = self._engine_words(run_id), self._corrected_words(run_id)
        own = select(lines).where(lines.c.run_id == run_id).order_by(lines.c.position)
        return [_line(row, corrected.get(row.id, heard[row.segment_id])) for row in self._transaction.rows(own)]

    def line(self, line_id: str) -> Line:
        """Return the line of that identifier, of whichever run."""
        row = self._transaction.row(select(lines).where(lines.c.id == line_id))
        if row is None:
            raise NotFound(say("There is no line {id} in this library.", id=line_id))
        own = line_revisions.c.line_id == line_id
        revision = self._transaction.row(
            select(line_revisions).where(own).order_by(line_revisions.c.seq.desc()).limit(1)
        )
        if revision is not None:
            return _line(row, _unpacked(revision.words))
        said = select(words).where(words.c.segment_id == row.segment_id).order_by(words.c.position)
        return _line(row, tuple(_word(word) for word in self._transaction.rows(said)))

    def save_line(self, line: Line, author: str = "") -> None:
        """Save a line; its earlier text stays as a revision, and the engine's words are never touched."""
        before = self.line(line.id)
        if line == before:
            return
        if (line.text, line.words) != (before.text, before.words):
            last = select(func.max(line_revisions.c.seq)).where(line_revisions.c.line_id == line.id)
            self._transaction.add(line_revisions, [{
                "line_id": line.id, "seq": self._next(last, first=1), "revision": line.revision, "text": line.text,
                "words": [[w.text, w.start_ms, w.end_ms, w.probability] for w in line.words],
                "author": author, "at": self._moment,
            }])  # fmt: skip
        shown = {name: getattr(line, name) for name in _SHOWN}
        self._transaction.execute(update(lines).where(lines.c.id == line.id).values(shown))
        indexing.refresh_line(self._transaction, line.id)

    def _add_segments(self, run: TranscriptRun, chunk: Chunk, position: int) -> None:
        first_id = self._next(select(func.max(segments.c.id)), first=1)
        heard, said, seen = [], [], []
        for n, segment in enumerate(chunk.segments):
            where = {"position": position + n, "run_id": run.id}
            what = asdict(segment)
            for place, word in enumerate(what.pop("words")):
                said.append({"segment_id": first_id + n, "position": place, **word})
            heard.append({"id": first_id + n, "chunk": chunk.index, **where, **what})
            seen.append({
                "id": names.new_id(), "segment_id": first_id + n, "recording_id": run.recording_id, **where,
                "start_ms": segment.start_ms, "end_ms": segment.end_ms, "text": segment.text.strip(),
                "language": chunk.language, "speaker_id": None, "revision": 0, "reviewed": False,
            })  # fmt: skip
        for table, rows in ((segments, heard), (words, said), (lines, seen)):
            if rows:
                self._transaction.execute(insert(table), rows)

    def _show(self, recording_id: str) -> str | None:
        """Let search read the run that people see; return the run that it read before, if it goes on reading it."""
        wanted = indexing.run_to_show(self._transaction, recording_id)
        before = indexing.shown_run(self._transaction, recording_id)
        if wanted == before:
            return before
        indexing.show_run(self._transaction, recording_id, wanted)
        return None

    def _engine_words(self, run_id: str) -> defaultdict[int, tuple[Word, ...]]:
        own = select(words).join(segments, segments.c.id == words.c.segment_id).where(segments.c.run_id == run_id)
        heard = defaultdict(list)
        for row in self._transaction.rows(own.order_by(words.c.segment_id, words.c.position)):
            heard[row.segment_id].append(_word(row))
        return defaultdict(tuple, {segment_id: tuple(said) for segment_id, said in heard.items()})

    def _corrected_words(self, run_id: str) -> dict[str, tuple[Word, ...]]:
        own = select(line_revisions.c.line_id, line_revisions.c.words).join(
            lines, lines.c.id == line_revisions.c.line_id
        )
        rows = self._transaction.rows(own.where(lines.c.run_id == run_id).order_by(line_revisions.c.seq))
        return {row.line_id: _unpacked(row.words) for row in rows}

    def _next(self, last: Any, first: int = 0) -> int:  # noqa: ANN401 - any select of one number
        found = self._transaction.execute(last).scalar()
        return first if found is None else int(found) + 1


def _run(row: AnyRow) -> TranscriptRun:
    return TranscriptRun(
        row.id, row.recording_id, row.engine, row.engine_version, row.model, row.language, RunState(row.state),
        row.heard_ms, row.chunks, row.options, row.started_at, row.ended_at,
    )  # fmt: skip


def _line(row: AnyRow, said: tuple[Word, ...]) -> Line:
    return Line(
        row.id, row.recording_id, row.position, row.start_ms, row.end_ms, row.text, said, row.language,
        row.speaker_id, row.revision, row.reviewed,
    )  # fmt: skip


def _word(row: AnyRow) -> Word:
    return Word(row.text, row.start_ms, row.end_ms, row.probability)


def _unpacked(kept: list[list[Any]]) -> tuple[Word, ...]:
    return tuple(Word(*word) for word in kept)
