"""The list of people: chosen with click or arrows, opened with Enter, renewed with a click or Ctrl+R."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from storybank.services.surveying import Standing
from storybank.words import Words
from ui.board.row_paint import RowPaint, under_pointer
from ui.board.rows import ROW, PeopleRows
from ui.theme import Tokens


class People(QListView):
    """Everybody, or those who stand in one place."""

    opened = Signal(object)
    renewal_asked = Signal(object)

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.rows = PeopleRows(tr)
        self.setModel(self.rows)
        self.paint_ = RowPaint(tr, tokens, self)
        self.setItemDelegate(self.paint_)
        self.setAccessibleName(tr("People and their consent"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        under_pointer(self)
        self.paint_.renewal_asked.connect(self.renewal_asked)
        self.clicked.connect(lambda index: self._open(index.data(ROW)))
        self.activated.connect(lambda index: self._open(index.data(ROW)))

    @property
    def chosen(self) -> Standing | None:
        """Return who is chosen."""
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row if isinstance(row, Standing) else None

    def choose(self, person_id: str) -> None:
        """Choose a person without opening anything."""
        place = self.rows.place_of(person_id)
        if place.isValid():
            self.setCurrentIndex(place)

    def selectionChanged(self, chosen: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(chosen, before)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asks = event.key() == Qt.Key.Key_R and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if asks and (row := self.chosen) and RowPaint.can_ask(row):
            self.renewal_asked.emit(row)
            return
        super().keyPressEvent(event)

    def _open(self, row: object) -> None:
        if isinstance(row, Standing):
            self.opened.emit(row)
