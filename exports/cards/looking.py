"""Looking: a kit's quote cards before there is a kit, to be looked at in the house (`ports.CardPainter`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from exports.cards.card import draw
from exports.cards.composing import card_of, face_of
from exports.cards.sizes import PORTRAIT
from exports.cards.theme import HOUSE, read_theme
from storybank.domain.commission import Kit
from storybank.domain.export import Order
from storybank.domain.recording import Recording
from storybank.ports import MediaTools, Ticket


class CardPainting:
    """Draws a portrait card for each quote."""

    def __init__(self, media: MediaTools) -> None:
        self._media = media

    def paint(self, kit: Kit, order: Order, folder: Path, media_of: Callable[[Recording], Path],
              ticket: Ticket) -> list[Path]:
        """Draw a card for each quote in the kit's first language; return them in the order of the quotes."""
        theme = read_theme(kit.theme) if kit.theme else HOUSE
        drawn = []
        for number, passage in enumerate(order.passages):
            ticket.check()
            ticket.report(number / len(order.passages), passage.cleared.quote.code)
            face = face_of(passage, self._media, media_of)
            card = card_of(passage, kit.languages[0], order.codebook, face, theme)
            drawn.append(folder / f"{passage.cleared.quote.code.lower()}.{kit.languages[0]}.png")
            draw(card, PORTRAIT, theme).save(drawn[-1])
        return drawn
