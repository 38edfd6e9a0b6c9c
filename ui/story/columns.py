"""The three columns of the Story page: the person, the words, the quotes; the outer two give way first."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import SPACE_4


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
