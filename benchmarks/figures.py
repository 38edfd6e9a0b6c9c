"""Figures: how a measurement is taken and told; ours and the bare part take turns on the same machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in every round, and the limit that its median is held to."""

    name: str
    what: str
    values: tuple[float, ...]
    limit: float
    at_most: bool = True
    unit: str = "×"
    ours: tuple[float, ...] = ()
    bare: tuple[float, ...] = ()

    @property
    def middle(self) -> float:
        """Return the median over the rounds."""
        return median(self.values)

    @property
    def kept(self) -> bool:
        """Tell whether the limit is kept."""
        return self.middle <= self.limit if self.at_most else self.middle >= self.limit

    def told(self) -> dict[str, object]:
        """Return the figure for JSON."""
        return {
            "name": self.name, "what": self.what, "unit": self.unit, "median": self.middle, "min": min(self.values),
            "max": max(self.values), "limit": self.limit, "at_most": self.at_most, "kept": self.kept,
            "ours_seconds": list(self.ours), "bare_seconds": list(self.bare),
        }  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def take_turns(ours: Callable[[], float], bare: Callable[[], float], rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds of both, round by round; who begins changes from round to round."""
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(rounds):
        turns = [(ours, mine), (bare, theirs)]
        for measured, kept in turns if number % 2 else reversed(turns):
            kept.append(measured())
    return mine, theirs


def ratio(name: str, what: str, ours: Sequence[float], bare: Sequence[float], limit: float) -> Figure:
    """Return how many times as long ours takes, at most `limit`."""
    values = tuple(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    return Figure(name, what, values, limit, ours=tuple(ours), bare=tuple(bare))


def speed(name: str, what: str, ours: Sequence[float], bare: Sequence[float], limit: float) -> Figure:
    """Return how fast ours is beside the bare part, at least `limit`."""
    values = tuple(theirs / mine for mine, theirs in zip(ours, bare, strict=True))
    return Figure(name, what, values, limit, at_most=False, ours=tuple(ours), bare=tuple(bare))
