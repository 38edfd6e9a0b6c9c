"""The keys of the transcript while one reads: every gesture of the mouse has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.transcript.gestures import Gestures

if TYPE_CHECKING:
    from ui.transcript.view import TranscriptView

Key = Qt.Key
Modifier = Qt.KeyboardModifier
A_SCREEN = 8  # lines that PageUp and PageDown move


class TranscriptKeys:
    """Turns a key into what the reader wants."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._gestures = Gestures(writing=False)
        self._plain: dict[int, Callable[[], object]] = {
            Key.Key_F2: view.edit_here,
            Key.Key_Return: self._enter,
            Key.Key_Enter: self._enter,
            Key.Key_S: self._select_line,
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks; tell whether it asked anything."""
        key, modifiers = event.key(), event.modifiers() & ~Modifier.KeypadModifier
        if gesture := self._gestures.of(event):
            self._view.wanted.emit(gesture)
            return True
        if self._move(key, modifiers):
            return True
        if key == Key.Key_Escape and self._view.cursor_.selection:
            self._view.cursor_.clear()
            self._view.changed()
            return True
        if modifiers == Modifier.NoModifier and key in self._plain:
            self._plain[key]()
            return True
        return False

    def claims(self, event: QKeyEvent) -> bool:
        """Tell whether a key that the window knows too means something here."""
        return bool(self._gestures.of(event))

    def _move(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers & ~Modifier.ShiftModifier:
            return False
        extend, cursor = bool(modifiers & Modifier.ShiftModifier), self._view.cursor_
        moves: dict[int, Callable[[], None]] = {
            Key.Key_Left: lambda: cursor.by_words(-1, extend=extend),
            Key.Key_Right: lambda: cursor.by_words(1, extend=extend),
            Key.Key_Up: lambda: cursor.by_lines(-1, extend=extend),
            Key.Key_Down: lambda: cursor.by_lines(1, extend=extend),
            Key.Key_PageUp: lambda: cursor.by_lines(-A_SCREEN, extend=extend),
            Key.Key_PageDown: lambda: cursor.by_lines(A_SCREEN, extend=extend),
            Key.Key_Home: lambda: cursor.to_edge(end=False, extend=extend),
            Key.Key_End: lambda: cursor.to_edge(end=True, extend=extend),
        }
        if key not in moves:
            return False
        moves[key]()
        self._view.arrived()
        return True

    def _enter(self) -> None:
        if self._view.cursor_.selection:
            self._view.wanted.emit("quote")
        else:
            self._view.edit_here()

    def _select_line(self) -> None:
        self._view.cursor_.select_line()
        self._view.changed()
