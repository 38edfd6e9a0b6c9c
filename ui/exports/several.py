"""Several: asks, messages, sources, rows of evidence, options: short lists that are written where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from storybank.domain.twin import Twin
from storybank.words import Words
from ui.exports.picks import with_picks
from ui.exports.writing import TwinField
from ui.parts.buttons import link_button
from ui.parts.fields import Choice, line_field
from ui.parts.rows import clear
from ui.parts.text import label, note
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

Item = Any
"""An ask, a source, a row of evidence: whatever the list is of."""
Offered = Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is written of an item: a twin, a line, or one of several words."""

    name: str
    read: Callable[[Item], Any]
    write: Callable[[Item, Any], Item]
    most: int = 0
    lines: int = 1
    options: Sequence[tuple[str, str]] = ()
    hint: str = ""
    offered: Offered | None = None
    """What may be picked into a line, besides being typed: keys with their words."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a list is of: how its items are called, begun and written."""

    place: str
    """As remarks name it: `asks`, `evidence`."""
    name: str
    add: str
    new: Callable[[], Item]
    cells: Sequence[Cell]
    most: int = 0
    refusal: str = ""
    """What is said to whoever wants one more than there may be."""
    about: str = ""
    numbered: bool = True


class ItemEditor(QFrame):
    """One item: its first cell in sight, the others a press away."""

    written = Signal(object)
    left = Signal()
    removed = Signal()

    def __init__(self, tr: Words, tokens: Tokens, kind: Kind, number: int) -> None:
        super().__init__()
        self._tr, self._tokens, self._kind = tr, tokens, kind
        self._language = "en"
        self.item: Item = None
        self.fields: list[tuple[Cell, TwinField | QLineEdit | Choice]] = []
        rich = len(kind.cells) > 1
        self.setObjectName("well" if rich else "plain")
        column = QVBoxLayout(self)
        inset = SPACE_3 if rich else 0
        column.setContentsMargins(inset, SPACE_2 if rich else 0, inset, SPACE_2 if rich else 0)
        column.setSpacing(SPACE_2)
        self._rest = QWidget()
        self._rest.setObjectName("plain")
        column.addWidget(self._cell(kind.cells[0], tokens, number))
        column.addWidget(self._rest)
        self._build_ways(column, rich)
        self._rest.hide()

    def show_item(self, item: Item, language: str) -> None:
        """Show an item in a language."""
        self.item, self._language = item, language
        self._show_in(self.fields)

    def _show_in(self, fields: Sequence[tuple[Cell, TwinField | QLineEdit | Choice]]) -> None:
        item, language = self.item, self._language
        for cell, field in fields:
            value = cell.read(item)
            if isinstance(field, TwinField):
                field.show_twin(value, language)
            elif isinstance(field, Choice):
                field.blockSignals(True)
                field.choose(str(value))
                field.blockSignals(False)
            elif field.text() != str(value) and not field.hasFocus():
                field.setText(str(value))

    def begin(self) -> None:
        """Put the keys where one begins to write."""
        first = self.fields[0][1]
        (first.field if isinstance(first, TwinField) else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, shown: bool = True) -> None:
        """Show everything of the item, or its first line only. What is never opened is never built."""
        if shown and len(self.fields) < len(self._kind.cells):
            self._build_rest()
        self._rest.setVisible(shown)
        self.details.setText(self._tr("Less") if shown else self._tr("Details"))

    def _build_rest(self) -> None:
        below = QVBoxLayout(self._rest)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE_2)
        for cell in self._kind.cells[1:]:
            below.addWidget(self._cell(cell, self._tokens, 0))
        if self.item is not None:
            self._show_in(self.fields[1:])

    def _build_ways(self, column: QVBoxLayout, rich: bool) -> None:
        """Put the ways to open and remove it beneath; of a single text, its removal stands at its head."""
        self.details = link_button(self._tr("Details"), lambda: self.open(self._rest.isHidden()))
        self.remove = link_button(self._tr("Take out"), self.removed.emit)
        first = self.fields[0][1]
        if not rich and isinstance(first, TwinField):
            self.details.hide()
            first.head.addWidget(self.remove)
            return
        row = QHBoxLayout()
        row.setSpacing(SPACE_1)
        row.addWidget(self.details)
        row.addStretch(1)
        row.addWidget(self.remove)
        column.addLayout(row)

    def _cell(self, cell: Cell, tokens: Tokens, number: int) -> QWidget:
        name = f"{cell.name} {number}" if number and self._kind.numbered else cell.name
        if cell.options:
            choice = Choice(tokens, name, list(cell.options))
            choice.activated.connect(lambda _place: self._write(cell, choice.key, done=True))
            self.fields.append((cell, choice))
            return _under(name, choice)
        if isinstance(cell.read(self._kind.new()), Twin):
            twin = TwinField(self._tr, name, lines=cell.lines, most=cell.most, hint=cell.hint, quiet=True)
            twin.typed.connect(lambda value: self._write(cell, value))
            twin.left.connect(self.left)
            self.fields.append((cell, twin))
            return twin
        line = line_field(name, hint=cell.hint)
        line.textEdited.connect(lambda value: self._write(cell, value))
        line.editingFinished.connect(self.left)
        self.fields.append((cell, line))
        if cell.offered is None:
            return _under(name, line)
        return _under(name, with_picks(self._tr, line, cell.offered))

    def _write(self, cell: Cell, value: object, *, done: bool = False) -> None:
        if self.item is not None:
            self.item = cell.write(self.item, value)
            self.written.emit(self.item)
            if done:
                self.left.emit()


