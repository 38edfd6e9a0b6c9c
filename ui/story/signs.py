"""Signs: the two buttons of the Story page that are pictures, painted so that no typeface has to hold them."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from storybank.words import Words
from ui.theme import CORNER, TARGET, Tokens


class SignButton(QAbstractButton):
    """A small square button with a painted sign, a name, and a ring when it has the focus."""

    def __init__(self, tokens: Tokens, name: str) -> None:
        super().__init__()
        self._tokens = tokens
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(QSize(TARGET + 4, TARGET + 4))
        self.name_it(name)

    def name_it(self, name: str) -> None:
        """Say what a press does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.color("wash"))
            painter.drawRoundedRect(QRectF(self.rect()), CORNER, CORNER)
        self.paint_sign(painter, QPointF(QRectF(self.rect()).center()))
        if self.hasFocus():
            painter.setPen(QPen(self._tokens.color("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)

    def paint_sign(self, painter: QPainter, middle: QPointF) -> None:
        """Paint the sign around `middle`."""
        raise NotImplementedError


class PlayButton(SignButton):
    """A triangle while it stands still, two bars while it runs."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        self._tr = tr
        self._playing = False
        super().__init__(tokens, tr("Play"))
        self.setToolTip(tr("Play (Space)"))

    def show_playing(self, playing: bool) -> None:
        """Show whether a press plays or pauses."""
        self._playing = playing
        self.name_it(self._tr("Pause") if playing else self._tr("Play"))
        self.setToolTip(self._tr("Pause (Space)") if playing else self._tr("Play (Space)"))
        self.update()

    def paint_sign(self, painter: QPainter, middle: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.color("ink"))
        if self._playing:
            painter.drawRoundedRect(QRectF(middle.x() - 6, middle.y() - 7, 4, 14), 1, 1)
            painter.drawRoundedRect(QRectF(middle.x() + 2, middle.y() - 7, 4, 14), 1, 1)
        else:
            painter.drawPolygon(QPolygonF([middle + QPointF(-5, -7), middle + QPointF(7, 0), middle + QPointF(-5, 7)]))


class StarButton(SignButton):
    """A star: filled for an important quote."""

    def __init__(self, tr: Words, tokens: Tokens, important: bool) -> None:
        super().__init__(tokens, tr("No longer important") if important else tr("Mark as important"))
        self.setCheckable(True)
        self.setChecked(important)
        self.setFixedSize(QSize(TARGET, TARGET))

    def paint_sign(self, painter: QPainter, middle: QPointF) -> None:
        color = self._tokens.color("measure" if self.isChecked() else "soft")
        painter.setPen(QPen(color, 1.4, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(color if self.isChecked() else Qt.BrushStyle.NoBrush)
        points = [
            middle + QPointF(sin(pi * i / 5), -cos(pi * i / 5)) * (7.5 if i % 2 == 0 else 3.4) for i in range(10)
        ]
        painter.drawPolygon(QPolygonF(points))
