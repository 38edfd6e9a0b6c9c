"""Synonyms: a small editor of the words that mean the same to search."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storybank.domain.saved import Ring
from storybank.errors import StorybankError
from storybank.words import Words
from ui.parts.buttons import link_button, quiet_button
from ui.parts.fields import line_field
from ui.parts.page import scrolled
from ui.parts.rows import clear
from ui.parts.text import label, section
from ui.theme import SPACE_2, SPACE_3, SPACE_4

if TYPE_CHECKING:
    from ui.wiring import App

_BETWEEN = re.compile(r"[,;\n]+")
WIDTH = 720


class Synonyms(QWidget):
    """A line for each ring of words. Enter in a line keeps it; an empty line is taken out."""

    left = Signal()
    failed = Signal(object)
    changed = Signal()

    def __init__(self, app: App, tr: Words) -> None:
        super().__init__()
        self._app = app
        self._tr = tr
        self.fields: list[QLineEdit] = []
        inner = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE_2)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, SPACE_4, SPACE_3, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(section(tr("Words that mean the same")))
        about = label(tr("Whoever searches for one of them finds the others too, in either language. "
                         "Put commas between them."), "soft", wrap=True)
        about.setMaximumWidth(WIDTH)
        column.addWidget(about)
        foot = QHBoxLayout()
        self._add = quiet_button(tr("Add words"), self._add_line)
        foot.addWidget(self._add)
        foot.addWidget(link_button(tr("Done"), self.left.emit))
        foot.addStretch(1)
        column.addLayout(foot)
        column.addLayout(self._rows)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inner))

    def show_rings(self) -> None:
        """Show what search knows now."""
        clear(self._rows)
        self.fields = []
        for ring in self._app.synonyms.rings():
            self._line(ring)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _add_line(self) -> None:
        self._line(Ring("", ())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, ring: Ring) -> QLineEdit:
        tr, said = self._tr, ", ".join(ring.words)
        field = line_field(tr("Words that mean the same"), said, hint=tr("senior, elder, aîné"))
        field.setMaximumWidth(WIDTH)
        field.setCursorPosition(0)
        row = QWidget()
        row.setObjectName("plain")
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(field, 1)
        remove = link_button(tr("Remove"), partial(self._remove, ring))
        remove.setAccessibleName(tr("Remove {words}", words=said) if said else tr("Remove"))
        across.addWidget(remove)
        across.addStretch(0)
        field.editingFinished.connect(partial(self._keep, ring, field))
        self._rows.insertWidget(self._rows.count() if ring.id else 0, row)
        self.fields.insert(len(self.fields) if ring.id else 0, field)
        return field

    def _keep(self, ring: Ring, field: QLineEdit) -> None:
        words = tuple(dict.fromkeys(word for part in _BETWEEN.split(field.text()) if (word := part.strip())))
        if words == ring.words or (not words and not ring.id):
            return
        if not words:
            self._remove(ring)
            return
        try:
            self._app.synonyms.save(replace(ring, words=words))
        except StorybankError as error:
            self.failed.emit(error)
            return
        self._renew()

    def _remove(self, ring: Ring) -> None:
        try:
            if ring.id:
                self._app.synonyms.remove(ring.id)
        except StorybankError as error:
            self.failed.emit(error)
            return
        self._renew()

    def _renew(self) -> None:
        self.show_rings()
        self.changed.emit()
