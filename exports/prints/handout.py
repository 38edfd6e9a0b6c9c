"""Handout: one or two pages to give away: what it is about, the messages, three to five voices, and how to reach us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from exports.attribution import credit
from exports.cards import fitting
from exports.cards.composing import said_in
from exports.cards.layout import within_quotation
from exports.cards.marks import Area, Letters, Mark
from exports.cards.sheet import DOT
from exports.kits.assets import Parcel
from exports.kits.packing import Packing
from exports.kits.papers import Sheet
from exports.kits.prose import Block, blocks, pointing
from exports.palette import INK, PRIMARY, SOFT, WHITE, block_colour
from exports.prints.pdf import Format, Pages
from exports.typefaces import Face, Typeface, prepared, width_of
from exports.typography import clean, day, marks, tidy
from storybank.domain.export import Passage
from storybank.words import Words

MOST_QUOTES = 5
_WIDTH, _HEIGHT, _MARGIN = 612.0, 792.0, 60.0
_FOOT = 44.0
_LEADING = 1.38


def quotes_for(passages: Sequence[Passage]) -> list[Passage]:
    """Return up to five quotes in their order, from as many building blocks as there are."""
    chosen: list[Passage] = []
    seen: set[str] = set()
    for passage in passages:
        block = passage.blocks[0].key if passage.blocks else ""
        if block not in seen:
            chosen.append(passage)
            seen.add(block)
    chosen += [passage for passage in passages if passage not in chosen]
    return [passage for passage in passages if passage in chosen[:MOST_QUOTES]]


def write_document(packing: Packing, passages: Sequence[Passage], language: str, to: Path) -> None:
    """Write the handout as a Word file: the twin that everybody can read, and that may be changed."""
    parcel, words = packing.parcel, Words(language)
    sheet = Sheet.blank(packing, language, parcel.kit.titled(language), titled=words("Handout"))
    sheet.say(parcel.section("handout", language))
    if messages := _messages(parcel, language):
        sheet.paper.part(words("What we know"))
        sheet.set([Block(message, is_item=True) for message in messages])
    sheet.paper.part(words("What people told us"))
    for passage in passages:
        sheet.quote(passage)
    sheet.paper.part(words("How to reach us"))
    for line in _contact(parcel):
        sheet.paper.say(line)
    sheet.paper.say(_terms(parcel, passages, words), "SB Small")
    sheet.put(to)


def write_pages(parcel: Parcel, passages: Sequence[Passage], language: str, to: Path) -> None:
    """Write the handout as PDF, ready for a copier."""
    words, page = Words(language), _Page()
    codes = {passage.cleared.quote.code for passage in passages}
    page.text(parcel.kit.titled(language), Typeface.STRONG, 22, INK, after=6, leading=1.18)
    page.text(clean(parcel.kit.organization), Typeface.PLAIN, 10, SOFT, after=14)
    for block in blocks(parcel.section("handout", language)):
        page.text(tidy(pointing(block.text, codes), language), Typeface.PLAIN, 11, INK, after=7,
                  bullet=block.is_item)
    if messages := _messages(parcel, language):
        page.heading(words("What we know"))
        for message in messages:
            page.text(tidy(pointing(message, codes), language), Typeface.PLAIN, 11, INK, after=5, bullet=True)
    page.heading(words("What people told us"))
    for passage in passages:
        page.quote(passage, parcel, language)
    page.heading(words("How to reach us"), keep=60)
    for line in _contact(parcel):
        page.text(line, Typeface.PLAIN, 11, INK, after=3)
    terms = _terms(parcel, passages, words)
    pages = Pages(parcel.kit.titled(language), clean(parcel.kit.organization), words("Handout"), language)
    for marks_ in page.finished(terms):
        pages.add(marks_, Format(_WIDTH, _HEIGHT), WHITE)
    pages.save(to)


class _Page:
    """Pages being filled from the top down."""

    def __init__(self) -> None:
        self._pages: list[list[Mark]] = [[Area(0, 0, _WIDTH, 10, PRIMARY)]]
        self._y = _MARGIN

    def text(self, text: str, face: Face, size: float, colour: str, *, after: float = 0.0, leading: float = _LEADING,
             bullet: bool = False) -> None:
        """Set a paragraph, or an item of a list."""
        inset = 14.0 if bullet else 0.0
        lines = _wrapped(text, face, size, _WIDTH - 2 * _MARGIN - inset)
        for number, line in enumerate(lines):
            self._room_for(size * leading)
            if bullet and not number:
                self._add(Letters(_MARGIN, self._y + size, "•", face, size, PRIMARY))
            self._add(Letters(_MARGIN + inset, self._y + size, line, face, size, colour))
            self._y += size * leading
        self._y += after

    def heading(self, text: str, keep: float = 90.0) -> None:
        """Set a heading, never as the last thing on a page."""
        self._room_for(keep)
        self._y += 10
        self.text(text, Typeface.STRONG, 13, PRIMARY, after=6)

    def quote(self, passage: Passage, parcel: Parcel, language: str) -> None:
        """Set a quote whole, with a rule in its block's colour, who says it, its number and until when."""
        text, spoken, sign = said_in(passage, language)
        opening, closing = marks(spoken)
        words, cleared = Words(language), passage.cleared
        inside = _WIDTH - 2 * _MARGIN - 18
        said = f"{opening}{within_quotation(tidy(text, spoken), spoken)}{closing}"
        lines = _wrapped(said, Typeface.QUOTE, 15, inside)
        last = cleared.permission.until
        until = words("Use until {day}", day=day(last, language)) if last else ""
        who = tidy(credit(cleared, language, parcel.order.codebook).text, language)
        told = DOT.join(part for part in (who, sign, cleared.quote.code, words("Used with permission"), until) if part)
        under = _wrapped(told, Typeface.PLAIN, 9, inside)
        high = len(lines) * 15 * 1.22 + len(under) * 9 * 1.4 + 5
        self._room_for(high + 8)
        colour = block_colour(passage.blocks[0].key if passage.blocks else "")
        self._add(Area(_MARGIN, self._y, 3, high, colour))
        self._lines(lines, Typeface.QUOTE, 15, INK, 1.22)
        self._y += 4
        self._lines(under, Typeface.PLAIN, 9, SOFT, 1.4)
        self._y += 13

    def finished(self, terms: str) -> list[list[Mark]]:
        """Return the pages, each with the terms and its number at its foot."""
        for number, page in enumerate(self._pages, 1):
            y = _HEIGHT - _FOOT
            for line in _wrapped(terms, Typeface.PLAIN, 8.5, _WIDTH - 2 * _MARGIN - 30):
                page.append(Letters(_MARGIN, y, line, Typeface.PLAIN, 8.5, SOFT))
                y += 11.5
            if len(self._pages) > 1:
                page.append(Letters(_WIDTH - _MARGIN - 8, _HEIGHT - _FOOT, str(number), Typeface.PLAIN, 8.5, SOFT))
        return self._pages

    def _lines(self, lines: Sequence[str], face: Face, size: float, colour: str, leading: float) -> None:
        for line in lines:
            self._add(Letters(_MARGIN + 18, self._y + size * 0.92, line, face, size, colour))
            self._y += size * leading

    def _add(self, mark: Mark) -> None:
        self._pages[-1].append(mark)

    def _room_for(self, high: float) -> None:
        if self._y + high > _HEIGHT - _FOOT - 24:
            self._pages.append([Area(0, 0, _WIDTH, 10, PRIMARY)])
            self._y = _MARGIN


def _wrapped(text: str, face: Face, size: float, room: float) -> Sequence[str]:
    measure: Callable[[str, float], float] = lambda line, at: width_of(line, face, at)  # noqa: E731
    return fitting.wrapped(prepared(text, face), room, size, measure)


def _messages(parcel: Parcel, language: str) -> list[str]:
    return [clean(said) for twin in parcel.kit.messages if (said := twin.said(language))]


def _contact(parcel: Parcel) -> list[str]:
    return [clean(line) for line in (parcel.kit.organization, parcel.kit.contact, parcel.kit.link) if clean(line)]


def _terms(parcel: Parcel, passages: Sequence[Passage], words: Words) -> str:
    ends = [passage.cleared.permission.until for passage in passages]
    until = min((one for one in (parcel.order.use_until, *ends) if one), default=None)
    last = day(until, words.language) if until else ""
    told = words("Quotes used with permission; do not copy after {day}.", day=last) if until else \
        words("Quotes used with permission.")
    return tidy(f"{told} {words('Kit {code}', code=parcel.order.code)}", words.language)
