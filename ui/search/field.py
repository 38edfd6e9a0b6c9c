"""The field: what one types, and under it what it could become."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from storybank.words import Words
from ui.theme import READING_SIZE, font

SOON = 90
"""Milliseconds after a key until it is asked what could be meant."""
ROW = 32
LONGEST = 2000
Key = Qt.Key


class SearchField(QLineEdit):
    """A field with completions. While they are open, arrows choose, Tab or Enter takes, Escape closes them first."""

    words_wanted = Signal(str)
    """Somebody types this: what could it become?"""
    went_down = Signal()
    entered = Signal()
    left = Signal()
    """Escape, with nothing left to close."""
    taken = Signal()

    def __init__(self, tr: Words, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setPlaceholderText(tr("Search everything that was said"))
        self.setAccessibleName(tr("Search everything that was said"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(LONGEST)
        self.setFont(font(READING_SIZE))
        self.setMinimumHeight(38)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(lambda: self.words_wanted.emit(self.text()))
        self.textEdited.connect(lambda _text: self._soon.start())
        self.words = QListWidget(page)
        self._dress(tr)

    @property
    def offers(self) -> bool:
        """Tell whether completions are open."""
        return self.words.isVisible()

    def offer(self, begun: str, words: Sequence[str]) -> None:
        """Show what the text could become; nothing where it has been changed meanwhile."""
        wanted = [word for word in words if word.strip() != begun.strip()]
        if begun != self.text() or not wanted or not self.hasFocus():
            self.close_words()
            return
        self.words.clear()
        self.words.addItems(wanted)
        self.words.setCurrentRow(-1)
        self._place(len(wanted))
        self.words.show()
        self.words.raise_()

    def close_words(self) -> None:
        """Offer nothing."""
        self._soon.stop()
        self.words.hide()

    def event(self, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Key.Key_Tab):
            return super().event(event)
        return (self.offers and self._take(max(0, self.words.currentRow()))) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Key(event.key())
        if key == Key.Key_Down:
            self._go_down()
        elif key == Key.Key_Up and self.offers:
            self.words.setCurrentRow(max(-1, self.words.currentRow() - 1))
        elif key in (Key.Key_Return, Key.Key_Enter):
            if not (self.offers and self._take(self.words.currentRow())):
                self.close_words()
                self.entered.emit()
        elif key == Key.Key_Escape:
            if self.offers:
                self.close_words()
            elif self.text():
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_words()

    def _go_down(self) -> None:
        if not self.offers:
            self.went_down.emit()
        elif self.words.currentRow() + 1 < self.words.count():
            self.words.setCurrentRow(self.words.currentRow() + 1)
        else:
            self.close_words()
            self.went_down.emit()

    def _take(self, row: int) -> bool:
        item = self.words.item(row) if row >= 0 else None
        if item is None:
            return False
        self.setText(item.text())
        self.close_words()
        self.taken.emit()
        return True

    def _place(self, count: int) -> None:
        below = self.mapTo(self._page, QPoint(0, self.height() + 4))
        self.words.setGeometry(below.x(), below.y(), min(self.width(), 560), count * ROW + 14)

    def _dress(self, tr: Words) -> None:
        words = self.words
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words.setAccessibleName(tr("What could be meant"))
        words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words.setMouseTracking(True)
        words.setStyleSheet("QListWidget { padding: 6px; } QListWidget::item { padding: 0 8px; border-radius: 6px; "
                            f"min-height: {ROW}px; max-height: {ROW}px; }}")
        words.itemEntered.connect(words.setCurrentItem)
        words.itemPressed.connect(lambda item: self._take(words.row(item)))
        words.hide()
