"""Chosen list: the cards of a draft's quotes, what one does with them, and the ways to add more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.codebook import CodeKind
from storybank.domain.draft import Chosen, Draft, DraftKind
from storybank.domain.twin import Twin
from storybank.errors import StorybankError
from storybank.services.building import QuoteAnswer
from storybank.words import Words, say
from ui.exports.chosen import MIME, ChosenCard, Places, drop_place
from ui.exports.said import texts
from ui.exports.working import Working
from ui.parts.text import note
from ui.story.asked_first import AskedFirst, Round
from ui.story.moments import quoted
from ui.theme import SPACE_3, SPACE_4, SPACE_5, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


NAMED_BY = 52
"""Letters of a quote that tell it from others."""
AT_ONCE = 6
"""Cards that are made before the window is painted again; the others follow while nobody waits for them."""


class ChosenList(QWidget):
    """The quotes in their order. A quote is dragged by its card, or moved with Alt and the arrows."""

    counted = Signal(int)

    def __init__(self, app: App, tr: Words, tokens: Tokens, working: Working, asked_first: AskedFirst) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAcceptDrops(True)
        self._app, self._tr, self._tokens, self._working = app, tr, tokens, working
        self._asked_first = asked_first
        self.cards: list[ChosenCard] = []
        self._shape: tuple[object, ...] = ()
        self._answers: Mapping[str, QuoteAnswer] = {}
        self._language = "en"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, SPACE_4, SPACE_5)
        self._column.setSpacing(SPACE_3)
        self.empty = note(tr("No quotes yet. Add those you want, or put them in from the Quotes page."))
        self._column.addWidget(self.empty)
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._show_rest)
        self._column.addStretch(1)

    def show_draft(self, draft: Draft, language: str) -> None:
        """Show a draft's quotes in their order; cards that stay keep what is written in them."""
        self._language = language
        shape = (draft.id, draft.kind, draft.form)
        if shape != self._shape:
            self._shape = shape
            self._drop_cards()
        self._show_cards(draft, AT_ONCE)
        self.empty.setVisible(not draft.quotes)
        self.counted.emit(len(draft.quotes))

    def _show_cards(self, draft: Draft, most_new: int) -> None:
        """Show the cards there are in their order, and make some of those that are lacking."""
        known = {card.one.quote: card for card in self.cards}
        new = [one.quote for one in draft.quotes if one.quote not in known]
        later, places = set(new[most_new:]), self._places(draft) if new else Places(())
        shown = [one for one in draft.quotes if one.quote not in later]
        cards = [known.pop(one.quote) if one.quote in known else self._card(one, places) for one in shown]
        for card in known.values():
            card.hide()
            card.deleteLater()
        for place, (card, one) in enumerate(zip(cards, shown, strict=True)):
            if self._column.indexOf(card) != place + 1:
                self._column.removeWidget(card)
                self._column.insertWidget(place + 1, card)
            card.show_chosen(one, self._language)
            card.up.setEnabled(place > 0)
            card.down.setEnabled(place < len(draft.quotes) - 1)
        self.cards = cards
        self._order_tabs()
        if later:
            self._rest.start()

    def _show_rest(self) -> None:
        if draft := self._working.draft:
            self._show_cards(draft, AT_ONCE)

    def show_answers(self, answers: Sequence[QuoteAnswer]) -> None:
        """Show what the gate says of each."""
        self._answers = {answer.quote: answer for answer in answers}
        for card in self.cards:
            card.show_answer(self._answers.get(card.one.quote), self._may_ask)

    def named(self) -> list[tuple[str, str]]:
        """Return the quotes of the draft, each with how it begins as far as it may be shown."""
        draft, found = self._working.draft, []
        for one in draft.quotes if draft else ():
            answer = self._answers.get(one.quote)
            begins = quoted(shorten(answer.text, NAMED_BY, placeholder="…"), answer.language) if answer else ""
            found.append((one.quote, f"{one.quote}  {begins}" if answer and answer.text else one.quote))
        return found

    def go(self, code: str) -> QWidget | None:
        """Put the keys on a quote; return its card, if it is there."""
        if self._rest.isActive() and self._working.draft:
            self._show_cards(self._working.draft, len(self._working.draft.quotes))
        for card in self.cards:
            if card.one.quote == code:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
                return card
        return None

    def shift(self, code: str, to: int) -> None:
        """Put a quote at a place in the order; the keys stay on it."""
        if draft := self._working.draft:
            rest = [one for one in draft.quotes if one.quote != code]
            mine = [one for one in draft.quotes if one.quote == code]
            to = max(0, min(to, len(rest)))
            self._working.make(say("Move a quote"), replace(draft, quotes=(*rest[:to], *mine, *rest[to:])))
            self.go(code)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        code = bytes(event.mimeData().data(MIME).data()).decode()
        others = [card for card in self.cards if card.one.quote != code]
        event.acceptProposedAction()
        self.shift(code, drop_place(others, round(event.position().y())))

    def _places(self, draft: Draft) -> Places:
        """Return where a quote may stand: of its own accord, in a text of the form, or in a building block."""
        tr = self._tr
        known = [("", tr("Where its building block is"))]
        if draft.kind is DraftKind.BRIEF:
            known += [(key, tr("In “{heading}”", heading=heading)) for key, heading, _most in texts(draft, tr, [])]
        blocks = self._app.quoting.codes(CodeKind.BLOCK)
        known += [(code.key, tr("Under {block}", block=code.short(tr.language))) for code in blocks]
        return Places(tuple(known))

    def _card(self, one: Chosen, places: Places) -> ChosenCard:
        card, code = ChosenCard(self._tr, self._tokens, one, places), one.quote
        card.moved.connect(lambda step: self.shift(code, self._place_of(code) + step))
        card.walked.connect(lambda step: self._walk(code, step))
        card.removed.connect(lambda: self._remove(code))
        card.placed.connect(lambda key: self._change(code, place=key))
        card.led.connect(lambda on: self._change(code, lead=on))
        card.noted.connect(lambda twin: self._write_note(code, twin))
        card.left.connect(self._working.settle)
        card.answered.connect(lambda yes: self._ask_first(code, yes))
        card.show_answer(self._answers.get(code), self._may_ask)
        return card

    def _place_of(self, code: str) -> int:
        return next((place for place, card in enumerate(self.cards) if card.one.quote == code), 0)

    def _walk(self, code: str, step: int) -> None:
        place = self._place_of(code) + step
        if 0 <= place < len(self.cards):
            self.cards[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, code: str) -> None:
        if draft := self._working.draft:
            place = self._place_of(code)
            quotes = tuple(one for one in draft.quotes if one.quote != code)
            self._working.make(say("Take a quote out of the draft"), replace(draft, quotes=quotes))
            if self.cards:
                self.cards[min(place, len(self.cards) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, code: str, **changes: str | bool) -> None:
        if draft := self._working.draft:
            quotes = tuple(replace(one, **changes) if one.quote == code else one  # type: ignore[arg-type]
                           for one in draft.quotes)
            self._working.make(say("Place a quote"), replace(draft, quotes=quotes))

    def _write_note(self, code: str, twin: Twin) -> None:
        if draft := self._working.draft:
            quotes = tuple(replace(one, note=twin) if one.quote == code else one for one in draft.quotes)
            self._working.write(replace(draft, quotes=quotes))

    def _may_ask(self, code: str) -> bool:
        try:
            return self._asked_first.may_ask(self._app.quoting.get(code), self._uses())
        except StorybankError:
            return False

    def _ask_first(self, code: str, yes: bool) -> None:
        self._asked_first.ask(self._app.quoting.get(code), yes, Round(uses=self._uses()))

    def _uses(self) -> frozenset[str]:
        return frozenset(self._working.draft.uses) if self._working.draft else frozenset()

    def _drop_cards(self) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []

    def _order_tabs(self) -> None:
        for before, after in pairwise(stop for card in self.cards for stop in card.stops):
            QWidget.setTabOrder(before, after)
