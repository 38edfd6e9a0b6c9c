"""Welcome: what the window shows while no library is open: make one here, or open another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import link_button, main_button, quiet_button
from ui.parts.card import Card
from ui.parts.empty import lay_in_middle
from ui.parts.fields import line_field
from ui.parts.page import labelled
from ui.parts.text import label, title
from ui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6

WIDTH = 520
TITLE = "Voices of Social Prescribing"
"""The name a library is offered; it can be changed before it is made."""


class Welcome(QWidget):
    """One card: a name, a folder, and the button that makes a library there."""

    made = Signal(object, str)
    """The folder and the name of the library that is wanted."""
    asked = Signal(object)
    """The folder of a library to open."""

    def __init__(self, tr: Words, folder: Path, *, exists: bool = False) -> None:
        super().__init__()
        self.setObjectName("paper")
        self._tr, self._folder = tr, folder
        self.name: QLineEdit = line_field(tr("Its name"), TITLE)
        self.folder: QLineEdit = line_field(tr("Its folder"), str(folder))
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(self._failed() if exists else self._first())
        column.addStretch(3)
        lay_in_middle(self, column, WIDTH)

    def begin(self) -> None:
        """Put the cursor where one begins."""
        self.main.setFocus()

    def _first(self) -> QWidget:
        tr = self._tr
        card = self._card(tr("Welcome to Storybank"), tr(
            "Recordings, what people agreed to, and every word they said are kept in one folder on this computer: "
            "a library. Nothing leaves the machine."))
        card.body.addWidget(labelled(self.name.accessibleName(), self.name))
        place = QWidget()
        place.setObjectName("plain")
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.folder, 1)
        row.addWidget(quiet_button(tr("Change…"), self._ask_folder))
        card.body.addWidget(labelled(tr("Its folder"), place))
        self.folder.setAccessibleName(tr("Its folder"))
        self.main = main_button(tr("Make a library here"), self._make)
        self.folder.returnPressed.connect(self._make)
        self.name.returnPressed.connect(self._make)
        return self._ended(card)

    def _failed(self) -> QWidget:
        """Return the card for a library that is there and could not be opened; the line above it says why."""
        card = self._card(self._tr("This library could not be opened"), str(self._folder))
        self.main = main_button(self._tr("Try again"), lambda: self.asked.emit(self._folder))
        return self._ended(card)

    def _card(self, heading: str, text: str) -> Card:
        card = Card(pad=SPACE_6)
        card.body.setSpacing(SPACE_4)
        words = title(heading)
        words.setWordWrap(True)
        card.body.addWidget(words)
        card.body.addWidget(label(text, "soft", wrap=True))
        return card

    def _ended(self, card: Card) -> Card:
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(self.main)
        row.addWidget(link_button(self._tr("Open another library…"), self._ask_library))
        row.addStretch(1)
        card.body.addSpacing(SPACE_5 - SPACE_4)
        card.body.addLayout(row)
        return card

    def _make(self) -> None:
        text = self.folder.text().strip()
        self.made.emit(Path(text).expanduser() if text else self._folder, self.name.text().strip() or TITLE)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._tr("Where should the library be?"))
        if chosen:
            self.folder.setText(chosen)

    def _ask_library(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._tr("Open another library…"))
        if chosen:
            self.asked.emit(Path(chosen))
