"""Empty: what a page says when it holds nothing yet, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts.buttons import Pressed, main_button, quiet_button
from ui.parts.text import label, section
from ui.theme import SPACE_2, SPACE_4


class Empty(QWidget):
    """A title, a sentence, and at most one button."""

    def __init__(self, title: str, text: str, button: str = "", pressed: Pressed | None = None, *,
                 main: bool = False) -> None:
        super().__init__()
        self.setObjectName("plain")
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_2)
        column.addStretch(2)
        column.addWidget(section(title), 0, Qt.AlignmentFlag.AlignHCenter)
        words = label(text, "soft", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setMinimumWidth(420)
        words.setMaximumWidth(460)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        if button:
            column.addSpacing(SPACE_4)
            made = main_button(button, pressed) if main else quiet_button(button, pressed)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
