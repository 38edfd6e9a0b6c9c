"""Swatches: colours that a code may have, a press each, and how one looks on the light and the dark surface."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from storybank.domain.colour import OFFERED, on_dark
from storybank.words import Words
from ui.parts.flow import Flow
from ui.theme import DARK, LIGHT, SPACE_2, TARGET, Tokens


class Swatch(QPushButton):
    """A square of a colour."""

    def __init__(self, tokens: Tokens, colour: str, name: str) -> None:
        super().__init__()
        self._colour = colour if tokens.name == "light" else on_dark(colour)
        self.setFixedSize(TARGET, TARGET)
        self.setProperty("ring", True)
        self.setAccessibleName(name)
        self.setToolTip(colour)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour))
        inset = 2 if self.underMouse() or self.hasFocus() else 4
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        painter.end()


class Swatches(QWidget):
    """A row of them."""

    def __init__(self, tr: Words, tokens: Tokens, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        row = Flow(self, gap=SPACE_2, between_rows=SPACE_2)
        for colour in OFFERED:
            swatch = Swatch(tokens, colour, tr("Colour {colour}", colour=colour))
            swatch.clicked.connect(partial(lambda one, _on: chosen(one), colour))
            row.addWidget(swatch)


class Sample(QWidget):
    """A colour as a stripe and as a chip's edge, on the light and the dark surface."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens, self._colour = tokens, ""
        self.setFixedSize(132, 30)

    def sizeHint(self) -> QSize:
        return QSize(132, 30)

    def show_colour(self, colour: str) -> None:
        """Show another."""
        self._colour = colour
        self.setVisible(bool(colour))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._colour:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for left, ground, shade in ((0, LIGHT.surface, self._colour), (68, DARK.surface, on_dark(self._colour))):
            painter.setPen(self._tokens.color("line"))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(left + 0.5, 0.5, 62, 29), 6, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shade))
            painter.drawRoundedRect(QRectF(left + 8, 6, 4, 18), 1, 1)
            painter.setPen(QColor(shade))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left + 20.5, 6.5, 34, 17), 8.5, 8.5)
            painter.drawText(QRectF(left + 20, 6, 35, 18), int(Qt.AlignmentFlag.AlignCenter), "Aé")
        painter.end()


