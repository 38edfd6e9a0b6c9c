"""Page of quotes: coverage, the codebook and agreement, each made when it is first looked at."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from storybank.words import Words
from ui.parts.bridge import Bridge
from ui.parts.page import Page
from ui.parts.undo import History
from ui.quotes.exchange import Exchange
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.wiring import App

VIEWS = {
    "coverage": ("ui.quotes.coverage", "CoverageView"),
    "codebook": ("ui.quotes.codebook", "CodebookView"),
    "agreement": ("ui.quotes.agreement", "AgreementView"),
}
"""Where each view is made: a widget that takes this page, and has `refresh`."""


class QuotesPage(Page):
    """Three views under one heading; `app`, `tokens`, `bridge` and `history` are there for them to use."""

    play_requested = Signal(str, int)
    """A story's code, and the moment to play from."""
    draft_asked = Signal(str)
    """A draft's code."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, history: History) -> None:
        super().__init__(tr, tr("Quotes"))
        self.app, self.tokens, self.bridge, self.history = app, tokens, bridge, history
        self._views: dict[str, Any] = {}
        self._stack = QStackedWidget()
        self._stack.setObjectName("plain")
        self.body.addWidget(self._stack, 1)
        self.filters.offer([("coverage", tr("Coverage")), ("codebook", tr("Codebook")),
                            ("agreement", tr("Agreement"))])
        self.exchange = Exchange(self)
        self.filters.add_at_right(self.exchange)
        self.filters.chosen.connect(self.show_view)
        self.show_view("coverage")

    def show_view(self, name: str) -> None:
        """Show a view, read anew."""
        if self.filters.current != name:
            self.filters.choose(name)
            return
        if name not in self._views:
            module, made = VIEWS[name]
            self._views[name] = getattr(importlib.import_module(module), made)(self)
            self._stack.addWidget(self._views[name])
        self._stack.setCurrentWidget(self._views[name])
        self._views[name].refresh()

    def view(self, name: str) -> Any:  # noqa: ANN401 - each view is a class of its own
        """Return a view, made if need be."""
        self.show_view(name)
        return self._views[name]
