"""Composing: a passage becomes a card, with the words, the credit and the face that its people agreed to."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from exports.attribution import credit, translation_of, wording_of
from exports.cards.content import Card
from exports.cards.sheet import DOT
from exports.cards.theme import HOUSE, Theme
from exports.faces import moment_to_show
from exports.obligations import label_names
from exports.typography import marks, shortened, tidy
from storybank.domain.codebook import Code
from storybank.domain.export import Passage
from storybank.domain.recording import Recording
from storybank.ports import MediaTools
from storybank.words import Words

ALT_LIMIT = 250
"""The longest alt text that every platform takes."""
_LABEL_LIMIT = 44
_SIGN = re.compile(r"^(\[[^\]]+\]) ")


def card_of(passage: Passage, language: str, codebook: Sequence[Code], face: Image.Image | None = None,
            theme: Theme = HOUSE) -> Card:
    """Return the card of a passage for readers of `language`: translated where that was agreed to, else as said."""
    words, cleared = Words(language), passage.cleared
    block = passage.blocks[0] if passage.blocks else None
    title = block.label(language) if block else ""
    text, spoken, mark = said_in(passage, language)
    foot = (words("Voices of Social Prescribing"), cleared.quote.code, words("Used with permission"))
    return Card(
        text, spoken, credit(cleared, language, codebook).lines,
        block.short(language) if block and len(title) > _LABEL_LIMIT else title,
        theme.block_colour(block.key) if block else theme.accent, DOT.join(foot), face,
        DOT.join(label_names(cleared)), mark,
    )


def face_of(passage: Passage, media: MediaTools, media_of: Callable[[Recording], Path]) -> Image.Image | None:
    """Return a still of the speaker, where their picture may be used and there is one."""
    cleared, at = passage.cleared, moment_to_show(passage.cleared)
    if not cleared.may_be_still or cleared.recording.facts.video is None or at is None:
        return None
    with tempfile.TemporaryDirectory() as aside:
        still = Path(aside) / "still.png"
        media.still(media_of(cleared.recording), at, still)
        with Image.open(still) as picture:
            return picture.convert("RGB")


def said_in(passage: Passage, language: str) -> tuple[str, str, str]:
    """Return the words for readers of `language`, the language they are in, and the sign of a translation."""
    translated = translation_of(passage.cleared, language)
    if not translated:
        return wording_of(passage.cleared), passage.cleared.quote.language, ""
    sign = _SIGN.match(translated)
    return (translated[sign.end():], language, sign[1]) if sign else (translated, language, "")


def alt_of(passage: Passage, language: str, codebook: Sequence[Code]) -> str:
    """Return what a card says, for people who cannot see it, within the length that every platform takes."""
    text, spoken, mark = said_in(passage, language)
    return alt_text(text, spoken, credit(passage.cleared, language, codebook).text, mark)


def alt_text(text: str, language: str, who: str, mark: str = "") -> str:
    """Return a quote and who says it within the length that every platform takes, cut where it must be."""
    opening, closing = marks(language)
    after = f"{closing} {mark}" if mark else closing
    room = ALT_LIMIT - len(who) - len(opening) - len(after) - 4
    return f"{opening}{shortened(tidy(text, language), max(40, room))}{after} — {who}."[:ALT_LIMIT]


def full_alt_of(passage: Passage, language: str, codebook: Sequence[Code], *, with_face: bool = False) -> str:
    """Return everything a card says, and a clause on how it looks: never cut."""
    words, (text, spoken, mark) = Words(language), said_in(passage, language)
    opening, closing = marks(spoken)
    quote = f"{opening}{tidy(text, spoken)}{closing}" + (f" {mark}" if mark else "")
    look = words("Large letters on a plain ground, beside a picture of the person.") if with_face else \
        words("Large letters on a plain ground.")
    told = words("Quote card. {quote} — {credit}. {look}", quote=quote,
                 credit=credit(passage.cleared, language, codebook).text, look=look)
    return tidy(told, language)
