"""Fitting: the largest setting of a quote that fills its frame and ends well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exports.typography import shortened

LEADING = 0.96
"""Line height, as a part of the type size."""
_LAST_LINE = 1 / 3
"""A last line shorter than this part of the longest looks forgotten."""

Measure = Callable[[str, float], float]
"""How wide a text is at a type size."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text in lines at a size."""

    lines: tuple[str, ...]
    size: float


def largest(text: str, width: float, height: float, sizes: tuple[float, float], measure: Measure) -> Setting:
    """Return the largest setting between the two sizes; a text too long for the smallest is cut, the cut shown."""
    smallest, size = sizes
    while size >= smallest:
        lines = _set(text, width, height, size, measure)
        if lines:
            return Setting(lines, size)
        size -= 1
    return _cut(text, width, height, smallest, measure)


def _set(text: str, width: float, height: float, size: float, measure: Measure) -> tuple[str, ...]:
    """Return lines that fit and end well at this size; none where there is no such way."""
    lines = _broken(text, width, size, measure)
    if not lines or len(lines) * size * LEADING > height:
        return ()
    room = width
    while len(lines) > 1 and room > width * 0.55:
        tighter = _broken(text, room, size, measure)
        if len(tighter) != len(lines):
            break
        if measure(tighter[-1], size) >= max(measure(line, size) for line in tighter) * _LAST_LINE:
            return tighter
        room -= size / 4
    return lines if len(lines) == 1 else ()


def _broken(text: str, width: float, size: float, measure: Measure) -> tuple[str, ...]:
    """Return `text` in lines no wider than `width`; none where a single word is wider."""
    lines: list[str] = []
    for word in text.split(" "):
        if measure(word, size) > width:
            return ()
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _cut(text: str, width: float, height: float, size: float, measure: Measure) -> Setting:
    most = len(text)
    while most > 20:
        lines = _broken(_split_words(shortened(text, most), width, size, measure), width, size, measure)
        if lines and len(lines) * size * LEADING <= height:
            return Setting(lines, size)
        most -= 10
    return Setting((shortened(text, 20),), size)


def _split_words(text: str, width: float, size: float, measure: Measure) -> str:
    """Return `text` with words that no line can hold cut into pieces."""
    pieces: list[str] = []
    for word in text.split(" "):
        rest = word
        while measure(rest, size) > width and len(rest) > 1:
            length = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or measure(rest[:n], size) <= width)
            pieces.append(rest[:length])
            rest = rest[length:]
        pieces.append(rest)
    return " ".join(pieces)
