"""The column: how high every line of the script is and where it begins; lines are laid out when they come into view."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtGui import QFontMetricsF

from storybank.domain.transcript import Line
from ui.story.script import Script
from ui.story.typeset import LINE_HEIGHT, Typeset
from ui.theme import READING_SIZE, SPACE_2, font

MOST_CHARACTERS = 75
BETWEEN_LINES = float(SPACE_2)


class Column:
    """Typeset lines under one another. Heights are guessed until a line is seen, then measured."""

    def __init__(self) -> None:
        self._font = font(READING_SIZE)
        self._metrics = QFontMetricsF(self._font)
        self._typesets: dict[str, tuple[Line, Typeset]] = {}
        self._heights: list[float] = []
        self._script = Script()
        self.width = 400.0
        self.tops: list[float] = [0.0]

    @property
    def height(self) -> float:
        """Return how high all of it is, as far as one knows."""
        return self.tops[-1]

    def set_script(self, script: Script) -> None:
        """Hold another script; lines that stayed the same stay laid out."""
        now = {line.id: line for line in script.lines}
        self._typesets = {key: made for key, made in self._typesets.items() if now.get(key) == made[0]}
        self._script = script
        self._guess()

    def set_room(self, room: float) -> None:
        """Break the lines to a width, at most 75 characters."""
        width = max(120.0, min(room, self._metrics.averageCharWidth() * MOST_CHARACTERS))
        if width != self.width:
            self.width = width
            self._typesets.clear()
            self._guess()

    def typeset(self, number: int) -> Typeset:
        """Return a line laid out."""
        line = self._script.lines[number]
        if line.id not in self._typesets:
            self._typesets[line.id] = (line, Typeset(line, self._font, self.width))
        return self._typesets[line.id][1]

    def line_at(self, y: float) -> int:
        """Return the number of the line at a height."""
        return max(0, min(bisect_right(self.tops, y) - 1, len(self._heights) - 1))

    def between(self, y1: float, y2: float) -> range:
        """Return the numbers of the lines between two heights."""
        return range(self.line_at(y1), min(bisect_right(self.tops, y2), len(self._heights)))

    def measure(self, numbers: range) -> bool:
        """Measure lines; tell whether any was guessed wrong, so that what is below has moved."""
        wrong = [n for n in numbers if self.typeset(n).height != self._heights[n]]
        for number in wrong:
            self._heights[number] = self.typeset(number).height
        if wrong:
            self._stack()
        return bool(wrong)

    def _guess(self) -> None:
        a_row = max(1.0, self.width / self._metrics.averageCharWidth() * 0.97)
        row = self._metrics.height() * LINE_HEIGHT
        self._heights = [
            self._typesets[line.id][1].height if line.id in self._typesets else row * (1 + int(len(line.text) / a_row))
            for line in self._script.lines
        ]
        self._stack()

    def _stack(self) -> None:
        self.tops = list(accumulate((height + BETWEEN_LINES for height in self._heights), initial=0.0))
