"""Pictures: the quote cards of a kit, in every size and in each of its languages, with the words for who cannot see."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from exports import xmp
from exports.cards import card as cards
from exports.cards.composing import alt_of, card_of, full_alt_of
from exports.cards.sizes import Keep, Size
from exports.kits.assets import folder_name
from exports.kits.packing import Packing
from exports.obligations import conditions_of, plainly
from storybank.domain.export import Passage
from storybank.words import Words, say

THUMB = Size(1280, 720, "thumb", Keep(64, 36, 64, 36))
_FOLDER = "03_quote-cards"


def pack(packing: Packing, sizes: Sequence[Size], begin: float, share: float) -> None:
    """Write the cards, quote by quote."""
    passages = packing.parcel.passages
    for number, passage in enumerate(passages):
        for language in packing.parcel.languages:
            packing.report(begin + share * number / len(passages),
                           say("The cards of {code}", code=passage.cleared.quote.code))
            _cards(packing, passage, language, sizes)


def drawn(packing: Packing, passage: Passage, language: str, size: Size) -> Image.Image:
    """Return the card of a quote as a picture."""
    return cards.draw(_card(packing, passage, language), size, packing.theme)


def _card(packing: Packing, passage: Passage, language: str) -> cards.Card:
    return card_of(passage, language, packing.parcel.order.codebook, packing.face(passage), packing.theme)


def _cards(packing: Packing, passage: Passage, language: str, sizes: Sequence[Size]) -> None:
    parcel, name = packing.parcel, folder_name(passage)
    into = packing.room(_FOLDER, name, language)
    alt = alt_of(passage, language, parcel.order.codebook)
    facts = parcel.facts(passage, language, {language: alt})
    full = full_alt_of(passage, language, parcel.order.codebook, with_face=packing.face(passage) is not None)
    described = "\n\n".join([alt, full, *_besides(passage, language)]) + "\n"
    card = _card(packing, passage, language)
    for size in sizes:
        packing.ticket.check()
        file = into / f"{parcel.series}_{name}_{language}_{size}.png"
        xmp.save_png(cards.draw(card, size, packing.theme), file, facts)
        packing.keep(file, [passage], language, alt)
        packing.write(file.with_name(f"{file.stem}.alt.txt"), described, [passage], language)


def _besides(passage: Passage, language: str) -> list[str]:
    """Return what must be read along with a picture: its conditions, and the labels of its communities."""
    words = Words(language)
    asked = [words("Condition: {condition}", condition=text) for text in conditions_of(passage.cleared)]
    return [*asked, *map(plainly, dict.fromkeys(passage.cleared.labels))]
