"""Sounding: when each place of a text is said, worked out between the places where that is known."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storybank.domain.project import SyncPoint
from storybank.domain.transcript import A_LETTER_MS, Segment, Word

_WORD = re.compile(r"\S+")


def in_step(points: Iterable[SyncPoint]) -> tuple[SyncPoint, ...]:
    """Return sync points in order of their places, each place once; one whose time runs backwards is left out."""
    found: list[SyncPoint] = []
    for point in sorted(points, key=lambda one: one.position):
        if found and point.position == found[-1].position:
            continue
        if not found or point.ms >= found[-1].ms:
            found.append(point)
    return tuple(found)


class Sounding:
    """The clock of a text."""

    def __init__(self, points: Iterable[SyncPoint], length: int, ends_ms: int = 0) -> None:
        """`length` is that of the text, `ends_ms` when the recording ends, where that is known.

        Behind the last point the end is later than it at least; without any point a text takes the time to say it.
        """
        known = in_step(points)
        if not known:
            known = (SyncPoint(0, 0), SyncPoint(max(1, length), max(ends_ms, length * A_LETTER_MS)))
        elif length > known[-1].position and ends_ms > known[-1].ms:
            known = (*known, SyncPoint(length, ends_ms))
        self._points = known
        self._places = [point.position for point in known]
        self._times = [point.ms for point in known]

    @property
    def ends_ms(self) -> int:
        """When the last of it is said."""
        return self._times[-1]

    def at(self, position: int) -> int:
        """Return when a place is said: before the first known place at its time, behind the last at that one's."""
        number = bisect_right(self._places, position)
        if number == 0:
            return self._times[0]
        if number == len(self._places) or self._places[number - 1] == position:
            return self._times[number - 1]
        (place, ms), (next_place, next_ms) = ((one.position, one.ms) for one in self._points[number - 1 : number + 1])
        return ms + round((next_ms - ms) * (position - place) / (next_place - place))

    def knows(self, position: int) -> bool:
        """Tell whether it is known, and not worked out, when a place is said."""
        number = bisect_left(self._places, position)
        return number < len(self._places) and self._places[number] == position


@dataclass(frozen=True, slots=True)
class Placed:
    """An utterance with the place of each of its words in the text."""

    segment: Segment
    places: tuple[tuple[int, int], ...]


def utterances(text: str, sounding: Sounding, language: str = "") -> list[Placed]:
    """Return each line of a text with the times of its words; a line without words is passed over."""
    found, at, before = [], 0, 0
    for line in text.split("\n"):
        places = tuple((at + one.start(), at + one.end()) for one in _WORD.finditer(line))
        at += len(line) + 1
        if not places:
            continue
        words = []
        for start, end in places:
            begins = max(before, sounding.at(start))
            before = max(begins, sounding.at(end))
            estimated = not (sounding.knows(start) and sounding.knows(end))
            words.append(Word(text[start:end], begins, before, estimated=estimated))
        begins, ends = words[0].start_ms, max(words[-1].end_ms, words[0].start_ms + 1)
        said = " ".join(word.text for word in words)
        found.append(Placed(Segment(begins, ends, said, tuple(words), language=language), places))
    return found


class Places:
    """Finds the words of a stretch of text, and of a stretch of time."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._words = [(line, word) for line, one in enumerate(placed) for word in range(len(one.places))]
        self._starts = [start for one in placed for start, _end in one.places]
        self._ends = [end for one in placed for _start, end in one.places]
        self._middles = [word.middle_ms for one in placed for word in one.segment.words]

    def of_text(self, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Return the first and the last word of a stretch, each by line and word; None where there are none at all.

        A stretch without a word is the word that follows it, or else the last.
        """
        return self._between(bisect_right(self._ends, start), bisect_left(self._starts, end) - 1)

    def _between(self, first: int, last: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
        if not self._words:
            return None
        first = min(first, len(self._words) - 1)
        return self._words[first], self._words[max(first, last)]
