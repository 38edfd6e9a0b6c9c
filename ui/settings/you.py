"""You: the name that stands beside what somebody changes on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from storybank.domain.names import plain
from storybank.settings import Settings
from storybank.words import Words
from ui.machine import author
from ui.parts.page import labelled

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
