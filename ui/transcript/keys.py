"""The keys of the transcript while one reads: every gesture of the mouse has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.transcript.gestures import ABOUT_WORDS, EDGES, TAG, VOICE, Gestures

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
        }
        self.digits_tag: Callable[[], bool] = lambda: False
        """Tells whether a digit is a tag although no words are selected: where there are no voices to give."""

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks; tell whether it asked anything."""
        key, modifiers = event.key(), event.modifiers() & ~Modifier.KeypadModifier
        if self._view.reach.active and self._view.reach.press(event):
            return True
        if gesture := self._gestures.of(event):
            self._do(self._meant(gesture, plain=not modifiers))
            return True
        if self._move(key, modifiers):
            self._view.reach.forget()
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

    def _meant(self, gesture: str, *, plain: bool) -> str:
        """Return what a key is about: with words selected their quote, else the line one is at.

        So a digit gives the selected words a tag, and without any says who speaks; with Ctrl it always says who speaks.
        """
        chosen = self._view.cursor_.selection is not None
        if plain and gesture.startswith(VOICE) and (chosen or self.digits_tag()):
            return TAG + gesture.removeprefix(VOICE)
        return ABOUT_WORDS.get(gesture, gesture) if plain and chosen else gesture

    def _do(self, gesture: str) -> None:
        view = self._view
        if gesture not in EDGES:
            view.reach.forget()
        view.wanted.emit(gesture)

    def _move_by_sentence(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        if key not in (Key.Key_Left, Key.Key_Right):
            return False
        step, extend = 1 if key == Key.Key_Right else -1, bool(modifiers & Modifier.ShiftModifier)
        self._view.cursor_.by_sentences(step, extend=extend)
        self._view.arrived()
        return True

    def _move(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers & ~Modifier.ShiftModifier == Modifier.ControlModifier:
            return self._move_by_sentence(key, modifiers)
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
            self._view.wanted.emit("tags")
        else:
            self._view.edit_here()
