"""The snippet: the stretch of a passage that is worth showing, with its marks. Knows no window."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 260
"""Characters of a passage that a hit shows."""

Marks = tuple[tuple[int, int], ...]


def snippet(text: str, marks: Sequence[tuple[int, int]], longest: int = LONGEST) -> tuple[str, Marks]:
    """Return the part of a text where its marks are densest, cut between words, and where they stand in it."""
    if len(text) <= longest:
        return text, tuple(marks)
    begin = _densest(marks, longest)
    begin = 0 if begin < longest // 4 else text.find(" ", max(0, begin - longest // 4)) + 1
    end = len(text) if begin + longest >= len(text) else max(text.rfind(" ", begin, begin + longest), begin + 1)
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    shift = len(before) - begin
    kept = tuple((a + shift, b + shift) for a, b in marks if begin <= a and b <= end)
    return f"{before}{text[begin:end]}{after}", kept


def _densest(marks: Sequence[tuple[int, int]], longest: int) -> int:
    """Return where the window with most marks begins."""
    starts = [start for start, _end in marks]
    return max(starts, key=lambda start: sum(1 for other in starts if start <= other < start + longest), default=0)
