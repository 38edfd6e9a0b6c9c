"""Flow: layouts that wrap. `Flow` keeps each thing's own width; `CardGrid` gives all the same and fills its rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import SPACE_2, SPACE_4

TIGHT = 220
"""How narrow a card may be where only two of them find room."""


class Flow(QLayout):
    """Things from left to right at their own width, in as many rows as they need."""

    def __init__(self, parent: QWidget | None = None, gap: int = SPACE_2, between_rows: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._between_rows = gap if between_rows is None else between_rows
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        # PySide takes None for "no such item", which its stubs do not know
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def clear(self) -> None:
        """Take everything out and let it go."""
        self.show_only(())

    def show_only(self, wanted: Sequence[QWidget]) -> None:
        """Hold these in this order; what is among them already stays as it is, everything else is let go."""
        kept = set(wanted)
        for item in self._items:
            if (widget := item.widget()) and widget not in kept:
                widget.hide()
                widget.deleteLater()
        held = {widget: item for item in self._items if (widget := item.widget())}
        self._items = []
        for widget in wanted:
            if widget in held:
                self._items.append(held[widget])
            else:
                self.addWidget(widget)
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        for item in self._shown():
            wide, high = min(item.sizeHint().width(), rect.width()), item.sizeHint().height()
            if x > rect.x() and x + wide > rect.x() + rect.width():
                x, y, row = rect.x(), y + row + self._between_rows, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(wide, high)))
            x, row = x + wide + self.spacing(), max(row, high)
        return y + row - rect.y()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not ((widget := item.widget()) and widget.isHidden())]


class CardGrid(Flow):
    """Cards of one width, as many in a row as fit, that fill the row from edge to edge."""

    def __init__(self, parent: QWidget | None = None, least: int = 240, gap: int = SPACE_4) -> None:
        super().__init__(parent, gap)
        self._least = least

    def minimumSize(self) -> QSize:
        return QSize(self._least, 0)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        gap, shown = self.spacing(), self._shown()
        columns = (rect.width() + gap) // (self._least + gap)
        columns = max(1, columns, 2 if rect.width() >= 2 * TIGHT + gap else 1)
        wide = (rect.width() - gap * (columns - 1)) // columns
        y = rect.y()
        for first in range(0, len(shown), columns):
            row = shown[first:first + columns]
            high = max(_height(item, wide) for item in row)
            for column, item in enumerate(row):
                if move:
                    item.setGeometry(QRect(rect.x() + column * (wide + gap), y, wide, high))
            y += high + gap
        return max(0, y - gap - rect.y())


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
