"""Reason: a badge whose reason is one press away, for the mouse and the keyboard alike."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.parts.chips import Badge, Tone
from ui.parts.text import note
from ui.theme import Tokens


class ReasonBadge(Badge):
    """A badge that can be pressed."""

    asked = Signal()

    def __init__(self, tokens: Tokens, word: str, tone: Tone, reason: str) -> None:
        super().__init__(tokens, word, tone, reason)
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)


def with_reason(badge: ReasonBadge, reason: str, offer: QWidget | None = None) -> QLabel:
    """Return the line that a press on the badge shows, and another puts away; `offer` comes and goes with it."""
    line = note(reason)

    def turn(shown: bool) -> None:
        line.setVisible(shown)
        if offer:
            offer.setVisible(shown)

    turn(False)
    badge.asked.connect(lambda: turn(line.isHidden()))
    return line
