"""Journal: cuts what was heard into chunks of about half a minute, each safe to go on from after a crash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storybank.domain.transcript import Chunk, Segment, Span

AIM_MS = 30_000
"""How much sound a chunk should hold; no line is so long that it becomes twice that."""
_LEAD_MS, _STEP_MS = 200, 15_000


@dataclass(frozen=True, slots=True)
class Reached:
    """Everything before a moment is heard, and no line that is still to come begins before it."""

    ms: int


@dataclass(frozen=True, slots=True)
class _Cut:
    ms: int
    lines: int
    """How many of the waiting lines lie before it."""


class Journal:
    """Holds what was heard until there is enough for a chunk; each chunk begins where the one before ended."""

    def __init__(self, start_ms: int, first_index: int) -> None:
        self.at_ms = start_ms
        self._index = first_index
        self._said_until = start_ms
        self._lines: list[Segment] = []
        self._speech: list[Span] = []
        self._cuts: list[_Cut] = []

    def hear(self, speech: Iterable[Span]) -> None:
        """Note where somebody speaks in what comes next."""
        self._speech += speech

    def say(self, line: Segment) -> None:
        """Take a line that is complete; the one before it may end a chunk, unless two people speak at once."""
        if line.start_ms >= self._said_until:
            self.reach(max(self._said_until, line.start_ms - _LEAD_MS))
        self._lines.append(line)
        self._said_until = max(self._said_until, line.end_ms)

    def reach(self, ms: int) -> None:
        """Note that everything before a moment is heard: a chunk may end there, and anywhere in the quiet before it."""
        quiet_from = max(self._said_until, self._cuts[-1].ms if self._cuts else self.at_ms)
        for moment in (*range(quiet_from + _STEP_MS, ms - _STEP_MS // 2, _STEP_MS), ms):
            self._may_cut(moment)

    def chunks(self, language: str) -> Iterator[Chunk]:
        """Yield the chunks that are full."""
        while self._cuts and self._cuts[-1].ms - self.at_ms >= AIM_MS:
            yield self._chunk(min(self._cuts, key=lambda cut: abs(cut.ms - self.at_ms - AIM_MS)), language)

    def close(self, end_ms: int, language: str) -> Iterator[Chunk]:
        """Yield what is left, up to the end."""
        if end_ms > self.at_ms or self._lines:
            yield self._chunk(_Cut(max(end_ms, self._said_until), len(self._lines)), language)

    def _may_cut(self, ms: int) -> None:
        if ms >= max(self._said_until, self._cuts[-1].ms + 1 if self._cuts else self.at_ms + 1):
            self._cuts.append(_Cut(ms, len(self._lines)))

    def _chunk(self, cut: _Cut, language: str) -> Chunk:
        lines, self._lines = self._lines[: cut.lines], self._lines[cut.lines :]
        whole = Span(self.at_ms, cut.ms)
        chunk = Chunk(self._index, whole.start_ms, whole.end_ms, tuple(lines), language, _within(self._speech, whole))
        self._speech = [span for span in self._speech if span.end_ms > cut.ms]
        self._cuts = [_Cut(later.ms, later.lines - cut.lines) for later in self._cuts if later.ms > cut.ms]
        self.at_ms, self._index = cut.ms, self._index + 1
        return chunk


def _within(spans: Iterable[Span], whole: Span) -> tuple[Span, ...]:
    cut = (Span(max(span.start_ms, whole.start_ms), min(span.end_ms, whole.end_ms)) for span in spans)
    return tuple(span for span in cut if span.length_ms > 0)
