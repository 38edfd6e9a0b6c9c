"""A typeset line: the words of one line of the script, broken to a width, and where each of them lies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout

from storybank.domain.transcript import Line

LINE_HEIGHT = 1.5


class Typeset:
    """A line laid out once; it is painted, and asked where its words are."""

    def __init__(self, line: Line, font: QFont, width: float) -> None:
        texts = [word.text for word in line.words]
        units = [_units(text) for text in texts]
        self._begins = list(accumulate((count + 1 for count in units), initial=0))[:-1]
        self._ends = [begin + count for begin, count in zip(self._begins, units, strict=True)]
        self._layout = QTextLayout(" ".join(texts), font)
        self._layout.setCacheEnabled(True)
        self.height = self._break(width, QFontMetricsF(font).height() * LINE_HEIGHT)

    def rects(self, first: int, last: int) -> list[QRectF]:
        """Return the ground of the words from `first` to `last`, one rectangle a row."""
        begin, end = self._begins[first], self._ends[last]
        found = []
        for number in range(self._layout.lineCount()):
            row = self._layout.lineAt(number)
            left, right = max(begin, row.textStart()), min(end, row.textStart() + row.textLength())
            if left < right:
                x1, x2 = _x(row.cursorToX(left)), _x(row.cursorToX(right))
                found.append(QRectF(x1, row.y(), min(x2, row.naturalTextWidth()) - x1, row.height()))
        return found

    def word_at(self, x: float, y: float) -> int:
        """Return the number of the word nearest to a point."""
        rows = [self._layout.lineAt(number) for number in range(self._layout.lineCount())]
        row = next((row for row in rows if y < row.y() + row.height() + 4), rows[-1])
        cursor = row.xToCursor(x, row.CursorPosition.CursorOnCharacter)
        return max(0, bisect_right(self._begins, int(cursor)) - 1)

    def part(self, first: int, last: int) -> QTextLayout.FormatRange:
        """Return the words from `first` to `last` as a range to be given a format."""
        made = QTextLayout.FormatRange()
        made.start = self._begins[first]
        made.length = self._ends[last] - self._begins[first]
        return made

    def draw(self, painter: QPainter, at: QPointF, parts: Sequence[QTextLayout.FormatRange]) -> None:
        """Paint the words, some of them differently."""
        self._layout.draw(painter, at, list(parts))

    def _break(self, width: float, step: float) -> float:
        self._layout.beginLayout()
        y = 0.0
        while (row := self._layout.createLine()).isValid():
            row.setLineWidth(width)
            row.setPosition(QPointF(0, y + (step - row.height()) / 2))
            y += step
        self._layout.endLayout()
        return y


def _units(text: str) -> int:
    """Return how many UTF-16 units Qt counts for a text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _x(answer: object) -> float:
    """Return the place from `cursorToX`, which hands back the cursor too."""
    return float(answer[0]) if isinstance(answer, tuple) else float(answer)  # type: ignore[arg-type]
