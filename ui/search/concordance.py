"""The concordance: every place a word was said, under one another, with what stands to its left and right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from storybank.domain.found import Beside, Concordance, InContext
from storybank.words import Words
from ui.parts.said import timecode
from ui.theme import NOTE_SIZE, TEXT_SIZE, Tokens, font

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
STORY, LEFT, NODE, RIGHT = range(4)
TURNS: dict[int, tuple[Beside, ...]] = {
    STORY: (Beside.STORY,), LEFT: (Beside.LEFT, Beside.LEFT_2, Beside.LEFT_3), NODE: (Beside.NODE,),
    RIGHT: (Beside.RIGHT, Beside.RIGHT_2, Beside.RIGHT_3),
}
"""What a press on each heading sorts by; another press, by the word after."""
ROW_HEIGHT = 32


class ContextModel(QAbstractTableModel):
    """The places as Qt asks for them."""

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self._tr = tr
        self._rows: Sequence[InContext] = ()
        self.beside = Beside.NODE

    def show_rows(self, rows: Sequence[InContext]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> Sequence[InContext]:
        """Return the places that are shown."""
        return self._rows

    def row(self, index: Index) -> InContext | None:
        """Return the place of a row."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        tr = self._tr
        if role == Qt.ItemDataRole.DisplayRole:
            said = (tr("Story"), tr("before"), tr("found"), tr("after"))[section]
            return f"{said}  {self._sign()}" if self.beside in TURNS[section] else said
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("Press to sort; press again to sort by the word after the next")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == LEFT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            where = f"{row.story_code} · {timecode(row.moment_ms)}"
            return (where, row.left, row.node, row.right)[index.column()]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.speaker} · {row.story_code} · {timecode(row.moment_ms)}\n{row.left} {row.node} {row.right}"
        return None

    def _sign(self) -> str:
        return "↓" if self.beside in (Beside.STORY, Beside.NODE) else f"↓ {self.beside.value}"


class ConcordanceView(QTableView):
    """The table. Enter or a double click goes to the place; a press on a heading sorts."""

    opened = Signal(object)
    heard = Signal(object)
    sorted_by = Signal(object)
    up_wanted = Signal()

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.places = ContextModel(tr)
        self.setModel(self.places)
        self.setItemDelegate(_ContextPainter(tokens, self))
        self.setAccessibleName(tr("Words in their company"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setStyleSheet("QHeaderView::section { padding: 0 6px; }")
        header.sectionClicked.connect(self._on_heading)
        header.setSectionResizeMode(STORY, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(STORY, 118)
        header.setSectionResizeMode(LEFT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(NODE, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(RIGHT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)

    def show_concordance(self, found: Concordance, beside: Beside) -> None:
        """Show places, sorted as they come."""
        self.places.beside = beside
        self.places.show_rows(found.rows)
        self.horizontalHeader().viewport().update()
        if found.rows:
            self.setCurrentIndex(self.places.index(0, NODE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        if event.key() in (key.Key_Return, key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() in (key.Key_Space, key.Key_P) and (row := self.places.row(self.currentIndex())):
            self.heard.emit(row)
        elif event.key() == key.Key_Up and self.currentIndex().row() <= 0:
            self.up_wanted.emit()
        elif event.key() in (key.Key_Left, key.Key_Right):
            self._on_heading(LEFT if event.key() == key.Key_Left else RIGHT)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if row := self.places.row(index):
            self.opened.emit(row)

    def _on_heading(self, section: int) -> None:
        turns, now = TURNS[section], self.places.beside
        self.sorted_by.emit(turns[(turns.index(now) + 1) % len(turns)] if now in turns else turns[0])


class _ContextPainter(QStyledItemDelegate):
    """Paints the found word in bold, what is before it up to its left edge, what is after it from its right."""

    def __init__(self, tokens: Tokens, view: QTableView) -> None:
        super().__init__(view)
        self._tokens, self._view = tokens, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self._view.fontMetrics()
        return QSize(round(metrics.horizontalAdvance(str(index.data())) * 1.12) + 16, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._tokens.color("wash"))
        column, text = index.column(), str(index.data())
        found = column == NODE
        painter.setFont(font(NOTE_SIZE if column == STORY else TEXT_SIZE,
                             QFont.Weight.DemiBold if found else QFont.Weight.Normal))
        painter.setPen(self._tokens.color("primary" if found else "soft" if column == STORY else "ink"))
        room = QRectF(option.rect).adjusted(12 if column == STORY else 6, 0, -6, 0)
        left = column == LEFT
        shown = _fitting(text, painter.fontMetrics(), int(room.width()) + 1, from_left=left)
        side = Qt.AlignmentFlag.AlignRight if left else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


def _fitting(text: str, metrics: QFontMetrics, room: int, *, from_left: bool) -> str:
    """Return as many whole words as there is room for, those next to the found word first."""
    while " " in text and metrics.horizontalAdvance(text) > room:
        text = text.partition(" ")[2] if from_left else text.rpartition(" ")[0]
    return text
