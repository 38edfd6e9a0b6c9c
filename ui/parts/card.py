"""Card: a surface with soft corners that holds one thing; a pressable one opens it with a click or Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.parts.text import restyle
from ui.theme import SPACE_2, SPACE_4


class Card(QFrame):
    """A surface; put things into `body`."""

    pressed = Signal()

    def __init__(self, *, pressable: bool = False, pad: int = SPACE_4) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("pressable", pressable)
        self._pressable = pressable
        if pressable:
            self.setProperty("ring", True)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(pad, pad, pad, pad)
        self.body.setSpacing(SPACE_2)

    def set_chosen(self, chosen: bool) -> None:
        """Show that this one is the chosen one of several."""
        restyle(self, chosen=chosen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressable and event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.pressed.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._pressable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
            return
        super().keyPressEvent(event)
