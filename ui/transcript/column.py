"""The column: how high every line of the script is and where it begins; lines are laid out when they come into view."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtGui import QFontMetricsF

from storybank.domain.transcript import Line
from ui.theme import READING_SIZE, SPACE_2, SPACE_4, font
from ui.transcript.script import Script
from ui.transcript.typeset import LINE_HEIGHT, Typeset

MOST_CHARACTERS = 75
BETWEEN_LINES, BETWEEN_PARAGRAPHS = float(SPACE_2), float(SPACE_4)
NAME_ROOM = 27.0
"""What the name of a voice takes above the first line it says."""


class Column:
    """Typeset lines under one another. Heights are guessed until a line is seen, then measured.

    A line stands below its voice's name, where another voice begins, or below a gap, where a paragraph does.
    """

    def __init__(self) -> None:
        self._font = font(READING_SIZE)
        self._metrics = QFontMetricsF(self._font)
        self._typesets: dict[str, tuple[Line, Typeset]] = {}
        self._heights: dict[str, tuple[Line, float]] = {}
        self._lent: tuple[str, float] | None = None
        self._script = Script()
        self._rooms: list[float] = []
        self.width = 400.0
        self.blocks: list[float] = [0.0]
        """Where each line begins, with what stands above its words; the last is where all of it ends."""

    @property
    def height(self) -> float:
        """Return how high all of it is, as far as one knows."""
        return self.blocks[-1]

    def set_script(self, script: Script) -> None:
        """Hold another script; lines that stayed the same stay laid out and measured."""
        before, self._script = self._script.lines, script
        if len(before) != len(script.lines) or len(self._rooms) != len(before):
            self._stack()
            return
        changed = [number for number, line in enumerate(script.lines) if line is not before[number]]
        self._stack_again([*changed, *(number + 1 for number in changed if number + 1 < len(before))])

    def set_room(self, room: float) -> None:
        """Break the lines to a width, at most 75 characters."""
        width = max(120.0, min(room, self._metrics.averageCharWidth() * MOST_CHARACTERS))
        if width != self.width:
            self.width = width
            self._typesets.clear()
            self._heights.clear()
            self._stack()

    def lend(self, line_id: str, height: float) -> bool:
        """Give a line another height while it is written in; tell whether what is below has moved."""
        number = self._script.numbers[line_id]
        before, self._lent = self._rooms[number], (line_id, height)
        self._stack_again([number])
        return self._rooms[number] != before

    def take_back(self) -> None:
        """Let every line be as high as its own words."""
        number = self._script.numbers.get(self._lent[0]) if self._lent else None
        self._lent = None
        if number is not None:
            self._stack_again([number])

    def typeset(self, number: int) -> Typeset:
        """Return a line laid out."""
        line = self._script.lines[number]
        known = self._typesets.get(line.id)
        if known is None or (known[0] is not line and known[0].words != line.words):
            known = self._typesets[line.id] = (line, Typeset(line, self._font, self.width))
        return known[1]

    def top(self, number: int) -> float:
        """Return where the words of a line begin."""
        return self.blocks[number] + self.above(number)

    def above(self, number: int) -> float:
        """Return how much room there is between where a line begins and its words."""
        if self._script.voice_above(number):
            return NAME_ROOM + (BETWEEN_PARAGRAPHS if number else 0.0)
        return BETWEEN_PARAGRAPHS if self._script.lines[number].opens_paragraph and number else 0.0

    def line_at(self, y: float) -> int:
        """Return the number of the line at a height."""
        return max(0, min(bisect_right(self.blocks, y) - 1, len(self._script.lines) - 1))

    def between(self, y1: float, y2: float) -> range:
        """Return the numbers of the lines between two heights."""
        return range(self.line_at(y1), min(bisect_right(self.blocks, y2), len(self._script.lines)))

    def measure(self, numbers: range) -> bool:
        """Measure lines; tell whether any was guessed wrong, so that what is below has moved."""
        wrong = []
        for number in numbers:
            line, height = self._script.lines[number], self.typeset(number).height
            if self._height(line) != height:
                wrong.append(number)
            self._heights[line.id] = (line, height)
        return self._stack_again(wrong)

    def _height(self, line: Line) -> float:
        known = self._heights.get(line.id)
        if known is None or (known[0] is not line and known[0].text != line.text):
            row = self._metrics.height() * LINE_HEIGHT
            a_row = max(1.0, self.width / self._metrics.averageCharWidth() * 0.97)
            known = self._heights[line.id] = (line, row * (1 + int(len(line.text) / a_row)))
        return known[1]

    def _room(self, number: int) -> float:
        """Return how much room a line takes, with what is above its words and the gap below them."""
        line = self._script.lines[number]
        height = self._lent[1] if self._lent and self._lent[0] == line.id else self._height(line)
        return self.above(number) + height + BETWEEN_LINES

    def _stack(self) -> None:
        self._rooms = [self._room(number) for number in range(len(self._script.lines))]
        self.blocks = list(accumulate(self._rooms, initial=0.0))

    def _stack_again(self, numbers: Sequence[int]) -> bool:
        """Lay lines under one another after some of them changed; tell whether anything moved."""
        moved = False
        for number in numbers:
            room = self._room(number)
            moved = moved or room != self._rooms[number]
            self._rooms[number] = room
        if moved:
            self.blocks = list(accumulate(self._rooms, initial=0.0))
        return moved
