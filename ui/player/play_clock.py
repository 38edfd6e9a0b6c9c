"""Play clock: tells to the frame where a running player is, from the coarse times at which the player says so.

Qt says its position every 50 ms, and what it says is up to 40 ms old by then (measured with Qt 6.11 and ffmpeg); words
would light up late and unevenly. Every saying is late and none is early, so of the last few the one that is furthest
ahead is nearest to the truth, and between two of them time goes on at the player's own speed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

_SAYINGS = 8
_MOST_AHEAD = 200
"""Milliseconds that the clock goes on without a word from the player: it may have run out of sound."""


class PlayClock:
    """A clock that the player sets again and again while it runs."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._begins: deque[float] = deque(maxlen=_SAYINGS)
        self._speed = 1.0
        self._said = 0

    def begin(self, ms: int, speed: float) -> None:
        """Begin anew: the player was started, sent elsewhere or given another speed."""
        self._begins.clear()
        self._speed = speed
        self.hear(ms)

    def hear(self, ms: int) -> None:
        """Note what the player says now."""
        if ms < self._said:
            self._begins.clear()
        self._said = ms
        self._begins.append(ms - self._run())

    @property
    def position(self) -> int:
        """Return where the player is at this moment, in milliseconds."""
        if not self._begins:
            return self._said
        return round(min(max(self._begins) + self._run(), self._said + _MOST_AHEAD * self._speed))

    def _run(self) -> float:
        return self._now() * 1000 * self._speed
