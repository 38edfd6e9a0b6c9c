"""You: the name that stands beside what somebody changes on this machine, and whether codes are suggested to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from storybank.domain.names import plain
from storybank.settings import Settings
from storybank.words import Words
from ui.machine import author
from ui.parts.fields import tick
from ui.parts.page import labelled
from ui.parts.text import note

if TYPE_CHECKING:
    from ui.wiring import App


class YourName(QWidget):
    """A field that keeps the name when it is left."""

    def __init__(self, app: App, tr: Words, settings: Callable[[], Settings],
                 keep: Callable[[Settings], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._settings, self._keep = app, settings, keep
        self.field = QLineEdit(settings().name)
        self.field.setAccessibleName(tr("Your name"))
        self.field.setPlaceholderText(author())
        self.field.editingFinished.connect(self._finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(labelled(tr("Your name"), self.field,
                                  tr("It stands beside what you change in a transcript.")))

    def _finish(self) -> None:
        name = plain(self.field.text())
        if name != self._settings().name:
            self._app.author = name or author()
            self._keep(replace(self._settings(), name=name))


class SuggestionsWanted(QWidget):
    """A box to tick, kept at once."""

    def __init__(self, tr: Words, settings: Callable[[], Settings], keep: Callable[[Settings], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.box = tick(tr("Suggest codes while I tag"), on=settings().suggestions != "off")
        self.box.toggled.connect(lambda on: keep(replace(settings(), suggestions="" if on else "off")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        column.addWidget(note(tr("On this computer, from the words of your codes and from quotes tagged before. "
                                 "Nothing is tagged by itself, and the words of people who said no are left alone.")))
