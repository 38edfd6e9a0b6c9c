"""The columns of the Story page: the person, the words, the quotes; where room is short, they lie under the player."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import SIDE_WIDTH, SPACE_4

NARROW = 1120
"""A page less wide than this has room for two columns, not for three."""


class SideColumn(QWidget):
    """A column that would like one width, and can do with less."""

    def __init__(self, width: int, least: int) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._wanted = width
        self.setMinimumWidth(least)
        self.setMaximumWidth(width)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, SPACE_4)
        self.column.setSpacing(SPACE_4)

    def sizeHint(self) -> QSize:
        return QSize(self._wanted, super().sizeHint().height())

    def keep_between(self, least: int, most: int) -> None:
        """Be as wide as there is room between these two."""
        self.setMinimumWidth(least)
        self.setMaximumWidth(most)


class Columns:
    """Moves the panel of quotes to where there is room for it."""

    def __init__(self, left: SideColumn, right: SideColumn, person: QWidget, side: QWidget) -> None:
        self._left, self._right, self._person, self._side = left, right, person, side
        self._between = left.minimumWidth(), left.maximumWidth()
        self.narrow = False

    def fit(self, width: int) -> None:
        """Arrange for a page of that width; the person's card is one tab away where it has to give way."""
        if (width < NARROW) == self.narrow:
            return
        self.narrow = width < NARROW
        if self.narrow:
            self._left.column.insertWidget(self._left.column.count() - 1, self._side, 1000)
            self._left.keep_between(SIDE_WIDTH, SIDE_WIDTH)
        else:
            self._right.column.addWidget(self._side)
            self._left.keep_between(*self._between)
        self._right.setHidden(self.narrow)
        self._person.setHidden(self.narrow)
