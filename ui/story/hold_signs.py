"""Signs of a quote that the transcript does not read any more, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.integrity import marked
from storybank.domain.quote import Hold, Quote
from storybank.errors import StorybankError
from storybank.services.holding import Holding, Stood
from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.text import label, note
from ui.quotes.hold_said import hold_said
from ui.story.moments import quoted
from ui.theme import SPACE_1

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.story.quotes import QuoteCard
    from ui.wiring import App

_MOST_PIECES = 4


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A quote that somebody wants to settle, and the service that does it."""

    quote_id: str
    holding: Holding


class HoldSign(QWidget):
    """“Changed since” with the words that differ, or “Lost its place”; and one thing to do."""

    wanted = Signal(str)

    def __init__(self, tr: Words, stood: Stood) -> None:
        super().__init__()
        self.setObjectName("plain")
        quote, lost = stood.quote, stood.hold is Hold.LOST
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        self.said = label(tr(hold_said(stood.hold)), "note", tone="warn")
        self.told = note(_told(tr, stood))
        self.button = link_button(tr("Put it on the selected words") if lost else tr("Take the words as they are now"))
        self.button.clicked.connect(lambda: self.wanted.emit(quote.id))
        column.addWidget(self.said)
        column.addWidget(self.told)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)


def add_signs(card: QuoteCard, app: App, tr: Words, wanted: SignalInstance) -> None:
    """Put onto a card how its quote stands, where that is not as it was quoted, and its other wordings."""
    quote = card.quote
    at = 1
    for text in _wordings(quote, tr):
        card.body.insertWidget(at, note(text))
        at += 1
    if quote.hold is not Hold.HOLDS:
        stood = app.holding.of(quote.id)
        if stood.hold is not Hold.HOLDS:
            sign = HoldSign(tr, stood)
            sign.wanted.connect(lambda quote_id: wanted.emit(Unsettled(quote_id, app.holding)))
            card.body.insertWidget(at, sign)


def settle(page: StoryPage, unsettled: Unsettled) -> None:
    """Take a quote's words as they are now; one that lost its place goes onto the words that are selected."""
    tr, holding, quote_id = page.tr_, unsettled.holding, unsettled.quote_id
    try:
        stood = holding.of(quote_id)
        told = [tr.sentence(one) for one in holding.taken_back(quote_id)]
    except StorybankError as error:
        page.explain(error)
        return
    if stood.hold is not Hold.LOST:
        if page.hands.make(lambda: holding.accept(quote_id)) and told:
            page.toast.say(" ".join(told), actions=[(tr("Undo"), page.hands.history.undo)])
        return
    chosen = page.view.cursor_.selection
    if chosen is None:
        page.toast.say(tr("Select the words it should stand on first, then press the button again."))
        return
    anchor = page.view.script.anchor(*chosen)
    page.hands.make(lambda: holding.place(quote_id, anchor))


def _told(tr: Words, stood: Stood) -> str:
    """Return what reads differently now, a few words of it; of a lost one, what to do."""
    if stood.hold is Hold.LOST:
        return tr("Its words are not in the transcript any more. It keeps its moment and still reads as it was quoted.")
    changes = [piece for piece in stood.difference if not piece.is_same]
    shown = [tr("“{then}” is now “{now}”", then=piece.then, now=piece.now) if piece.then and piece.now
             else tr("“{then}” is gone", then=piece.then) if piece.then
             else tr("“{now}” is new", now=piece.now) for piece in changes[:_MOST_PIECES]]
    return "; ".join([*shown, *(["…"] if len(changes) > _MOST_PIECES else [])])


def _wordings(quote: Quote, tr: Words) -> list[str]:
    """Return how a quote may be read besides: shortened, and in other languages."""
    short = [tr("Shortened: {words}", words=quoted(quote.wording, quote.language))] if quote.wording else []
    return [*short, *map(marked, quote.translations)]
