"""Rail: the dark edge of the window: the library's name, the pages, what runs, and settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.text import label
from ui.theme import RAIL_WIDTH, SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5


class Rail(QFrame):
    """A column of page names; the chosen one is lit."""

    chosen = Signal(str)

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_WIDTH)
        self._tr = tr
        self._group = QButtonGroup(self)
        self._words = {"stories": tr("Stories"), "search": tr("Search"), "quotes": tr("Quotes"),
                       "consent": tr("Consent"), "exports": tr("Exports"), "settings": tr("Settings")}
        self._buttons: dict[str, QPushButton] = {}
        self._build()

    def choose(self, key: str) -> None:
        """Light a page's name without going there."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def count(self, key: str, number: int) -> None:
        """Show how many things are on a page."""
        text = self._words[key]
        self._buttons[key].setText(f"{text}   {number}" if number else text)
        self._buttons[key].setAccessibleName(f"{text}, {number}" if number else text)

    def offer_pages(self, offered: bool) -> None:
        """Show the names of the pages, or nothing while no library is open."""
        for button in self._buttons.values():
            button.setVisible(offered)

    def set_library(self, title: str) -> None:
        """Show which library is open."""
        self._library.setText(title)
        self._library.setVisible(bool(title))

    def add_tray(self, tray: QFrame) -> None:
        """Put the tray above the settings."""
        self._column.insertWidget(self._column.count() - 1, tray)

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_3 + 2, SPACE_5, SPACE_3 + 2, SPACE_4)
        self._column.setSpacing(SPACE_1)
        brand = label("Storybank", "brand")
        self._library = label("", "note", wrap=True)
        self._library.hide()
        for words in (brand, self._library):
            words.setContentsMargins(SPACE_3, 0, 0, 0)
            self._column.addWidget(words)
        self._column.addSpacing(SPACE_4)
        for key in ("stories", "search", "quotes", "consent", "exports"):
            self._column.addWidget(self._button(key))
        self._column.addStretch(1)
        self._column.addSpacing(SPACE_2)
        self._column.addWidget(self._button("settings"))

    def _button(self, key: str) -> QPushButton:
        button = quiet_button(self._words[key], lambda: self.chosen.emit(key))
        button.setCheckable(True)
        self._group.addButton(button)
        self._buttons[key] = button
        return button
