"""Marks: what the tools of the workbench point at among the words: places that were found, words nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from storybank.domain.transcript import Line
from ui.theme import Tokens
from ui.transcript.typeset import Typeset

STEP, RISE = 3.0, 1.6
"""How long and how high a wave of the underline is."""


class Marks:
    """Found places and misspelt words, by the line they stand in; painted with the line."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.found: Mapping[str, Sequence[tuple[int, int]]] = {}
        """By line: first and last word of each place that was found."""
        self.here: tuple[str, int, int] | None = None
        """The place that the search is at: its line, its first and last word there."""
        self.misspelt: dict[str, tuple[str, frozenset[int]]] = {}
        """By line: the text that was looked at, and the numbers of its words that are in no dictionary."""

    def misspelt_in(self, line: Line) -> frozenset[int]:
        """Return which words of a line are in no dictionary, as far as one has looked."""
        text, words = self.misspelt.get(line.id, ("", frozenset()))
        return words if text == line.text else frozenset()

    def paint_found(self, painter: QPainter, at: QPointF, line: Line, typeset: Typeset) -> None:
        """Paint the ground of what was found; the place one is at stands out."""
        painter.setPen(Qt.PenStyle.NoPen)
        for first, last in self.found.get(line.id, ()):
            shade = QColor(self._tokens.color("warn"))
            is_here = self.here == (line.id, first, last)
            shade.setAlpha(120 if is_here else 46)
            painter.setBrush(shade)
            if last < len(line.words):
                for rect in typeset.rects(first, last):
                    painter.drawRoundedRect(rect.translated(at).adjusted(-2, 2, 2, -2), 3, 3)

    def paint_misspelt(self, painter: QPainter, at: QPointF, line: Line, typeset: Typeset) -> None:
        """Paint a wave under the words that are in no dictionary."""
        numbers = self.misspelt_in(line)
        if not numbers:
            return
        painter.setPen(QPen(self._tokens.color("stop"), 1.2))
        for number in numbers:
            for rect in typeset.rects(number, number) if number < len(line.words) else ():
                painter.drawPolyline(_wave(rect.translated(at)))


def _wave(rect: QRectF) -> QPolygonF:
    count = max(2, round(rect.width() / STEP))
    bottom = rect.bottom() - 1.0
    return QPolygonF([QPointF(rect.left() + n * STEP, bottom - (RISE if n % 2 else 0.0)) for n in range(count + 1)])
