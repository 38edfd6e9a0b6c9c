"""Rename: the story's title, edited where it stands. Enter or leaving keeps it, Esc does not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from storybank.words import Words
from ui.theme import PAGE_SIZE, font


class Rename(QLineEdit):
    """A field that lies over a title while it is edited."""

    renamed = Signal(str)

    def __init__(self, tr: Words, title: QLabel) -> None:
        super().__init__(title.parentWidget())
        self._title = title
        self.setFont(font(PAGE_SIZE, QFont.Weight.DemiBold))
        self.setStyleSheet("font-size: 22px; font-weight: 600;")
        self.setAccessibleName(tr("Title"))
        self.hide()
        title.setCursor(Qt.CursorShape.IBeamCursor)
        title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        title.setProperty("ring", True)
        title.setToolTip(tr("Press to rename"))
        title.setAccessibleDescription(tr("Press to rename"))
        title.installEventFilter(self)

    def begin(self) -> None:
        """Open over the title."""
        self.setText(self._title.text())
        self.setGeometry(self._title.geometry().adjusted(-11, -3, 0, 5))
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.MouseButtonRelease
        keyed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if watched is self._title and (pressed or keyed):
            self.begin()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._keep()

    def _keep(self) -> None:
        if self.isHidden():
            return
        self.hide()
        text = " ".join(self.text().split())
        if text and text != self._title.text():
            self.renamed.emit(text)
