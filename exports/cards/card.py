"""Cards: a quote as a picture to share. The words are the picture; a face stands beside them only by consent."""

from __future__ import annotations

from PIL import Image

from exports.cards.content import Card
from exports.cards.layout import laid_out
from exports.cards.painting import painted
from exports.cards.sizes import Size
from exports.cards.theme import HOUSE, Theme

__all__ = ["Card", "draw"]


def draw(card: Card, size: Size, theme: Theme = HOUSE) -> Image.Image:
    """Return the card as a picture: band, building block, quote, who says it, and the foot."""
    return painted(laid_out(card, size, theme), (size.width, size.height), theme.ground)
