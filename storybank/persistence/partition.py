"""Partition: which lines of a transcript make a passage, and when each of its words is said."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from sys import byteorder
from typing import Any

from storybank.domain.query import TOKEN
from storybank.persistence.transaction import AnyRow
from storybank.persistence.wording import composed

ENOUGH, MOST, FEW = 60, 90, 30
"""A passage that has so many words takes no further line, nor one that would make it longer than the most, unless it
has few so far."""

PAUSE_MS = 2000
"""Whoever is silent for longer begins anew."""


@dataclass(slots=True)
class Said:
    """A line that has words, as search reads it."""

    row: AnyRow
    text: str
    words: int

    @property
    def _whose(self) -> tuple[object, ...]:
        return self.row.voice_id, self.row.speaker_id, self.row.language

    def goes_on(self, before: Said) -> bool:
        """Tell whether it is said by the same voice, in the same language, without a pause."""
        return self._whose == before._whose and self.row.start_ms - before.row.end_ms <= PAUSE_MS


@dataclass(slots=True)
class Stretch:
    """Consecutive lines that make a passage."""

    lines: list[Said] = field(default_factory=list)
    words: int = 0

    def takes(self, line: Said) -> bool:
        """Tell whether a line still belongs to it."""
        if not self.lines:
            return True
        too_long = self.words >= ENOUGH or (self.words + line.words > MOST and self.words >= FEW)
        return not too_long and line.goes_on(self.lines[-1])

    @property
    def owner_id(self) -> str:
        """Return what it is called by: its first line."""
        return str(self.lines[0].row.id)

    @property
    def position(self) -> float:
        """Return where it begins among the lines of its transcript."""
        return float(self.lines[0].row.position)

    def facts(self) -> dict[str, Any]:
        """Return its row without what costs time to work out."""
        first, at, placed = self.lines[0].row, 0, []
        for line in self.lines:
            placed.append([line.row.id, at, line.row.start_ms, line.row.end_ms])
            at += len(line.text) + 1
        return {
            "kind": "passage", "owner_id": first.id, "story_id": first.story_id, "recording_id": first.recording_id,
            "run_id": first.run_id, "start_ms": min(line.row.start_ms for line in self.lines),
            "end_ms": max(line.row.end_ms for line in self.lines), "language": first.language,
            "speaker_id": first.speaker_id, "text": " ".join(line.text for line in self.lines), "lines": placed,
        }  # fmt: skip


def stretches(rows: Iterable[AnyRow]) -> Iterator[Stretch]:
    """Yield the passages that lines make, in order; a line without words has nothing to find."""
    stretch = Stretch()
    for row in rows:
        text = composed(row.text).strip()
        line = Said(row, text, len(TOKEN.findall(text)))
        if not line.words:
            continue
        if not stretch.takes(line):
            yield stretch
            stretch = Stretch()
        stretch.lines.append(line)
        stretch.words += line.words
    if stretch.lines:
        yield stretch


def starts_of(stretch: Stretch, timed: dict[str, Sequence[tuple[str, int, int]]]) -> bytes:
    """Return the moment of each word, as the table keeps them; `timed` are the words of lines with start and end."""
    moments = array("I")
    for line in stretch.lines:
        moments.extend(max(0, one) for one in _moments(line, timed.get(line.row.id, ())))
    if byteorder == "big":
        moments.byteswap()
    return moments.tobytes()


def moments_in(starts: bytes) -> array[int]:
    """Return the moments that `starts_of` packed."""
    moments = array("I")
    moments.frombytes(starts)
    if byteorder == "big":
        moments.byteswap()
    return moments


def _moments(line: Said, timed: Sequence[tuple[str, int, int]]) -> list[int]:
    """Return when each word of a line is said; shared out evenly where its timed words are not the line's."""
    found: list[int] = []
    for text, start, end in timed:
        many = len(TOKEN.findall(composed(text)))
        found += [start + (end - start) * n // many for n in range(many)]
    if len(found) == line.words:
        return found
    start, length = line.row.start_ms, line.row.end_ms - line.row.start_ms
    return [start + length * n // line.words for n in range(line.words)]
