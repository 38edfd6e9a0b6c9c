"""A column of many cards, of which only those that come into sight are made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import SPACE_2, SPACE_3

GUESSED = 132
"""How high a card is taken to be before it is made."""
AHEAD = 240
"""Pixels beyond what is seen in which cards are made already."""

Card = TypeVar("Card", bound=QWidget)


class CardColumn(QWidget, Generic[Card]):
    """Cards under one another by their keys, and some words below them all."""

    def __init__(self, make: Callable[[str], Card], foot: QWidget) -> None:
        super().__init__()
        self._make, self._foot = make, foot
        self._keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._heights: dict[str, int] = {}
        self._tops: list[int] = [0]
        self._area: QScrollArea | None = None
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._measure_again)
        self.made: dict[str, Card] = {}
        """The cards there are so far."""
        foot.setParent(self)

    def live_in(self, area: QScrollArea) -> None:
        """Be scrolled by this area."""
        self._area = area
        area.verticalScrollBar().valueChanged.connect(self.look)

    @property
    def keys(self) -> Sequence[str]:
        """Return the keys of all cards in their order."""
        return self._keys

    def show_keys(self, keys: Sequence[str], changed: Collection[str] | None = None) -> None:
        """Show the cards of these keys; those that changed are made again, and without `changed` all of them."""
        there = set(keys)
        for key in [one for one in self.made if one not in there or changed is None or one in changed]:
            old = self.made.pop(key)
            old.hide()
            old.deleteLater()
        self._keys = list(keys)
        self._numbers = {key: number for number, key in enumerate(self._keys)}
        self._place()
        self.look()

    def card(self, key: str) -> Card:
        """Return a card, made now where it is not yet."""
        if key not in self.made:
            self._add(key)
            self._place()
        return self.made[key]

    def show_card(self, key: str) -> None:
        """Scroll so that a card is seen."""
        if self._area is None or key not in self._numbers:
            return
        number, bar = self._numbers[key], self._area.verticalScrollBar()
        self.card(key)
        top, bottom, room = self._tops[number], self._tops[number + 1], self._area.viewport().height()
        if top < bar.value():
            bar.setValue(max(0, top - SPACE_3))
        elif bottom > bar.value() + room:
            bar.setValue(min(top, bottom - room + SPACE_3))
        self.look()

    def look(self) -> None:
        """Make the cards that are in sight, and a few beyond."""
        if self._area is None or not self.isVisible():
            return
        bar, room = self._area.verticalScrollBar(), self._area.viewport().height()
        for _round in range(4):
            first = max(0, bisect_right(self._tops, bar.value() - AHEAD) - 1)
            last = bisect_right(self._tops, bar.value() + room + AHEAD)
            missing = [key for key in self._keys[first:last] if key not in self.made]
            if not missing:
                return
            for key in missing:
                self._add(key)
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        return super().event(event)

    def _measure_again(self) -> None:
        for key, card in self.made.items():
            self._heights[key] = self._height(card)
        self._place()
        self.look()

    def _add(self, key: str) -> None:
        card = self.made[key] = self._make(key)
        card.setParent(self)
        self._heights[key] = self._height(card)
        card.show()

    def _height(self, card: Card) -> int:
        width = max(1, self.width() - SPACE_2)
        card.ensurePolished()
        return card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()

    def _place(self) -> None:
        width = max(1, self.width() - SPACE_2)
        rooms = [GUESSED + SPACE_3] * len(self._keys)
        for key, height in self._heights.items():
            if (number := self._numbers.get(key)) is not None:
                rooms[number] = height + SPACE_3
        self._tops = list(accumulate(rooms, initial=0))
        for key, card in self.made.items():
            if (number := self._numbers.get(key)) is not None:
                card.setGeometry(0, self._tops[number], width, self._heights[key])
        foot = self._foot.heightForWidth(width) if self._foot.hasHeightForWidth() else self._foot.sizeHint().height()
        self._foot.setGeometry(0, self._tops[-1], width, foot)
        self.setMinimumHeight(self._tops[-1] + foot + SPACE_3)


class Cards(Mapping[str, Card]):
    """The cards of a column by their keys; looking at one makes it."""

    def __init__(self, column: CardColumn[Card]) -> None:
        self._column = column

    def __getitem__(self, key: str) -> Card:
        if key not in self._column.keys:
            raise KeyError(key)
        return self._column.card(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._column.keys)

    def __len__(self) -> int:
        return len(self._column.keys)
