"""The quotes of a story: a card each, with its tags, what may be done with it, and the way to play it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.coding import Subject
from storybank.domain.quote import Quote
from storybank.services.noting import Noted
from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.chips import HEIGHT, code_chip
from ui.parts.flow import Flow
from ui.parts.over import Over
from ui.parts.page import scrolled
from ui.parts.reason import ReasonBadge, with_reason
from ui.parts.text import label, note
from ui.story.answer_offer import answer_offer
from ui.story.card_column import CardColumn, Cards
from ui.story.hold_signs import add_signs
from ui.story.memo_bar import said_of
from ui.story.moments import quoted, span
from ui.story.signs import StarButton
from ui.story.standing import Standing
from ui.story.wording import SHORTEN, TRANSLATE, Wordings
from ui.theme import SPACE_1, SPACE_2, SPACE_3, TARGET, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

NOBODY: Mapping[str, str] = MappingProxyType({})


class QuoteCard(Card):
    """A quote. A press plays it."""

    played = Signal(str)
    tagged = Signal(str)
    noted = Signal(str)
    worded = Signal(str)
    """It is to be shortened, or translated."""
    removed = Signal(str)
    starred = Signal(str, bool)
    answered = Signal(object, bool)
    """They said yes, or no, to a use that they wanted to be asked about first."""

    def __init__(self, tr: Words, tokens: Tokens, quote: Quote, codes: Mapping[str, Code], standing: Standing,
                 given: Mapping[str, str] = NOBODY, memos: Sequence[Noted] = ()) -> None:
        """`given` tells who gave each of the codes."""
        super().__init__(pressable=True, pad=SPACE_3)
        self.quote = quote
        self._tr, self._given, self._memos = tr, given, memos
        self.badge = ReasonBadge(tokens, standing.word, standing.tone, standing.reason)
        self.star = StarButton(tr, tokens, quote.important)
        self.offer = answer_offer(tr, partial(self.answered.emit, quote)) if standing.asks else None
        self._reason = with_reason(self.badge, standing.reason, self.offer)
        self._build(tokens, codes)
        self.setAccessibleName(tr("Quote {code}: {text}", code=quote.code, text=quote.text))
        self.setToolTip(tr("Press to play this quote"))
        self.pressed.connect(lambda: self.played.emit(quote.id))
        self.star.clicked.connect(lambda on: self.starred.emit(quote.id, on))

    @property
    def reason_shown(self) -> str:
        """Return the reason that the card tells; empty while nobody asked."""
        return "" if self._reason.isHidden() else self._reason.text()

    def _build(self, tokens: Tokens, codes: Mapping[str, Code]) -> None:
        self.body.setSpacing(SPACE_2)
        self.body.addWidget(label(quoted(self.quote.text, self.quote.language), wrap=True))
        known = sorted((codes[key] for key in self.quote.codes if key in codes), key=_in_order)
        if known:
            chips = QWidget()
            chips.setObjectName("plain")
            flow = Flow(chips, SPACE_1 + 2)
            for code in known:
                flow.addWidget(self._chip(tokens, code))
            self.body.addWidget(chips)
        for memo in self._memos:
            self.body.addWidget(note(said_of(memo, self._tr)))
        row = QHBoxLayout()
        row.setSpacing(SPACE_1)
        facts = Flow(gap=SPACE_2, between_rows=SPACE_1)
        facts.addWidget(self.badge)
        said = note(f"{span(self.quote.start_ms, self.quote.end_ms)} · {self.quote.code}", wrap=False)
        said.setMinimumHeight(HEIGHT)
        facts.addWidget(said)
        centred = QVBoxLayout()
        centred.setContentsMargins(0, (TARGET - HEIGHT) // 2, 0, (TARGET - HEIGHT) // 2)
        centred.addLayout(facts)
        row.addLayout(centred, 1)
        row.addWidget(self.star)
        row.addWidget(self._build_more())
        self.body.addLayout(row)
        self.body.addWidget(self._reason)
        if self.offer:
            self.body.addWidget(self.offer)

    def _chip(self, tokens: Tokens, code: Code) -> QWidget:
        chip = code_chip(tokens, code, self._tr.language)
        if who := self._given.get(code.key, ""):
            chip.setToolTip(f"{chip.toolTip()}\n{who}")
        return chip

    def _build_more(self) -> QWidget:
        more = link_button("···")
        more.setAccessibleName(self._tr("More for quote {code}", code=self.quote.code))
        more.setToolTip(self._tr("Tag, shorten, translate, remove"))
        menu = QMenu(more)
        menu.addAction(self._tr("Play")).triggered.connect(lambda: self.played.emit(self.quote.id))
        menu.addAction(self._tr("Tag…")).triggered.connect(lambda: self.tagged.emit(self.quote.id))
        menu.addAction(self._tr("Memo…")).triggered.connect(lambda: self.noted.emit(self.quote.id))
        menu.addSeparator()
        menu.addAction(self._tr("Shorten…")).triggered.connect(lambda: self.worded.emit(SHORTEN))
        menu.addAction(self._tr("Translate…")).triggered.connect(lambda: self.worded.emit(TRANSLATE))
        menu.addSeparator()
        menu.addAction(self._tr("Remove quote")).triggered.connect(lambda: self.removed.emit(self.quote.id))
        more.setMenu(menu)
        return more


class QuotesPanel(QWidget):
    """The cards, in the order the words are said."""

    played = Signal(str)
    tagged = Signal(str)
    noted = Signal(str)
    removed = Signal(str)
    starred = Signal(str, bool)
    answered = Signal(object, bool)
    settled = Signal(object)
    """A quote that the transcript does not read any more is to be settled."""

    def __init__(self, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._app, self._tr, self._tokens = app, tr, tokens
        self._quotes: dict[str, Quote] = {}
        self._codes: Mapping[str, Code] = {}
        self._standings: Mapping[str, Standing] = {}
        self._shown: tuple[object, ...] = ()
        self._chosen = ""
        hint = note(tr("S selects the sentence, T tags it; digits give the tags shown above the words. F1 shows all "
                       "keys."))
        self._column = CardColumn[QuoteCard](self._card, hint)
        self.cards = Cards(self._column)
        """The card of each quote, made when it is looked at."""
        self._area = scrolled(self._column)
        self._column.live_in(self._area)
        self.wordings = Wordings(app, tr, tokens, self)
        self.wordings.opened.connect(self._show_whole)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self.over = Over(self._area)
        around.addWidget(self.over)

    def show_quotes(self, quotes: Sequence[Quote], codes: Mapping[str, Code],
                    standings: Mapping[str, Standing]) -> None:
        """Show these quotes, each with its own standing; does nothing when they are shown already."""
        now = (tuple(quotes), tuple(standings[quote.id] for quote in quotes), tuple(codes.values()))
        if now == self._shown:
            return
        self._shown = now
        self._quotes, self._codes, self._standings = {quote.id: quote for quote in quotes}, codes, standings
        self.wordings.know(self._quotes)
        self._column.show_keys([quote.id for quote in quotes])

    def put(self, quotes: Sequence[Quote], changed: Collection[str], standings: Mapping[str, Standing]) -> None:
        """Show quotes after some of them were made, changed or taken out; the others stay as they are."""
        self._shown = ()
        self._quotes, self._standings = {quote.id: quote for quote in quotes}, standings
        self.wordings.know(self._quotes)
        self._column.show_keys([quote.id for quote in quotes], changed)

    def know(self, codes: Mapping[str, Code]) -> None:
        """Name the tags as the codebook does now."""
        self._codes = codes

    def read_memos(self, quote_id: str) -> None:
        """Show the memos of a quote as they are now."""
        if quote_id in self._column.made:
            self._column.show_keys(self._column.keys, {quote_id})

    def choose(self, quote_id: str) -> None:
        """Light the card of a quote, and no other."""
        self._chosen = quote_id
        for key, card in self._column.made.items():
            if bool(card.property("chosen")) != (key == quote_id):
                card.set_chosen(key == quote_id)
        self._column.show_card(quote_id)

    def word(self, quote_id: str, kind: str) -> None:
        """Open the field for shortening a quote, or for translating it."""
        self.choose(quote_id)
        self.wordings.open(self._column.card(quote_id), kind)

    def _card(self, quote_id: str) -> QuoteCard:
        quote = self._quotes[quote_id]
        given = self._app.shaping.given(quote_id)
        card = QuoteCard(self._tr, self._tokens, quote, self._codes, self._standings[quote_id], given,
                         self._app.noting.about(Subject.QUOTE, quote_id))
        card.played.connect(self.played)
        card.tagged.connect(self.tagged)
        card.noted.connect(self.noted)
        card.worded.connect(partial(self.word, quote_id))
        card.removed.connect(self.removed)
        card.starred.connect(self.starred)
        card.answered.connect(self.answered)
        add_signs(card, self._app, self._tr, self.settled)
        self.wordings.dress(card)
        card.set_chosen(quote_id == self._chosen)
        if offer := card.offer:
            card.badge.asked.connect(lambda: QTimer.singleShot(0, offer, lambda: self._show_whole(offer)))
        return card

    def _show_whole(self, offer: QWidget) -> None:
        """Bring into sight what unfolded beneath a reason."""
        if offer.isVisible():
            self._area.ensureWidgetVisible(offer, 0, SPACE_3)


def _in_order(code: Code) -> tuple[int, int]:
    return list(CodeKind).index(code.kind), code.position
