"""Snippets: the lines of a passage around the words that were found, and where those stand in them."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from storybank.domain.query import TOKEN
from storybank.persistence.matching import Matcher
from storybank.persistence.partition import moments_in
from storybank.persistence.transaction import AnyRow

MOST_WORDS = 45
"""How many words a snippet has at most, where its lines are not longer themselves."""

_TOO_LONG = 2 * MOST_WORDS
"""Lines that are longer together than this are cut within."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a hit shows of a passage."""

    text: str
    marks: tuple[tuple[int, int], ...]
    before: str
    after: str
    start_ms: int
    end_ms: int
    moment_ms: int
    line_ids: tuple[str, ...]


_Runs = Sequence[tuple[int, int, int]]


class Reading:
    """A passage being read: its words, its lines, and where the terms stand."""

    def __init__(self, row: AnyRow, matcher: Matcher) -> None:
        self._text: str = row.text
        self._words = [found.span() for found in TOKEN.finditer(row.text)]
        self._row = row
        self._lines: list[list[Any]] = json.loads(row.lines) if row.lines else [["", 0, row.start_ms, row.end_ms]]
        found = matcher.runs(row.x.split(" "), row.s.split(" "))
        self._runs = [run for run in found if run[1] < len(self._words)]

    def snippet(self, quoted: tuple[int, int] | None) -> Snippet:
        """Return the lines around the densest window of found words; where there are none, those of a quote."""
        window = self._fullest_part() if self._row.kind == "quote" else _densest(self._runs)
        if window:
            first, last = window[0][0], max(run[1] for run in window)
            lines = self._lines_from(self._words[first][0], self._words[last][1])
        else:
            first = last = -1
            lines = self._quoted(quoted) if quoted else self._first_lines()
        begin, end = self._trimmed(self._lines[lines[0]][1], self._end_of(lines[1]), first, last)
        return self._shown(begin, end, lines, self._moment(first, lines[0]))

    def _fullest_part(self) -> _Runs:
        """Return the runs in the one part of a quote that has most of them: its words, its wording, a translation."""
        begins = [line[1] for line in self._lines]
        parts: list[list[tuple[int, int, int]]] = [[] for _line in self._lines]
        for run in self._runs:
            first, last = (bisect_right(begins, self._words[word][0]) - 1 for word in run[:2])
            if first == last:
                parts[first].append(run)
        return _densest(max(parts, key=lambda runs: (len({run[2] for run in runs}), len(runs)), default=[]))

    def _shown(self, begin: int, end: int, lines: tuple[int, int], moment: int) -> Snippet:
        own = self._lines[lines[0] : lines[1] + 1]
        said = self._row.kind == "passage"
        return Snippet(
            self._text[begin:end], self._marks(begin, end), self._text[:begin].strip(), self._text[end:].strip(),
            min(line[2] for line in own) if said else self._row.start_ms,
            max(line[3] for line in own) if said else self._row.end_ms,
            moment, tuple(line[0] for line in own if line[0]),
        )  # fmt: skip

    def _marks(self, begin: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return where the found words stand in the text shown, in order; overlapping ones are joined."""
        spans = [(self._words[first][0], self._words[last][1]) for first, last, _term in self._runs]
        joined: list[tuple[int, int]] = []
        for start, stop in sorted(span for span in spans if begin <= span[0] and span[1] <= end):
            if joined and start < joined[-1][1] + begin:
                joined[-1] = (joined[-1][0], max(stop - begin, joined[-1][1]))
            else:
                joined.append((start - begin, stop - begin))
        return tuple(joined)

    def _moment(self, word: int, line: int) -> int:
        if self._row.kind != "passage":
            return int(self._row.start_ms)
        starts: array[int] = moments_in(self._row.starts or b"")
        return starts[word] if 0 <= word < len(starts) else int(self._lines[line][2])

    def _end_of(self, line: int) -> int:
        return self._lines[line + 1][1] - 1 if line + 1 < len(self._lines) else len(self._text)

    def _lines_from(self, begin: int, end: int) -> tuple[int, int]:
        """Return the first and the last line that a stretch of the text touches."""
        touched = [n for n, line in enumerate(self._lines) if line[1] < end and self._end_of(n) > begin]
        return (touched[0], touched[-1]) if touched else (0, 0)

    def _quoted(self, quoted: tuple[int, int]) -> tuple[int, int]:
        start, end = quoted
        touched = [n for n, line in enumerate(self._lines) if line[2] < end and line[3] > start]
        return (touched[0], touched[-1]) if touched else self._first_lines()

    def _first_lines(self) -> tuple[int, int]:
        last = 0
        for number in range(len(self._lines)):
            if sum(1 for start, _end in self._words if start < self._end_of(number)) <= MOST_WORDS:
                last = number
        return 0, last

    def _trimmed(self, begin: int, end: int, first: int, last: int) -> tuple[int, int]:
        """Return the stretch to show, cut around the window where its lines are too long."""
        if end - begin < _TOO_LONG:
            return begin, end
        inside = [n for n, (start, stop) in enumerate(self._words) if start >= begin and stop <= end]
        if len(inside) <= _TOO_LONG:
            return begin, end
        room = max(0, MOST_WORDS - (last - first + 1)) // 2 if first >= 0 else 0
        low = max(inside[0], first - room) if first >= 0 else inside[0]
        high = min(inside[-1], max(low + MOST_WORDS - 1, last))
        begin = self._words[low][0] if low > inside[0] else begin
        return begin, self._words[high][1] if high < inside[-1] else end


def _densest(runs: _Runs) -> _Runs:
    """Return the runs within so many words that name most terms, and of those the most; the earliest where equal."""
    best: _Runs = ()
    score = (0, 0)
    for number, (first, _last, _term) in enumerate(runs):
        near = takewhile(lambda run, first=first: run[0] - first < MOST_WORDS, islice(runs, number, None))  # type: ignore[misc]
        window = [run for run in near if run[1] - first < MOST_WORDS] or [runs[number]]
        here = (len({run[2] for run in window}), len(window))
        if here > score:
            best, score = window, here
    return best
