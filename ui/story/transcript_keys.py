"""The keys of the transcript: every gesture of the mouse has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from ui.story.transcript import TranscriptView

Key = Qt.Key
Modifier = Qt.KeyboardModifier
LEAP = 5000
A_SCREEN = 8  # lines that PageUp and PageDown move


class TranscriptKeys:
    """Turns a key into what the reader wants."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._plain: dict[int, Callable[[], object]] = {
            Key.Key_Space: view.play_toggled.emit,
            Key.Key_F2: view.edit_here,
            Key.Key_Return: self._enter,
            Key.Key_Enter: self._enter,
            Key.Key_Q: view.quote_wanted.emit,
            Key.Key_T: view.tags_wanted.emit,
            Key.Key_S: self._select_line,
            Key.Key_R: self._review,
            Key.Key_J: lambda: view.leapt.emit(-LEAP),
            Key.Key_L: lambda: view.leapt.emit(LEAP),
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks; tell whether it asked anything."""
        key, modifiers = event.key(), event.modifiers() & ~Modifier.KeypadModifier
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

    def _move(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        extend = bool(modifiers & Modifier.ShiftModifier)
        if modifiers & Modifier.ControlModifier:
            steps = {Key.Key_Up: -1, Key.Key_Down: 1}
            return Key(key) in steps and self._to_doubt(steps[Key(key)])
        cursor = self._view.cursor_
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
        self._arrived()
        return True

    def _arrived(self) -> None:
        """Show where the reader is; a player that stands still goes there too."""
        self._view.changed()
        if not self._view.runs and self._view.cursor_.selection is None:
            self._view.seek_here()

    def _to_doubt(self, step: int) -> bool:
        place = self._view.script.next_doubtful(self._view.cursor_.place, step)
        if place is not None:
            self._view.cursor_.go(place)
            self._arrived()
        return True

    def _enter(self) -> None:
        if self._view.cursor_.selection:
            self._view.quote_wanted.emit()
        else:
            self._view.edit_here()

    def _select_line(self) -> None:
        self._view.cursor_.select_line()
        self._view.changed()

    def _review(self) -> None:
        line = self._view.script.lines[self._view.cursor_.place.line]
        self._view.reviewed.emit(line.id, not line.reviewed)