class Several(QWidget):
    """The list, and a way to add to it; one too many is refused with a reason."""

    written = Signal(object)
    """All items, while one of them is typed into."""
    changed = Signal(object)
    """All items, after one came or went."""
    left = Signal()

    def __init__(self, tr: Words, tokens: Tokens, kind: Kind) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._tokens, self.kind = tr, tokens, kind
        self.items: tuple[Item, ...] = ()
        self.editors: list[ItemEditor] = []
        self._language = "en"
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE_2)
        self.refusal = label(kind.refusal, "note", wrap=True, tone="warn")
        self.refusal.hide()
        self.add_button = link_button(kind.add, self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(label(kind.name, "strong", wrap=True))
        if kind.about:
            column.addWidget(note(kind.about))
        column.addLayout(self._rows)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.refusal)

    def show_items(self, items: Sequence[Item], language: str) -> None:
        """Show the items in a language; those that stay keep their fields."""
        if len(items) != len(self.editors):
            self._rebuild(len(items))
        self.items, self._language = tuple(items), language
        for editor, item in zip(self.editors, self.items, strict=True):
            editor.show_item(item, language)
        if not self.kind.most or len(self.items) < self.kind.most:
            self.refusal.hide()

    def add(self) -> None:
        """Begin one more, unless there are as many as there may be."""
        if self.kind.most and len(self.items) >= self.kind.most:
            self.refusal.show()
            return
        self._put((*self.items, self.kind.new()))
        self.editors[-1].open(len(self.kind.cells) > 1)
        self.editors[-1].begin()

    def begin(self, number: int = 1) -> None:
        """Put the keys into an item, counted from one; into the button where there is none."""
        if 0 < number <= len(self.editors):
            self.editors[number - 1].begin()
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, items: tuple[Item, ...]) -> None:
        self.show_items(items, self._language)
        self.changed.emit(items)

    def _rebuild(self, number: int) -> None:
        clear(self._rows)
        self.editors = []
        for place in range(number):
            editor = ItemEditor(self._tr, self._tokens, self.kind, place + 1)
            editor.written.connect(lambda item, place=place: self._on_written(place, item))
            editor.left.connect(self.left)
            editor.removed.connect(lambda place=place: self._remove(place))
            self.editors.append(editor)
            self._rows.addWidget(editor)

    def _on_written(self, place: int, item: Item) -> None:
        self.items = (*self.items[:place], item, *self.items[place + 1:])
        self.written.emit(self.items)

    def _remove(self, place: int) -> None:
        self._put((*self.items[:place], *self.items[place + 1:]))


def _under(name: str, field: QWidget) -> QWidget:
    holder = QWidget()
    holder.setObjectName("plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE_1)
    column.addWidget(label(name, "soft", wrap=True))
    column.addWidget(field)
    return holder
