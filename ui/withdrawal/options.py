"""Options: answers to choose one of, each with what it means in a line beneath it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from ui.parts.flow import CardGrid
from ui.theme import CORNER, NOTE_SIZE, SPACE_2, TARGET, font

RING = 16
PAD = 12
NARROW = 150
"""How wide short answers are that stand beside each other."""


class Option(QRadioButton):
    """An answer with its meaning; drawn by us so that both can take as many lines as they need."""

    def __init__(self, text: str, meaning: str) -> None:
        super().__init__(text)
        self._meaning = meaning
        self.setAccessibleName(text)
        self.setAccessibleDescription(meaning)
        self.setProperty("ring", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(60, width - RING - 3 * PAD)
        return max(TARGET, self._high(self.text(), font(13, QFont.Weight.DemiBold), room)
                   + (self._high(self._meaning, font(NOTE_SIZE), room) + 3 if self._meaning else 0) + 2 * PAD - 4)

    def sizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(max(280, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, TARGET)

    def hitButton(self, _pos: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, role = QPainter(self), QPalette.ColorRole
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, palette = self.isChecked(), self.palette()
        edge = palette.color(role.Accent if chosen or self.underMouse() else role.PlaceholderText)
        frame = QColor(edge)
        frame.setAlphaF(1.0 if chosen else 0.45)
        painter.setPen(QPen(frame, 2 if chosen else 1))
        painter.setBrush(palette.color(role.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)
        ring = QRectF(PAD, PAD, RING, RING)
        painter.setPen(QPen(edge, 1.4))
        painter.drawEllipse(ring)
        if chosen:
            painter.setBrush(palette.color(role.Accent))
            painter.drawEllipse(ring.adjusted(4, 4, -4, -4))
        self._paint_words(painter, palette)
        painter.end()

    def _paint_words(self, painter: QPainter, palette: QPalette) -> None:
        role, flags = QPalette.ColorRole, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        face = font(13, QFont.Weight.DemiBold)
        room = QRectF(2 * PAD + RING - 4, PAD - 1, max(60, self.width() - RING - 3 * PAD), self.height())
        painter.setFont(face)
        painter.setPen(palette.color(role.WindowText))
        painter.drawText(room, flags, self.text())
        painter.setFont(font(NOTE_SIZE))
        painter.setPen(palette.color(role.PlaceholderText))
        top = self._high(self.text(), face, int(room.width())) + 3
        painter.drawText(room.adjusted(0, top, 0, 0), flags, self._meaning)

    @staticmethod
    def _high(text: str, face: QFont, width: int) -> int:
        return QFontMetrics(face).boundingRect(0, 0, width, 2000, int(Qt.TextFlag.TextWordWrap), text).height()


class Options(QWidget):
    """One of several answers; none is chosen until somebody chooses, or `choose` does."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str, str]], first: str = "", *,
                 beside: bool = False) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Option] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        place = CardGrid(least=NARROW, gap=SPACE_2) if beside else column
        if beside:
            column.addLayout(place)
        for key, text, meaning in options:
            button = Option(text, meaning)
            self.buttons[key] = button
            self._group.addButton(button)
            button.toggled.connect(lambda on, key=key: self.chosen.emit(key) if on else None)
            place.addWidget(button)
        if first in self.buttons:
            self.buttons[first].setChecked(True)

    @property
    def key(self) -> str:
        """Return what is chosen, or nothing."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose an answer."""
        self.buttons[key].setChecked(True)

    def begin(self) -> None:
        """Put the keyboard on the answer that is chosen, or on the first."""
        next((b for b in self.buttons.values() if b.isChecked()), next(iter(self.buttons.values()))).setFocus()
