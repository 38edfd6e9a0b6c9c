"""Layers: in which column each of many stretches is drawn, so that no two that overlap share one."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush


def layered(stretches: Sequence[tuple[int, int]]) -> list[int]:
    """Return the column of each stretch (first and last, both included), as few columns as the deepest overlap.

    A sweep from left to right: whoever begins takes the lowest column that is free, in the order given where several
    begin together. One that is added moves none that begins before it, nor any beyond the knot it overlaps with.
    """
    columns = [0] * len(stretches)
    running: list[tuple[int, int]] = []
    free: list[int] = []
    opened = 0
    for number in sorted(range(len(stretches)), key=lambda one: stretches[one][0]):
        first, last = stretches[number]
        while running and running[0][0] < first:
            heappush(free, heappop(running)[1])
        if free:
            column = heappop(free)
        else:
            column, opened = opened, opened + 1
        columns[number] = column
        heappush(running, (last, column))
    return columns


def united(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches that together cover the same and neither overlap nor touch, from left to right."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
