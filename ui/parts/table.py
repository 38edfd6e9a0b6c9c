"""Table: plain rows under sortable headings, with badges painted where a cell has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.parts.chips import HEIGHT, Tone, badge_width, paint_badge
from ui.parts.fields import BOX, paint_tick
from ui.theme import NOTE_SIZE, SPACE_3, Tokens, font

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Row = TypeVar("Row")

SORT, BADGE, BENEATH = (Qt.ItemDataRole.UserRole + number for number in (1, 2, 3))
ROW_HEIGHT = 40
LINE, GAP = 16, 4


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its heading, what a row shows in it, and by what it sorts."""

    heading: str
    show: Callable[[Row], str]
    sort: Callable[[Row], object] | None = None
    badge: Callable[[Row], tuple[str, Tone, str]] | None = None
    width: int = 0
    """0: it takes what room is left."""
    beneath: Callable[[Row], str] | None = None
    """What stands under a badge."""


class Rows(QAbstractTableModel, Generic[Row]):
    """Holds the rows it shows as plain values."""

    def __init__(self, columns: Sequence[Column[Row]], key: Callable[[Row], str]) -> None:
        super().__init__()
        self.columns, self._key = columns, key
        self.rows: list[Row] = []

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows; the ones that stay keep their place and the choice."""
        if [self._key(row) for row in rows] == [self._key(row) for row in self.rows]:
            self.rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.badge(row)[0] if column.badge else column.show(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.badge(row)[2] if column.badge else column.show(row)
        if role == SORT:
            return column.sort(row) if column.sort else self.data(index).__str__().casefold()
        if role == BENEATH:
            return column.beneath(row) if column.beneath else ""
        if role == BADGE:
            return column.badge(row) if column.badge else None
        return None


class BadgeDelegate(QStyledItemDelegate):
    """Paints a badge where a cell has one, and text everywhere else."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        said = index.data(BADGE)
        option.state &= ~option.state.State_HasFocus
        if said is None:
            super().paint(painter, option, index)
            if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
                self._paint_tick(painter, option, index)
            return
        cell, beneath = QRectF(option.rect), str(index.data(BENEATH) or "")
        painter.save()
        if option.state & option.state.State_Selected:
            painter.fillRect(cell, self._tokens.color("wash"))
        self._paint(painter, cell.adjusted(SPACE_3, 0, -SPACE_3, 0), said, beneath)
        painter.restore()

    def _paint_tick(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint our own box over the style's, whose edge cannot be seen in the dark."""
        style = option.widget.style() if option.widget else QApplication.style()
        self.initStyleOption(option, index)
        box = QRectF(style.subElementRect(style.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget))
        ground = "wash" if option.state & option.state.State_Selected else "surface"
        painter.fillRect(box.adjusted(-2, -2, 2, 2), self._tokens.color(ground))
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        free = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        place = QRectF(box.center().x() - BOX / 2, box.center().y() - BOX / 2, BOX, BOX)
        painter.save()
        paint_tick(painter, place, QApplication.palette(), on=on, enabled=free)
        painter.restore()

    def _paint(self, painter: QPainter, cell: QRectF, said: tuple[str, Tone, str], beneath: str) -> None:
        word, tone, _reason = said
        flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        painter.setFont(font(NOTE_SIZE))
        room = QRectF(0, 0, cell.width(), 2 * LINE)
        under = min(2 * LINE, painter.boundingRect(room, flags, beneath).height()) + GAP if beneath else 0
        top = cell.center().y() - (HEIGHT + under) / 2
        width = min(badge_width(word, tone), int(cell.width()))
        paint_badge(painter, QRectF(cell.left(), top, width, HEIGHT), word, tone, self._tokens)
        painter.setFont(font(NOTE_SIZE))
        painter.setPen(self._tokens.color("soft"))
        painter.drawText(QRectF(cell.left(), top + HEIGHT + GAP, cell.width(), 2 * LINE), flags, beneath)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)


class Table(QTableView, Generic[Row]):
    """A table of rows that can be sorted, read with the keyboard, and opened with Enter."""

    def __init__(self, model: Rows[Row], tokens: Tokens, name: str, row_height: int = ROW_HEIGHT) -> None:
        super().__init__()
        self._row_height = row_height
        self._rows = model
        self._order = QSortFilterProxyModel(self)
        self._order.setSourceModel(model)
        self._order.setSortRole(SORT)
        self.setModel(self._order)
        self._delegate = BadgeDelegate(tokens)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self._dress()

    def row_at(self, index: Index) -> Row | None:
        """Return the row under an index of the view."""
        source = self._order.mapToSource(index)
        return self._rows.rows[source.row()] if source.isValid() else None

    def chosen(self) -> list[Row]:
        """Return the rows that are chosen."""
        found = [self.row_at(index) for index in self.selectionModel().selectedRows()]
        return [row for row in found if row is not None]

    def _dress(self) -> None:
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setShowGrid(False)
        self.setWordWrap(self._row_height > ROW_HEIGHT)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self._row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setAccessibleName(self.accessibleName())
        for number, column in enumerate(self._rows.columns):
            if column.width:
                self.setColumnWidth(number, column.width)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
