"""What was understood: a chip for every word and filter, so that nobody wonders what was searched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from storybank.domain.query import Term
from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.chips import Badge
from ui.parts.flow import Flow
from ui.theme import Tokens


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
            self._flow.addWidget(Badge(self._tokens, word, "plain"))
        for name, key, text in filters:
            button = quiet_button(f"{text}  ×", partial(self.dropped.emit, name, key))
            button.setAccessibleName(self._tr("Without the filter {name}", name=text))
            self._flow.addWidget(button)


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
