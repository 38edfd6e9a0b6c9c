"""Fields: choices, dates and ticks that look like the rest of the window and have names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from storybank.errors import Invalid
from storybank.words import Words, say
from ui.parts.text import label, restyle
from ui.theme import TARGET, Tokens

BOX = 16
"""The side of a box to tick."""


class Choice(QComboBox):
    """One of several; each is a key and the words for it. The wheel scrolls the page, not the choice."""

    def __init__(self, tokens: Tokens, name: str, options: Sequence[tuple[str, str]], chosen: str = "") -> None:
        super().__init__()
        self._tokens = tokens
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        for key, text in options:
            self.addItem(text, key)
        self.choose(chosen)

    @property
    def key(self) -> str:
        """Return the key of what is chosen."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose by key; an unknown one chooses the first."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._tokens.color("soft"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = self.width() - 17.0, self.height() / 2
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))
        painter.end()


class DayField(QLineEdit):
    """A day typed as 2028-06-14; empty means none. It says under itself what is wrong with another text."""

    def __init__(self, tr: Words, name: str, day: date | None = None) -> None:
        super().__init__(day.isoformat() if day else "")
        self._tr = tr
        self.complaint = label("", "note", wrap=True, tone="stop")
        self.complaint.hide()
        self.setAccessibleName(name)
        self.setPlaceholderText("2028-06-14")
        self.editingFinished.connect(self.check)

    def check(self) -> bool:
        """Tell whether a day, or nothing, is written; say under the field how to write one if not."""
        try:
            self.day()
        except Invalid as error:
            said = " ".join(map(self._tr.sentence, (error.message, error.hint)))
        else:
            said = ""
        restyle(self, wrong=bool(said))
        self.complaint.setText(said)
        self.complaint.setVisible(bool(said))
        self.setAccessibleDescription(said)
        return not said

    def day(self) -> date | None:
        """Return the day; raise `Invalid` saying how to write one."""
        text = self.text().strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise Invalid(say("“{day}” is not a day.", day=text),
                          hint=say("Write the year, the month and the day, as 2028-06-14.")) from error


def line_field(name: str, text: str = "", hint: str = "") -> QLineEdit:
    """Return a field for a line of text."""
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    return field


class Tick(QCheckBox):
    """A box to tick, drawn by us so that its edge can be seen in the dark as well."""

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + BOX + 12, TARGET)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRectF(1, (self.height() - BOX) / 2, BOX, BOX)
        paint_tick(painter, place, self.palette(), on=self.isChecked())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        words = self.rect().adjusted(BOX + 9, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        painter.end()


def paint_tick(painter: QPainter, place: QRectF, palette: QPalette, *, on: bool, enabled: bool = True) -> None:
    """Paint a box to tick; one that may not be ticked is only hinted at."""
    role = QPalette.ColorRole
    edge = palette.color(role.Accent if on else role.PlaceholderText)
    edge.setAlphaF(1.0 if enabled else 0.35)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1.3))
    painter.setBrush(palette.color(role.Accent) if on else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 4, 4)
    if on:
        painter.setPen(QPen(palette.color(role.HighlightedText), 1.9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                            Qt.PenJoinStyle.RoundJoin))
        x, y = place.center().x(), place.center().y()
        painter.drawPolyline(QPolygonF([QPointF(x - 3.6, y), QPointF(x - 1, y + 2.8), QPointF(x + 4, y - 3)]))


def tick(text: str, *, on: bool = False) -> QCheckBox:
    """Return a box to tick."""
    box = Tick(text)
    box.setAccessibleName(text)
    box.setChecked(on)
    box.setMinimumHeight(TARGET)
    return box
