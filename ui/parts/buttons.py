"""Buttons: one filled main action a page, everything else quiet; all have names and room to be hit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton

from ui.theme import TARGET, font

Pressed = Callable[[], object]


def main_button(text: str, pressed: Pressed | None = None) -> QPushButton:
    """Return the page's one filled button."""
    return _button(text, pressed, "main")


def quiet_button(text: str, pressed: Pressed | None = None) -> QPushButton:
    """Return an outlined button."""
    return _button(text, pressed, "quiet")


def stop_button(text: str, pressed: Pressed | None = None) -> QPushButton:
    """Return a button for what cannot be taken back lightly."""
    return _button(text, pressed, "stop")


def link_button(text: str, pressed: Pressed | None = None) -> QPushButton:
    """Return a button that reads as a link."""
    return _button(text, pressed, "link")


def word_button(text: str, pressed: Pressed | None = None) -> QPushButton:
    """Return a word that can be chosen, as in a row of filters."""
    made = _button(text, pressed, "word", WordButton())
    made.setCheckable(True)
    return made


class WordButton(QPushButton):
    """A word with room for itself in bold, so that choosing it moves nothing."""

    def sizeHint(self) -> QSize:
        bold = QFontMetrics(font(14, QFont.Weight.DemiBold))
        return QSize(bold.horizontalAdvance(self.text()) + 4, TARGET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def segment_button(text: str, pressed: Pressed | None = None) -> QPushButton:
    """Return one side of a switch between two views."""
    made = _button(text, pressed, "segment")
    made.setCheckable(True)
    return made


def _button(text: str, pressed: Pressed | None, kind: str, bare: QPushButton | None = None) -> QPushButton:
    made = bare or QPushButton()
    made.setText(text)
    made.setProperty("kind", kind)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if pressed:
        made.clicked.connect(lambda _checked=False: pressed())
    return made
