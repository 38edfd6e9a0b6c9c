"""Empty: what a page says when it holds nothing yet, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.parts.buttons import Pressed, main_button, quiet_button
from ui.parts.text import label, section
from ui.theme import SPACE_2, SPACE_4

WIDTH = 460
"""As wide as its sentences are easy to read."""


class Empty(QWidget):
    """A title, a sentence, and at most one button."""

    def __init__(self, title: str, text: str, button: str = "", pressed: Pressed | None = None, *,
                 main: bool = False) -> None:
        super().__init__()
        self.setObjectName("plain")
        column = QVBoxLayout()
        column.setSpacing(SPACE_2)
        column.addStretch(2)
        column.addWidget(_centred(section(title)))
        column.addWidget(_centred(label(text, "soft", wrap=True)))
        if button:
            column.addSpacing(SPACE_4)
            made = main_button(button, pressed) if main else quiet_button(button, pressed)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        lay_in_middle(self, column, WIDTH)


def lay_in_middle(within: QWidget, column: QVBoxLayout, width: int) -> None:
    """Lay a column of a width in the middle; words in it may take as many lines as they need.

    Qt's own alignment would give a wrapped label the height of one line.
    """
    holder = QWidget()
    holder.setObjectName("plain")
    holder.setMaximumWidth(width)
    column.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(column)
    row = QHBoxLayout(within)
    row.addStretch(1)
    row.addWidget(holder, 1000)
    row.addStretch(1)


def _centred(words: QLabel) -> QLabel:
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    words.setWordWrap(True)
    return words
