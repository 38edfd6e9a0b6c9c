"""Wordings: shortening or translating a quote in its card, one at a time; what was typed lasts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from storybank.words import Words
from ui.story.wording_fields import Plan, ShortenField, TranslateField, WordingField
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.story.quotes import QuoteCard
    from ui.wiring import App

SHORTEN, TRANSLATE = "shorten", "translate"
FIELDS: dict[str, type[ShortenField] | type[TranslateField]] = {SHORTEN: ShortenField, TRANSLATE: TranslateField}


class Wordings(QObject):
    """Opens a field in a card, one at a time; what was typed lasts although the card is made anew."""

    opened = Signal(QWidget)
    """A field opened, or grew, that is to be seen whole."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self._app, self._tr, self._tokens = app, tr, tokens
        self._at = ("", "")
        self._drafts: dict[tuple[str, str], tuple[str, ...]] = {}
        self._card: QuoteCard | None = None
        self._focus_on = ""
        self.field: WordingField | None = None
        """What is open."""
        self.make: Callable[[Plan], bool] = lambda _plan: False
        """Makes an edit that can be undone; tells whether that could be done."""

    def open(self, card: QuoteCard, kind: str) -> None:
        """Open the field for shortening or translating in a card."""
        self._put_away()
        self._at = card.quote.id, kind
        self._show(card).begin()

    def dress(self, card: QuoteCard) -> None:
        """Let a card that was just made have its field again, and the keys where they were."""
        if card.quote.id == self._at[0]:
            self._show(card)
        if card.quote.id == self._focus_on:
            self._focus_on = ""
            QTimer.singleShot(0, card, card.setFocus)

    def know(self, quote_ids: Collection[str]) -> None:
        """Forget what was typed about quotes that are not here any more."""
        self._drafts = {at: text for at, text in self._drafts.items() if at[0] in quote_ids}
        if self._at[0] not in quote_ids:
            self._at, self.field, self._card = ("", ""), None, None

    def _show(self, card: QuoteCard) -> WordingField:
        at = self._at
        field = FIELDS[at[1]](self._app, self._tr, self._tokens, card.quote)
        if at in self._drafts:
            field.read_draft(self._drafts[at])
        field.text.textChanged.connect(lambda: self._drafts.__setitem__(at, field.draft))
        field.wanted.connect(self._keep)
        field.left.connect(self._let_go)
        field.grown.connect(lambda: self.opened.emit(field))
        self.field, self._card = field, card
        card.body.insertWidget(1, field)
        QTimer.singleShot(0, field, lambda: self.opened.emit(field))
        return field

    def _keep(self, plan: Plan) -> None:
        at, card = self._at, self._card
        if self.make(plan):
            self._focus_on = at[0]
            self._drafts.pop(at, None)
            self._put_away()
            if card is not None:
                card.setFocus()

    def _let_go(self) -> None:
        card = self._card
        self._drafts.pop(self._at, None)
        self._put_away()
        if card is not None:
            card.setFocus()

    def _put_away(self) -> None:
        field, card, self._at, self.field, self._card = self.field, self._card, ("", ""), None, None
        if field is not None and card is not None:
            card.body.removeWidget(field)
            field.hide()
            field.deleteLater()
