"""The quotes of a story: a card each, with its tags, what may be done with it, and the way to play it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.quote import Quote
from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.chips import HEIGHT, code_chip
from ui.parts.flow import Flow
from ui.parts.over import Over
from ui.parts.page import scrolled
from ui.parts.reason import ReasonBadge, with_reason
from ui.parts.rows import clear
from ui.parts.text import label, note
from ui.story.answer_offer import answer_offer
from ui.story.moments import quoted, span
from ui.story.signs import StarButton
from ui.story.standing import Standing
from ui.theme import SPACE_1, SPACE_2, SPACE_3, TARGET, Tokens


class QuoteCard(Card):
    """A quote. A press plays it."""

    played = Signal(str)
    tagged = Signal(str)
    removed = Signal(str)
    starred = Signal(str, bool)
    answered = Signal(object, bool)
    """They said yes, or no, to a use that they wanted to be asked about first."""

    def __init__(self, tr: Words, tokens: Tokens, quote: Quote, codes: Mapping[str, Code], standing: Standing) -> None:
        super().__init__(pressable=True, pad=SPACE_3)
        self.quote = quote
        self._tr = tr
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
                flow.addWidget(code_chip(tokens, code, self._tr.language))
            self.body.addWidget(chips)
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

    def _build_more(self) -> QWidget:
        more = link_button("···")
        more.setAccessibleName(self._tr("More for quote {code}", code=self.quote.code))
        more.setToolTip(self._tr("Tag, remove"))
        menu = QMenu(more)
        menu.addAction(self._tr("Play")).triggered.connect(lambda: self.played.emit(self.quote.id))
        menu.addAction(self._tr("Tag…")).triggered.connect(lambda: self.tagged.emit(self.quote.id))
        menu.addSeparator()
        menu.addAction(self._tr("Remove quote")).triggered.connect(lambda: self.removed.emit(self.quote.id))
        more.setMenu(menu)
        return more


class QuotesPanel(QWidget):
    """The cards, in the order the words are said."""

    played = Signal(str)
    tagged = Signal(str)
    removed = Signal(str)
    starred = Signal(str, bool)
    answered = Signal(object, bool)

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr = tr
        self._tokens = tokens
        self.cards: dict[str, QuoteCard] = {}
        self._shown: tuple[object, ...] = ()
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, SPACE_2, SPACE_3)
        self._column.setSpacing(SPACE_3)
        self._area = scrolled(self._inner)
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
        clear(self._column)
        self.cards = {quote.id: self._card(quote, codes, standings[quote.id]) for quote in quotes}
        for card in self.cards.values():
            self._column.addWidget(card)
        self._column.addWidget(note(self._tr("Select words and press T to tag them, or Q to keep them as a quote.")))
        self._column.addStretch(1)

    def choose(self, quote_id: str) -> None:
        """Light the card of a quote, and no other."""
        for key, card in self.cards.items():
            if bool(card.property("chosen")) != (key == quote_id):
                card.set_chosen(key == quote_id)
        if quote_id in self.cards:
            self._area.ensureWidgetVisible(self.cards[quote_id], 0, SPACE_3)

    def _card(self, quote: Quote, codes: Mapping[str, Code], standing: Standing) -> QuoteCard:
        card = QuoteCard(self._tr, self._tokens, quote, codes, standing)
        card.played.connect(self.played)
        card.tagged.connect(self.tagged)
        card.removed.connect(self.removed)
        card.starred.connect(self.starred)
        card.answered.connect(self.answered)
        if offer := card.offer:
            card.badge.asked.connect(lambda: QTimer.singleShot(0, offer, lambda: self._show_whole(offer)))
        return card

    def _show_whole(self, offer: QWidget) -> None:
        """Bring into sight what unfolded beneath a reason."""
        if offer.isVisible():
            self._area.ensureWidgetVisible(offer, 0, SPACE_3)


def _in_order(code: Code) -> tuple[int, int]:
    return list(CodeKind).index(code.kind), code.position
