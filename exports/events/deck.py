"""Deck: the slides of a kit in one language: what it is about, each quote, its film, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from exports.attribution import credit, teaching, wording_of
from exports.events.slides import Deck, Line
from exports.kits.assets import Parcel, quotation
from exports.kits.prose import unmarked
from exports.obligations import citation, conditions_of, label_names
from exports.palette import PRIMARY, SOFT, WHITE, block_colour
from exports.typography import NBSP, clean, day, quoted, tidy
from storybank.domain.draft import Chosen
from storybank.domain.export import Passage
from storybank.words import Words

_DOT = f" {NBSP}·{NBSP} "
_SIZES = ((70, 58.0), (115, 50.0), (185, 41.0), (290, 33.0), (430, 27.0), (10_000, 20.0))
"""How large a quote of so many letters is set, in points."""
_MESSAGES, _MESSAGE_SIZE = 7, 22.0


@dataclass(frozen=True, slots=True)
class Film:
    """A film on a slide, and the picture that stands there before it plays."""

    file: Path
    poster: Image.Image


def write_deck(parcel: Parcel, passages: tuple[Passage, ...], films: Mapping[str, Film], language: str,
               to: Path) -> None:
    """Write the slides; `films` are those of quotes, by their short code."""
    made = _Slides(parcel, language, Deck(language))
    made.opening()
    made.messages()
    for passage in passages:
        made.quote(passage)
        film = films.get(passage.cleared.quote.code)
        if film is not None:
            made.film(passage, film)
    made.closing(passages)
    made.deck.save(to, title=made.title, author=clean(parcel.kit.signed(language)), identifier=parcel.order.code,
                   made_at=parcel.order.made_at)


@dataclass(frozen=True, slots=True)
class _Slides:
    parcel: Parcel
    language: str
    deck: Deck

    @property
    def words(self) -> Words:
        return Words(self.language)

    @property
    def title(self) -> str:
        return self.said(self.parcel.kit.titled(self.language))

    def said(self, text: str) -> str:
        return tidy(text, self.language)

    def line(self, text: str, size: float, colour: str = SOFT, *, strong: bool = False) -> Line:
        return Line(self.said(text), size, colour, strong, language=self.language)

    def opening(self) -> None:
        """Say what this is and whose it is."""
        kit, words = self.parcel.kit, self.words
        title = Line(self.title, 48, WHITE, serif=True, language=self.language)
        slide = self.deck.slide(title, top=2.3, height=2.2, ground=PRIMARY, notes=self._first_notes())
        told = [words("Voices of Social Prescribing"), clean(kit.signed(self.language)),
                day(self.parcel.order.made_at, self.language)]
        lines = [self.line(text, 20, WHITE) for text in dict.fromkeys(told)]
        self.deck.text(slide, lines, 4.8, 1.6)

    def messages(self) -> None:
        """Set the author's main messages, where there are any."""
        told = [twin.said(self.language) for twin in self.parcel.kit.messages if twin.said(self.language)][:_MESSAGES]
        if told:
            slide = self.deck.slide(self.line(self.words("What we know"), 32, PRIMARY, strong=True),
                                    band=PRIMARY)
            size = _MESSAGE_SIZE if len(told) < 5 else 18.0
            lines = [Line(self.said(unmarked(text)), size, language=self.language) for text in told]
            self.deck.text(slide, lines, 2.1, 4.6)

    def quote(self, passage: Passage) -> None:
        """Set the words as large as they can be read from the last row."""
        cleared, block = passage.cleared, next(iter(passage.blocks), None)
        colour = block_colour(block.key) if block else PRIMARY
        said, spoken = quotation(passage, self.language)
        size = next(size for most, size in _SIZES if len(said) <= most)
        slide = self.deck.slide(Line(said, size, serif=True, language=spoken), top=1.35, height=3.6, band=colour,
                                notes=self._notes(passage))
        if block:
            self.deck.text(slide, [self.line(block.label(self.language), 16, colour, strong=True)], 0.65, 0.5)
        who = credit(cleared, self.language, self.parcel.order.codebook).lines
        self.deck.text(slide, [self.line(who[0], 22, strong=True), *(self.line(more, 18) for more in who[1:])],
                       5.05, 1.0)
        self.deck.text(slide, [self.line(self._foot(passage), 14)], 6.75, 0.4)

    def film(self, passage: Passage, film: Film) -> None:
        """Set the film large; its captions are in the picture."""
        cleared = passage.cleared
        who = credit(cleared, self.language, self.parcel.order.codebook).text
        slide = self.deck.slide(self.line(who, 20, strong=True), top=0.4, height=0.5,
                                notes=self._notes(passage))
        alt = self.words("Film with captions: {quote} — {credit}", credit=who,
                         quote=quoted(wording_of(cleared), cleared.quote.language))
        self.deck.film(slide, film.file, film.poster, alt, 1.67, 1.05, 10.0)
        self.deck.text(slide, [self.line(self._foot(passage), 14)], 6.85, 0.4)

    def closing(self, passages: tuple[Passage, ...]) -> None:
        """Say what is asked, whom to write to, and until when all this may be shown."""
        words, kit = self.words, self.parcel.kit
        asks = [twin.said(self.language) for twin in kit.asks if twin.said(self.language)][:3]
        heading = words("What we ask") if asks else words("Thank you for listening")
        slide = self.deck.slide(self.line(heading, 32, PRIMARY, strong=True), band=PRIMARY)
        lines = [Line(self.said(unmarked(ask)), 24, language=self.language) for ask in asks]
        lines += [self.line(text, 18) for text in (kit.contact, kit.link) if text]
        self.deck.text(slide, lines or [self.line(clean(kit.signed(self.language)), 20)], 2.1, 3.6)
        codes = [passage.cleared.quote.code for passage in passages]
        self.deck.text(slide, [self.line(self._until(codes), 14)], 6.4, 0.7)

    def _until(self, codes: list[str]) -> str:
        words, limit = self.words, self.parcel.use_until
        told = words("Used with permission")
        if limit:
            told = words("Used with permission, up to and including {day}", day=day(limit, self.language))
        return _DOT.join([self.parcel.order.code, told, ", ".join(codes)])

    def _foot(self, passage: Passage) -> str:
        words = self.words
        parts = [words("Voices of Social Prescribing"), passage.cleared.quote.code, words("Used with permission")]
        return _DOT.join([*parts, *label_names(passage.cleared)])

    def _first_notes(self) -> str:
        words = self.words
        return self.said(words("Films play when they are clicked; captions are in the picture. Show nothing of this"
                               " after its last day, and stop when we write that somebody took their consent back."))

    def _notes(self, passage: Passage) -> str:
        """Return what the speaker should know of a quote: how to introduce it, who says it, and what was asked."""
        words, code = self.words, passage.cleared.quote.code
        placing = {one.quote: one for one in self.parcel.kit.placing}
        told = [placing.get(code, Chosen(code)).note.said(self.language)]
        told.append(words("Said by {credit}, {code}.", code=code,
                          credit=credit(passage.cleared, self.language, self.parcel.order.codebook).text))
        told.append(quoted(wording_of(passage.cleared), passage.cleared.quote.language))
        told += [words("Condition: {condition}", condition=text) for text in conditions_of(passage.cleared)]
        if teaching(passage.cleared):
            told.append(citation(passage.cleared, self.language, self.parcel.order.codebook))
        if passage.cleared.permission.until:
            told.append(words("May be used up to and including {day}.",
                              day=day(passage.cleared.permission.until, self.language)))
        told.append(self.parcel.credit_line(passage, self.language))
        return "\n".join(self.said(line) for line in told if line)
