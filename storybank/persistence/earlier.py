"""Earlier: a transcript as it stood after any of its changes, put together from its lines' states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from storybank.domain.flag import Flag
from storybank.domain.transcript import Line, Word
from storybank.persistence import changes
from storybank.persistence.tables import chunks, lines, segments, voices
from storybank.persistence.transaction import AnyRow, Transaction

Heard = Mapping[int | None, tuple[Word, ...]]


@dataclass(frozen=True, slots=True)
class _Voices:
    """A recording's voices: whose each is today, and which one each channel carries."""

    whose: Mapping[str, str | None]
    by_channel: Mapping[str, str]

    def beside(self, line: Line) -> Line:
        """Return a line with its voice's person of today; a voice that was taken out is nobody's."""
        if line.voice_id is None:
            return line
        if line.voice_id not in self.whose:
            return replace(line, voice_id=None, speaker_id=None)
        return replace(line, speaker_id=self.whose[line.voice_id])


def lines_as_of(on: Transaction, run_id: str, recording_id: str, number: int, heard: Heard) -> list[Line]:
    """Return every line of a run as it stood after a change; those it had not yet, or no more, are marked gone."""
    states, begun, known = changes.states(on, run_id, number), _as_heard(on, run_id), _voices(on, recording_id)
    found = []
    for row in on.rows(select(lines).where(lines.c.run_id == run_id)):
        if state := states.get(row.id):
            words = heard[row.segment_id] if state.words is None else changes.unpacked(state.words)
            line = changes.line_of(state, row.id, recording_id, words)
        elif row.born:
            line = replace(changes.line_of(row, row.id, recording_id, ()), gone=True)
        else:
            line = _begun(begun[row.segment_id], row.id, recording_id, heard[row.segment_id], known.by_channel)
        found.append(known.beside(line))
    return sorted(found, key=lambda line: line.position)


def _as_heard(on: Transaction, run_id: str) -> dict[int | None, AnyRow]:
    own = select(segments, chunks.c.language.label("spoken")).join(
        chunks, (chunks.c.run_id == segments.c.run_id) & (chunks.c.number == segments.c.chunk), isouter=True
    ).where(segments.c.run_id == run_id)  # fmt: skip
    return {row.id: row for row in on.rows(own)}


def _voices(on: Transaction, recording_id: str) -> _Voices:
    rows = on.rows(select(voices).where(voices.c.recording_id == recording_id))
    return _Voices({row.id: row.contributor_id for row in rows}, {row.channel: row.id for row in rows if row.channel})


def _begun(segment: AnyRow, line_id: str, recording_id: str, said: tuple[Word, ...],
           by_channel: Mapping[str, str]) -> Line:
    """Return a line as it was when the engine wrote it."""
    return Line(line_id, recording_id, segment.position, segment.start_ms, segment.end_ms, segment.text.strip(), said,
                segment.language or segment.spoken or "", voice_id=by_channel.get(segment.voice),
                flags=tuple(map(Flag, segment.flags)))
