"""Fitting: the largest setting of a quote that fills its frame, with even lines that end well."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from exports.typography import shortened

TIGHT, OPEN = 0.96, 1.1
"""Line height as a part of the type size: of the largest letters, and of the smallest."""
LAST_LINE = 1 / 3
"""A last line shorter than this part of the longest looks forgotten."""
_STEP = 0.985
_LOOK_FURTHER = 0.9
"""How far below the largest size a setting with better line ends is still looked for."""
_SMALLER_COSTS = 9.0
_ALONE = 1.5
"""How bad it is that the last line is a single word."""
_CLINGING = frozenset((
    "the", "an", "of", "to", "in", "on", "at", "by", "for", "and", "or", "but", "my", "our", "we", "he", "she", "it",
    "is", "was", "not", "le", "la", "les", "un", "une", "des", "de", "du", "et", "ou", "en", "au", "aux", "que", "qui",
    "ce", "se", "ne", "je", "tu", "il", "on", "ma", "mon", "sa", "son", "est", "dr.", "mr.", "mrs.", "ms.", "m.", "mme",
))
_ENDS = re.compile(r"[.!?…;:,][”»’\u00a0]*$")

Measure = Callable[[str, float], float]
"""How wide a text is at a type size."""
Room = Callable[[float], float]
"""How much width there is at a type size."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text in lines at a size."""

    lines: tuple[str, ...]
    size: float
    leading: float
    """Line height, as a part of the type size."""
    is_cut: bool = False

    @property
    def height(self) -> float:
        """Return how much height the lines take."""
        return len(self.lines) * self.size * self.leading


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a quote is to be set: its width at each size, its height, and the smallest and the largest size."""

    room: Room
    height: float
    smallest: float
    largest: float
    open: float = OPEN
    """The line height of the smallest letters."""

    def leading(self, size: float) -> float:
        """Return the line height at a size: large letters stand closer."""
        whole = max(1.0, self.largest - self.smallest)
        return self.open - (self.open - TIGHT) * min(1.0, max(0.0, (size - self.smallest) / whole * 1.6))


def fitted(text: str, frame: Frame, measure: Measure) -> Setting | None:
    """Return the best setting among the largest that fit whole; None where not even the smallest does."""
    best: tuple[float, Setting] | None = None
    if not _fits(text, frame, frame.smallest, measure):
        return None
    size, first = min(frame.largest, _guess(text, frame, measure)), 0.0
    while size > frame.smallest * _STEP:
        size = max(size, frame.smallest)
        if best and size < first * _LOOK_FURTHER:
            break
        found = _set(text, frame, size, measure)
        if found:
            first = first or size
            cost = found[0] + (1 - size / first) * _SMALLER_COSTS
            if best is None or cost < best[0]:
                best = cost, Setting(found[1], size, frame.leading(size))
        size *= _STEP
    return best[1] if best else None


def cut(text: str, frame: Frame, measure: Measure) -> Setting:
    """Return as much of a text as the smallest size holds, the cut shown as `[…]`."""
    size, low, high = frame.smallest, 1, len(text)
    room, leading = frame.room(size), frame.leading(size)
    best: tuple[str, ...] = ("[…]",)
    while low <= high:
        most = (low + high) // 2
        lines = _greedy(split_words(shortened(text, most), room, size, measure), room, size, measure)
        if lines and len(lines) * size * leading <= frame.height:
            best, low = lines, most + 1
        else:
            high = most - 1
    return Setting(best, size, leading, is_cut=not (low > len(text)))


def split_words(text: str, width: float, size: float, measure: Measure) -> str:
    """Return `text` with words that no line can hold cut into pieces."""
    pieces: list[str] = []
    for word in text.split(" "):
        rest = word
        while measure(rest, size) > width and len(rest) > 1:
            low, high = 1, len(rest) - 1
            while low < high:
                middle = (low + high + 1) // 2
                low, high = (middle, high) if measure(rest[:middle], size) <= width else (low, middle - 1)
            pieces.append(rest[:low])
            rest = rest[low:]
        pieces.append(rest)
    return " ".join(pieces)


def wrapped(text: str, width: float, size: float, measure: Measure) -> tuple[str, ...]:
    """Return a text in lines for reading, each as full as it can be, words that no line can hold in pieces."""
    return _greedy(split_words(text, width, size, measure), width, size, measure) or (text,)


def _set(text: str, frame: Frame, size: float, measure: Measure) -> tuple[float, tuple[str, ...]] | None:
    """Return the best lines at this size, and how bad they are; None where there is no way that ends well."""
    least = _fits(text, frame, size, measure)
    if not least:
        return None
    words, width = text.split(" "), frame.room(size)
    if len(words) == 1:
        return 0.0, least
    widths = [measure(word, size) for word in words]
    return _Even(words, widths, measure(" ", size), width).best(len(least))


def _fits(text: str, frame: Frame, size: float, measure: Measure) -> tuple[str, ...]:
    """Return a text in as few lines as there can be at a size; none where they do not fit."""
    lines = _greedy(text, frame.room(size), size, measure)
    return lines if len(lines) * size * frame.leading(size) <= frame.height else ()


def _guess(text: str, frame: Frame, measure: Measure) -> float:
    """Return a size above which a text cannot fit, as its area would be larger than the frame's."""
    area = measure(text, 1.0) * TIGHT
    return max(frame.smallest, sqrt(frame.room(frame.smallest) * frame.height / max(area, 1e-9)) * 1.02)


