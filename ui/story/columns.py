"""The columns of the Story page: the person, the words, the quotes; where room is short, they lie under the player."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import PLAYER_WIDTH, SIDE_WIDTH, SPACE_4

NARROW = 1120
"""A page less wide than this has room for two columns, not for three."""
WORDS_WIDTH = 700
"""What the words take with 75 characters in a line; up to there the player gives way to them."""
LEAST_PLAYER = 320


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
        self.narrow = False
        self._width, self._wide = 0, False

    def give_words_room(self, wide: bool) -> None:
        """Put the quotes under the player, so that the words have their whole width, or beside the words again."""
        self._wide = wide
        self.fit(self._width)

    def fit(self, width: int) -> None:
        """Arrange for a page of that width; the person's card is one tab away where it has to give way."""
        self._width = width
        self._give_player(width)
        if (width < NARROW or self._wide) == self.narrow:
            return
        self.narrow = not self.narrow
        self._give_player(width)
        if self.narrow:
            self._left.column.insertWidget(self._left.column.count() - 1, self._side, 1000)
        else:
            self._right.column.addWidget(self._side)
        self._right.setHidden(self.narrow)
        self._person.setHidden(self.narrow)

    def _give_player(self, width: int) -> None:
        left = width - SIDE_WIDTH - WORDS_WIDTH - 2 * SPACE_4
        room = SIDE_WIDTH if self.narrow else max(LEAST_PLAYER, min(PLAYER_WIDTH, left))
        self._left.keep_between(room, room)
