"""The panel beside the transcript: quotes, consent, details and history, one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from storybank.words import Words
from ui.theme import SPACE_3


class Side(QWidget):
    """Tabs over a stack."""

    def __init__(self, tr: Words, pages: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__()
        self._names = [name for name, _page in pages]
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setStyleSheet("QTabBar::tab { margin-right: 9px; }")  # four names side by side, in French too
        self.tabs.setAccessibleName(tr("What is known of this story"))
        self._stack = QStackedWidget()
        self._stack.setObjectName("plain")
        for name, page in pages:
            self.tabs.addTab(name)
            self._stack.addWidget(page)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def count(self, number: int) -> None:
        """Say how many quotes there are."""
        self.tabs.setTabText(0, f"{self._names[0]} {number}" if number else self._names[0])

    def open(self, number: int) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(number)
