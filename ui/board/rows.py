"""Rows: the people of the board as a list that paints only what is seen, under headings by where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from storybank.services.surveying import Place, Standing
from storybank.words import Words
from ui.board.said import about, beside, holds, out_there, standing_said

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
NOWHERE = QModelIndex()

Row = Standing | tuple[Place, int]
"""A person, or a heading with how many stand under it."""


class PeopleRows(QAbstractListModel):
    """Holds the people as plain values."""

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self._tr = tr
        self.rows: list[Row] = []

    @property
    def people(self) -> list[Standing]:
        """Return the people that are shown, in their order."""
        return [row for row in self.rows if isinstance(row, Standing)]

    def put(self, people: Sequence[Standing], *, headings: bool = True) -> None:
        """Show these people; where the same are shown already, only what is said of them changes."""
        rows: list[Row] = _under_headings(people) if headings else [*people]
        if [_key(row) for row in rows] == [_key(row) for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place_of(self, person_id: str) -> QModelIndex:
        """Return where a person is in the list."""
        for number, row in enumerate(self.rows):
            if isinstance(row, Standing) and row.person.id == person_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not isinstance(self.rows[index.row()], Standing):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if not isinstance(row, Standing):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in self._told(row) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            exports = [f"{export.code} · {export.title}" for export in row.live]
            return "\n".join([row.person.name, about(row, self._tr), *exports])
        return None

    def _told(self, row: Standing) -> list[str]:
        return [row.person.name, about(row, self._tr), standing_said(row, self._tr)[0], beside(row, self._tr),
                holds(row, self._tr), out_there(row, self._tr)]


def _under_headings(people: Sequence[Standing]) -> list[Row]:
    rows: list[Row] = []
    for place in Place:
        those = [one for one in people if one.place is place]
        if those:
            rows += [(place, len(those)), *those]
    return rows


def _key(row: Row) -> tuple[object, ...]:
    return (row.person.id, row.place) if isinstance(row, Standing) else row
