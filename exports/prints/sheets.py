"""Sheets: quote cards as pages for a printer: a postcard and a poster, each to be cut out of its own paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image

from exports.cards.composing import card_of
from exports.cards.layout import laid_out
from exports.cards.sheet import DOT
from exports.cards.sizes import PRINT, PRINT_DPI, Size
from exports.cards.theme import HOUSE, Theme, shipped
from exports.kits.assets import Parcel
from exports.prints.pdf import Format, Pages, can_embed
from exports.typography import clean, day, tidy
from storybank.domain.export import Passage
from storybank.words import Words

BLEED_MM = 3.0
_POINTS = 72 / PRINT_DPI
"""How many points a pixel of a printed size is."""


def printed_theme(theme: Theme) -> Theme:
    """Return the theme for paper: the organisation's own, or in place of ours the one that spares ink.

    A typeface that no PDF can hold gives way to ours.
    """
    if theme == HOUSE:
        return shipped("print")
    fonts = {name: own for name, own in (("quote", theme.quote), ("plain", theme.plain), ("strong", theme.strong))
             if can_embed(own)}
    return replace(theme, quote=fonts.get("quote", HOUSE.quote), plain=fonts.get("plain", HOUSE.plain),
                   strong=fonts.get("strong", HOUSE.strong))


def write_cards(parcel: Parcel, passage: Passage, language: str, to: Path, *, face: Image.Image | None,
                theme: Theme) -> None:
    """Write a quote's cards as one PDF, a page for each size, with credit, number and last day of use on each."""
    words, cleared = Words(language), passage.cleared
    card = card_of(passage, language, parcel.order.codebook, face, theme)
    until = cleared.permission.until or parcel.use_until
    if until is not None:
        told = tidy(words("Use until {day}", day=day(until, language)), language)
        card = replace(card, foot=f"{card.foot}{DOT}{told}")
    pages = Pages(f"{cleared.quote.code} — {clean(parcel.kit.titled(language))}", clean(parcel.kit.signed(language)),
                  parcel.credit_line(passage, language), language)
    for size in PRINT:
        pages.add(laid_out(card, size, theme), _format(size), theme.ground, _POINTS)
    pages.save(to)


def _format(size: Size) -> Format:
    return Format(size.width * _POINTS, size.height * _POINTS, BLEED_MM * 72 / 25.4)
