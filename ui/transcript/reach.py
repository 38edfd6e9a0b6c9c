"""Reach: moving where the selected words, or a quote, begin or end, by words and by sentences, until one lets go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.transcript.spans import Place

if TYPE_CHECKING:
    from ui.transcript.view import TranscriptView

Key = Qt.Key


class Reach:
    """Holds the start or the end of some words, while one moves it."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self.quote_id = ""
        """The quote whose start or end is moved; empty for words that are only selected."""
        self.end = False
        self._begun: tuple[Place, Place] | None = None

    @property
    def active(self) -> bool:
        """Tell whether a start or an end is being moved."""
        return self._begun is not None

    def begin(self, first: Place, last: Place, quote_id: str, *, end: bool) -> None:
        """Take hold of the start, or the end, of some words."""
        if self._begun is None:
            self._begun = first, last
        self.quote_id, self.end = quote_id, end
        self._show(first, last)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks; tell whether it was about the start or the end."""
        key, by_sentence = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Key.Key_Left, Key.Key_Right):
            self._move(1 if key == Key.Key_Right else -1, by_sentence=by_sentence)
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._keep()
        elif key == Key.Key_Escape:
            self.let_go()
        else:
            return False
        return True

    def let_go(self) -> None:
        """Leave everything as it was."""
        begun, self._begun = self._begun, None
        if begun and self._view.script.count:
            self._view.cursor_.select(*begun)
            self._view.changed()

    def forget(self) -> None:
        """Hold nothing any more; what is selected stays."""
        self._begun = None

    def _keep(self) -> None:
        self._begun = None
        self._view.changed()
        if self.quote_id:
            self._view.wanted.emit("keep reach")

    def _move(self, step: int, *, by_sentence: bool) -> None:
        cursor, script = self._view.cursor_, self._view.script
        first, last = cursor.selection or (cursor.place, cursor.place)
        here = last if self.end else first
        if by_sentence:
            to = cursor.edge(here, step) if self.end == (step > 0) else self._inward(here, step)
        else:
            to = script.place(script.number(here) + step)
        if self.end:
            last = max(first, to)
        else:
            first = min(last, to)
        self._show(first, last)

    def _inward(self, here: Place, step: int) -> Place:
        """Return the next edge inside: a start goes on to the next start, an end back to the end before."""
        script = self._view.script
        first, last = script.sentence(here)
        return script.place(script.number(last) + 1) if step > 0 else script.place(script.number(first) - 1)

    def _show(self, first: Place, last: Place) -> None:
        if self.end:
            self._view.cursor_.select(first, last)
        else:
            self._view.cursor_.select(last, first)
        self._view.changed()
