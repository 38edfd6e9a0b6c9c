"""Handout: one or two pages to give away: what it is about, the messages, three to five voices, and how to reach us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from exports.attribution import credit
from exports.cards import fitting
from exports.cards.composing import said_in
from exports.cards.layout import within_quotation
from exports.cards.marks import Area, Letters, Mark
from exports.cards.sheet import DOT, in_parts
from exports.kits.assets import Parcel
from exports.kits.packing import Packing
from exports.kits.papers import Sheet
from exports.kits.prose import Block, blocks, notes_in, pointing
from exports.obligations import conditions_of, label_names
from exports.palette import INK, PRIMARY, SOFT, WHITE, block_colour
from exports.prints.pdf import Format, Pages
from exports.typefaces import Face, Typeface, prepared, width_of
from exports.typography import clean, day, marks, tidy
from storybank.domain.export import Passage
from storybank.words import Words

MOST_QUOTES, LEAST_QUOTES, _MOST_PAGES = 5, 3, 2
_WIDTH, _HEIGHT, _MARGIN = 612.0, 792.0, 60.0
_FOOT = 44.0
_LEADING = 1.38
_SAID = 17.0
"""The type size of quotes."""


def quotes_for(parcel: Parcel, passages: Sequence[Passage], language: str) -> list[Passage]:
    """Return three to five quotes, from as many building blocks as there are, that go on two pages."""
    for most in range(MOST_QUOTES, LEAST_QUOTES, -1):
        chosen = _mixed(passages, most)
        if len(_composed(parcel, chosen, language)) <= _MOST_PAGES:
            return chosen
    return _mixed(passages, LEAST_QUOTES)


def _mixed(passages: Sequence[Passage], most: int) -> list[Passage]:
    chosen: list[Passage] = []
    seen: set[str] = set()
    for passage in passages:
        block = passage.blocks[0].key if passage.blocks else ""
        if block not in seen:
            chosen.append(passage)
            seen.add(block)
    chosen += [passage for passage in passages if passage not in chosen]
    return [passage for passage in passages if passage in chosen[:most]]


def write_document(packing: Packing, passages: Sequence[Passage], language: str, to: Path) -> None:
    """Write the handout as a Word file: the twin that everybody can read, and that may be changed."""
    parcel, words = packing.parcel, Words(language)
    sheet = Sheet.blank(packing, language, parcel.kit.titled(language))
    sheet.say(parcel.section("handout", language))
    if messages := _messages(parcel, language):
        sheet.paper.part(words("What we know"))
        sheet.set([Block(message, is_item=True) for message in messages])
    sheet.paper.part(words("What people told us"))
    for passage in passages:
        sheet.quote(passage)
    sheet.paper.part(words("How to reach us"))
    for line in _contact(parcel, language):
        sheet.paper.say(line)
    sheet.sources()
    sheet.paper.say(_terms(parcel, passages, words), "SB Small")
    sheet.put(to)


def write_pages(parcel: Parcel, passages: Sequence[Passage], language: str, to: Path) -> None:
    """Write the handout as PDF, ready for a copier."""
    words = Words(language)
    pages = Pages(tidy(parcel.kit.titled(language), language), clean(parcel.kit.signed(language)), words("Handout"),
                  language)
    for sheet in _composed(parcel, passages, language):
        pages.add(sheet, Format(_WIDTH, _HEIGHT), WHITE)
    pages.save(to)


def _composed(parcel: Parcel, passages: Sequence[Passage], language: str) -> list[list[Mark]]:
    words, page = Words(language), _Page()
    codes = {passage.cleared.quote.code for passage in passages}
    page.text(tidy(parcel.kit.titled(language), language), Typeface.STRONG, 24, INK, after=6, leading=1.18)
    page.text(clean(parcel.kit.signed(language)), Typeface.PLAIN, 10, SOFT, after=14)
    for block in blocks(parcel.section("handout", language)):
        page.text(tidy(pointing(block.text, codes), language), Typeface.PLAIN, 11.5, INK, after=7,
                  bullet=block.is_item)
    messages = [tidy(pointing(message, codes), language) for message in _messages(parcel, language)]
    if messages:
        page.heading(words("What we know"))
        for message in messages:
            page.text(message, Typeface.PLAIN, 11.5, INK, after=5, bullet=True)
    page.heading(words("What people told us"))
    for passage in passages:
        page.quote(passage, parcel, language)
    page.heading(words("How to reach us"), keep=60)
    for line in _contact(parcel, language):
        page.text(line, Typeface.PLAIN, 11.5, INK, after=2)
    if sources := _sources(parcel, language, [*messages, parcel.section("handout", language)]):
        page.heading(words("Sources"), keep=50)
    for line in sources:
        page.text(line, Typeface.PLAIN, 8.5, SOFT, after=1)
    return page.finished(_terms(parcel, passages, words))


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
        lines = _even(said, _SAID, inside)
        last = cleared.permission.until
        until = words("Use until {day}", day=day(last, language)) if last else ""
        who = tidy(credit(cleared, language, parcel.order.codebook).text, language)
        told = DOT.join(part for part in (who, sign, cleared.quote.code, words("Used with permission"), until) if part)
        under = in_parts(prepared(told, Typeface.PLAIN), inside, 9, Typeface.PLAIN)
        for asked in [words("Condition: {condition}", condition=text) for text in conditions_of(cleared)]:
            under += _wrapped(asked, Typeface.PLAIN, 9, inside)
        under += [line for name in label_names(cleared) for line in _wrapped(name, Typeface.PLAIN, 9, inside)]
        high = len(lines) * _SAID * 1.2 + len(under) * 9 * 1.4 + 5
        self._room_for(high + 8)
        colour = block_colour(passage.blocks[0].key if passage.blocks else "")
        self._add(Area(_MARGIN, self._y, 3, high, colour))
        self._lines(lines, Typeface.QUOTE, _SAID, INK, 1.2)
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


def _even(text: str, size: float, room: float) -> Sequence[str]:
    """Return a quote in lines as even as can be, or as full as can be where no word allows that."""
    text = prepared(text, Typeface.QUOTE)
    frame = fitting.Frame(lambda _: room, _HEIGHT, size, size)
    found = fitting.fitted(text, frame, lambda line, at: width_of(line, Typeface.QUOTE, at))
    return found.lines if found else _wrapped(text, Typeface.QUOTE, size, room)


def _sources(parcel: Parcel, language: str, texts: Sequence[str]) -> list[str]:
    """Return the sources that texts point at, by their numbers."""
    found = []
    for number in notes_in(texts):
        if 0 < number <= len(parcel.kit.sources):
            source = parcel.kit.sources[number - 1]
            told = clean(source.citation.said(language) or source.citation.en or source.citation.fr)
            found.append(tidy(f"[{number}] {told} {clean(source.url)}".rstrip(), language))
    return found


def _messages(parcel: Parcel, language: str) -> list[str]:
    return [clean(said) for twin in parcel.kit.messages if (said := twin.said(language))]


def _contact(parcel: Parcel, language: str) -> list[str]:
    told = (parcel.kit.signed(language), parcel.kit.contact, parcel.kit.link)
    return [clean(line) for line in told if clean(line)]


def _terms(parcel: Parcel, passages: Sequence[Passage], words: Words) -> str:
    ends = [passage.cleared.permission.until for passage in passages]
    until = min((one for one in (parcel.order.use_until, *ends) if one), default=None)
    last = day(until, words.language) if until else ""
    told = words("Quotes used with permission; do not copy after {day}.", day=last) if until else \
        words("Quotes used with permission.")
    return tidy(f"{told} {words('Kit {code}', code=parcel.order.code)}", words.language)
