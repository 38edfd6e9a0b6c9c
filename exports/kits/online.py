"""Online: the part of a kit for the web: cards, clips, posts, and words for partners and the media."""

from __future__ import annotations

from exports.kits import films, messages, partners, pictures, postings, press
from exports.kits.packing import Packing
from storybank.words import say

_CARDS, _CLIPS, _WORDS = 0.25, 0.65, 0.1
"""How much of the way each takes."""


def pack(packing: Packing) -> None:
    """Fill the folders for the web."""
    pictures.pack(packing, packing.sizes, 0.0, _CARDS)
    films.pack(packing, _CARDS, _CLIPS)
    packing.report(1 - _WORDS, say("Posts and messages"))
    postings.pack(packing)
    messages.pack(packing)
    press.pack(packing)
    partners.pack(packing)
