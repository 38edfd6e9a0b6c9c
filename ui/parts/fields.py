"""Fields: choices, dates and ticks that look like the rest of the window and have names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from storybank.errors import Invalid
from storybank.words import say
from ui.theme import TARGET, Tokens


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
    """A day typed as 2028-06-14; empty means none."""

    def __init__(self, name: str, day: date | None = None) -> None:
        super().__init__(day.isoformat() if day else "")
        self._name = name
        self.setAccessibleName(name)
        self.setPlaceholderText("2028-06-14")
        self.setMaxLength(10)

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


def tick(text: str, *, on: bool = False) -> QCheckBox:
    """Return a box to tick."""
    box = QCheckBox(text)
    box.setAccessibleName(text)
    box.setChecked(on)
    box.setMinimumHeight(TARGET)
    return box
