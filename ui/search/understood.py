"""What was understood: a chip for every word and filter, so that nobody wonders what was searched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from storybank.domain.query import Term
from storybank.words import Words
from ui.parts.chips import Badge, Tone
from ui.parts.flow import Flow
from ui.theme import TARGET, Tokens


class Understood(QWidget):
    """A row of chips; a press on a filter takes it away."""

    dropped = Signal(str, str)
    """Facet and key of a filter that is not wanted any more."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self._tokens = tokens
        self._flow = Flow(self)
        self._shown: tuple[object, ...] = ()
        self.words: tuple[str, ...] = ()

    def show_query(self, terms: Sequence[Term], filters: Sequence[tuple[str, str, str]]) -> None:
        """Show what is asked."""
        self.words = tuple(said(term, self._tr) for term in terms)
        now = (self.words, tuple(filters))
        self.setVisible(bool(terms or filters))
        if now == self._shown:
            return
        self._shown = now
        self._flow.clear()
        for word in self.words:
            self._flow.addWidget(_Chip(self._tokens, word, "plain"))
        for name, key, text in filters:
            chip = _FilterChip(self._tokens, f"{text}   ×", "good", self._tr("Press to search without this filter"))
            chip.pressed.connect(partial(self.dropped.emit, name, key))
            self._flow.addWidget(chip)


class _Chip(Badge):
    """A word that was understood, as high as a filter beside it."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), TARGET)


class _FilterChip(_Chip):
    """A filter that a press takes away."""

    pressed = Signal()

    def __init__(self, tokens: Tokens, word: str, tone: Tone, reason: str) -> None:
        super().__init__(tokens, word, tone, reason)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


def said(term: Term, tr: Words) -> str:
    """Return how a term was understood."""
    words = " ".join(term.surface)
    if term.prefix:
        return tr("begins with “{words}”", words=words)
    if term.exact:
        return tr("exactly “{words}”", words=words)
    if len(term.words) > 1:
        return tr("the words “{words}” together", words=words)
    return tr("“{words}” and its forms", words=words)
