"""Saved searches: a list of those that are kept, with what is new in each, and a line that asks for a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from storybank.services.searches import SearchStanding
from storybank.words import Words
from ui.parts.buttons import link_button, main_button
from ui.parts.fields import line_field
from ui.parts.rows import clear
from ui.parts.text import cut, label
from ui.theme import SPACE_1, SPACE_2, SPACE_4


class SavedList(QWidget):
    """The saved searches, each a link with its numbers; the menu key or the right button renames or forgets it."""

    chosen = Signal(object)
    """A `SavedSearch` to run."""
    renaming = Signal(object)
    removed = Signal(object)

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self.rows: list[_SavedRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_4)
        column.setSpacing(0)
        column.addWidget(label(tr("Saved searches"), "strong"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.hide()

    def show_searches(self, standings: Sequence[SearchStanding]) -> None:
        """Show these and no others."""
        clear(self._rows)
        self.rows = [_SavedRow(self._tr, one) for one in standings]
        for row in self.rows:
            row.name.clicked.connect(partial(self.chosen.emit, row.standing.search))
            row.menu.actions()[0].triggered.connect(partial(self.renaming.emit, row.standing.search))
            row.menu.actions()[1].triggered.connect(partial(self.removed.emit, row.standing.search))
            self._rows.addWidget(row)
        self.setVisible(bool(self.rows))


class _SavedRow(QWidget):
    """A saved search, as `Gardens   12 · 3 new`."""

    def __init__(self, tr: Words, standing: SearchStanding) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.standing = standing
        new = tr("{n} new", n=standing.new) if standing.new else ""
        self.numbers = " · ".join(part for part in (str(standing.total), new) if part)
        self.name: QPushButton = link_button("")
        self.name.setAccessibleName(f"{standing.search.name}, {self.numbers}")
        self.name.setToolTip(f"{standing.search.name}\n{standing.search.typed}".strip())
        shown = cut(standing.search.name)
        shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self.name)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(shown, 1)
        inside.addWidget(label(str(standing.total) + (" ·" if new else ""), "note"))
        if new:
            inside.addWidget(label(new, "note", tone="good"))
        self.menu = QMenu(self)
        self.menu.addAction(tr("Rename"))
        self.menu.addAction(tr("Remove"))
        more = link_button("⋯")
        more.setAccessibleName(tr("Rename or remove {name}", name=standing.search.name))
        more.setToolTip(tr("Rename or remove"))
        more.setFixedWidth(24)
        more.clicked.connect(lambda: self.menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_1)
        row.addWidget(self.name, 1)
        row.addWidget(more)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())


class NameLine(QWidget):
    """A line of the page that asks for a few words, as the name of a search. Enter keeps them, Escape does not."""

    named = Signal(str)
    left = Signal()

    def __init__(self, tr: Words, name: str, most: int) -> None:
        """`name` is what is asked for, in at most so many characters."""
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self.field: QLineEdit = line_field(name, hint=name)
        self.field.setMaxLength(most)
        self._about = label("", "strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self._about)
        row.addWidget(self.field, 1)
        row.addWidget(link_button(tr("Cancel"), self._leave))
        row.addWidget(main_button(tr("Save"), self._name))
        self.field.returnPressed.connect(self._name)
        self.hide()

    def ask(self, about: str, name: str) -> None:
        """Ask for a name; one is suggested."""
        self._about.setText(about)
        self.field.setText(name)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _name(self) -> None:
        if name := self.field.text().strip():
            self.hide()
            self.named.emit(name)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
