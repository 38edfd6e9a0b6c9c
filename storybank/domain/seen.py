"""Seen: which hits of a saved search were there when somebody last looked, and which are new since.

A passage is known again by its stretch of the recording and not by its words or its row: who corrects a word, cuts a
passage elsewhere or has a recording heard anew makes no new hit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from storybank.domain.saved import Mark

MOST_SEEN = 5_000
"""Hits that are remembered one by one; of a search with more, only how many there were."""

_TOTAL = "total"
_SHARED_MS = 1_000
"""A stretch that shares so much with one that was seen, or half of the shorter, is the same: voices cross for less."""

Stretches = Sequence[tuple[int, int]]


def remembered(marks: Sequence[Mark], total: int) -> frozenset[str]:
    """Return what to keep of the hits that are there now: no words, and little more than a line a recording."""
    kept = {f"{_TOTAL} {total}"}
    if total <= MOST_SEEN:
        stretches: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for mark in marks:
            stretches[mark.owner].append((mark.start_ms, mark.end_ms))
        kept |= {" ".join([owner, *_written(_joined(own))]) for owner, own in stretches.items()}
    return frozenset(kept)


def new_among(marks: Sequence[Mark], total: int, seen: Iterable[str]) -> int:
    """Return how many hits of today were not there when somebody looked."""
    known, before = _read(seen)
    if total > MOST_SEEN or before > MOST_SEEN:
        return max(0, total - before)
    return sum(not _is_known(mark, known) for mark in marks)


def _joined(stretches: Stretches) -> list[tuple[int, int]]:
    """Return stretches that touch one another as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _written(stretches: Stretches) -> list[str]:
    return [f"{start}-{end}" for start, end in stretches if end]


def _read(seen: Iterable[str]) -> tuple[Mapping[str, Stretches], int]:
    known: dict[str, Stretches] = {}
    total = 0
    for line in seen:
        owner, *written = line.split(" ")
        if owner == _TOTAL:
            total = int(written[0])
        else:
            known[owner] = [(int(start), int(end)) for start, _, end in (one.partition("-") for one in written)]
    return known, total


def _is_known(mark: Mark, known: Mapping[str, Stretches]) -> bool:
    if mark.owner not in known or not mark.end_ms:
        return mark.owner in known
    stretches = known[mark.owner]
    at = bisect_left(stretches, (mark.start_ms, mark.end_ms))
    return any(_same(mark, *stretches[near]) for near in range(max(0, at - 1), min(len(stretches), at + 2)))


def _same(mark: Mark, start: int, end: int) -> bool:
    shared = min(mark.end_ms, end) - max(mark.start_ms, start)
    shorter = min(mark.end_ms - mark.start_ms, end - start)
    return shared > _SHARED_MS or (shared > 0 and shared * 2 >= shorter) or (shorter <= 0 <= shared)