def _greedy(text: str, width: float, size: float, measure: Measure) -> tuple[str, ...]:
    """Return `text` in lines no wider than `width`; none where a single word is wider."""
    lines: list[str] = []
    space, filled = measure(" ", size), 0.0
    for word in text.split(" "):
        wide = measure(word, size)
        if wide > width:
            return ()
        if lines and filled + space + wide <= width:
            lines[-1] += f" {word}"
            filled += space + wide
        else:
            lines.append(word)
            filled = wide
    return tuple(lines)


class _Even:
    """Breaks words into a given number of lines, as even as can be, none ending in a word that clings to the next."""

    def __init__(self, words: list[str], widths: list[float], space: float, width: float) -> None:
        self._words, self._space, self._width = words, space, width
        self._upto = [0.0]
        for wide in widths:
            self._upto.append(self._upto[-1] + wide + space)

    def best(self, count: int) -> tuple[float, tuple[str, ...]] | None:
        """Return the best way in `count` lines and its cost."""
        if count == 1:
            return 0.0, (" ".join(self._words),)
        total, length = self._upto[-1] - self._space, len(self._words)
        target = min(self._width, total / (count - 0.25))
        ways: dict[int, tuple[float, tuple[int, ...], float]] = {0: (0.0, (), 0.0)}
        for line in range(count):
            further: dict[int, tuple[float, tuple[int, ...], float]] = {}
            for start, (cost, ends, longest) in ways.items():
                self._extend(further, start, (cost, ends, longest), target, last=line == count - 1)
            ways = further
        found = ways.get(length)
        if found is None:
            return None
        bounds = (0, *found[1])
        return found[0], tuple(" ".join(self._words[a:b]) for a, b in itertools.pairwise(bounds))

    def _extend(self, further: dict[int, tuple[float, tuple[int, ...], float]], start: int,
                way: tuple[float, tuple[int, ...], float], target: float, *, last: bool) -> None:
        cost, ends, longest = way
        length = len(self._words)
        for end in range(length if last else start + 1, length + 1):
            wide = self._upto[end] - self._upto[start] - self._space
            if wide > self._width:
                break
            if last and wide < max(longest, wide) * LAST_LINE:
                break
            total = cost + _raggedness(wide, target, last=last)
            total += (_ALONE if end - start == 1 else 0.0) if last else _clinging(self._words[end - 1])
            known = further.get(end)
            if known is None or total < known[0]:
                further[end] = total, (*ends, end), max(longest, wide)


def _raggedness(wide: float, target: float, *, last: bool) -> float:
    off = (wide - target) / target
    if last and off < 0:
        return 14 * max(0.0, -off - 0.1) ** 2
    return 30 * off * off


@lru_cache(maxsize=4096)
def _clinging(word: str) -> float:
    """Return how bad it is to end a line with a word: a lone letter is worst, the end of a clause is welcome."""
    bare = word.strip("“”«»\u00a0()[]’'\"").lower()
    if len(bare) == 1 and bare.isalpha():
        return 6.0
    if bare in _CLINGING or bare.rstrip("’").isdigit():
        return 1.2
    return -0.4 if _ENDS.search(word) else 0.0
