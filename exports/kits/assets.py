"""Assets: what lies in a kit, each file with the quote it shows and the words that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from exports.attribution import credit
from exports.cards.composing import said_in
from exports.typography import clean, day, quoted, tidy
from exports.xmp import Facts
from storybank.domain import names
from storybank.domain.commission import Kit
from storybank.domain.draft import PART_USES
from storybank.domain.export import Order, Passage
from storybank.domain.vocabulary import USES
from storybank.words import Words

_CHANNELS = {use.key: use.channel for use in USES}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a kit, with everybody whose words are in it; `alt` is empty where there is nothing to see."""

    path: str
    passages: tuple[Passage, ...]
    language: str
    alt: str = ""

    @property
    def quotes(self) -> tuple[str, ...]:
        """Return the short codes of the quotes in it."""
        return tuple(passage.cleared.quote.code for passage in self.passages)

    @property
    def ending(self) -> str:
        """Return the ending of its name, with its dot."""
        return PurePosixPath(self.path).suffix


@dataclass(frozen=True, slots=True)
class Parcel:
    """A kit on its way: what was ordered, and what its words have in common."""

    kit: Kit
    order: Order

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the quotes by their short codes."""
        return tuple(sorted(self.order.passages, key=lambda passage: passage.cleared.quote.code))

    @property
    def in_order(self) -> tuple[Passage, ...]:
        """Return the quotes as their author placed them, those that lead first; then the rest by their codes."""
        return self.ordered(self.passages)

    def ordered(self, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """Return quotes in their author's order."""
        places = {one.quote: (not one.lead, number) for number, one in enumerate(self.kit.placing)}
        return tuple(sorted(passages, key=lambda p: places.get(p.cleared.quote.code, (True, len(places)))))

    @property
    def cleared_for_parts(self) -> tuple[Passage, ...]:
        """Return every quote as it was cleared for the whole kit, then as it was cleared for each part."""
        return tuple(one for passage in self.passages for one in self.order.everywhere(passage.cleared.quote.code))

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the kit, each once; English where none was named."""
        return tuple(dict.fromkeys(self.kit.languages)) or ("en",)

    @property
    def series(self) -> str:
        """Return what the names of its files begin with."""
        return names.slug(self.kit.slug or self.kit.title, 30)

    def section(self, key: str, language: str) -> str:
        """Return what the author wrote for a part of the kit (`commission.KIT_SECTIONS`); empty where nothing is."""
        twin = self.kit.sections.get(key)
        return twin.said(language) if twin else ""

    def may_go_to(self, *channels: str) -> tuple[Passage, ...]:
        """Return the quotes that may go to one of these channels, in their order: a kit is made for its uses only."""
        if any(use.channel in channels for use in self.order.uses):
            return self.in_order
        parts = [part for part, uses in PART_USES.items() if any(_CHANNELS.get(use) in channels for use in uses)]
        allowed = {one.cleared.quote.code: one for part in parts for one in self.order.parts.get(part.value, ())}
        return self.ordered(tuple(allowed.values()))

    @property
    def year(self) -> str:
        """Return the year of the kit."""
        return self.order.made_at[:4]

    @property
    def use_until(self) -> date | None:
        """Return the last day on which everything inside may be used."""
        ends = [passage.cleared.permission.until for passage in self.cleared_for_parts]
        return min((day for day in [self.order.use_until, *ends] if day), default=None)

    def language_of(self, passage: Passage) -> str:
        """Return the language of the words round a quote: its own where the kit speaks it."""
        own = passage.cleared.quote.language
        return own if own in self.kit.languages else next(iter(self.kit.languages), "en")

    def credit(self, passage: Passage, language: str) -> str:
        """Return the attribution on one line."""
        return credit(passage.cleared, language, self.order.codebook).text

    def caption_title(self, passage: Passage) -> str:
        """Return the attribution as it stands in a film: who on the first line, the rest on the next."""
        first, *others = credit(passage.cleared, self.language_of(passage), self.order.codebook).lines
        return "\n".join([first, ", ".join(others)] if others else [first])

    def credit_line(self, passage: Passage, language: str) -> str:
        """Return the line that must stand beside the quote wherever it goes."""
        words = Words(language)
        return words(
            "{series} — {credit}. © {year} {organization}. Used with permission.",
            series=words("Voices of Social Prescribing"), credit=self.credit(passage, language),
            year=self.year, organization=clean(self.kit.signed(language)),
        )


    def facts(self, passage: Passage, language: str, alt: Mapping[str, str]) -> Facts:
        """Return what a picture or film of a quote says of itself; the first alt text is the one for everybody."""
        cleared, line = passage.cleared, self.credit_line(passage, language)
        return Facts(
            cleared.quote.code, next(iter(alt.values()), line), clean(self.kit.signed(language)),
            f"© {self.year} {clean(self.kit.signed(language))}", line, self.terms(passage, language), alt,
            tuple(cleared.permission.consents),
        )  # fmt: skip

    def terms(self, passage: Passage, language: str) -> str:
        """Return how the files of a quote may be used, and until when, in one line."""
        words, until = Words(language), passage.cleared.permission.until
        if until is None:
            return tidy(words("Use as supplied, with the credit line, until we write that consent was taken back."),
                        language)
        return tidy(words("Use as supplied, with the credit line, until {day} or until we write that consent was taken"
                          " back.", day=day(until, language)), language)


def quotation(passage: Passage, language: str) -> tuple[str, str]:
    """Return a quote for readers of `language` between its marks, and the language its words are in.

    It is translated only where that was agreed to, and then says that it is; else it stays as it was said.
    """
    text, spoken, sign = said_in(passage, language)
    return f"{quoted(text, spoken)} {sign}".rstrip(), spoken


def folder_name(passage: Passage) -> str:
    """Return the name that a quote's files begin with, such as `q-0123`."""
    return names.slug(passage.cleared.quote.code)


def files_under(folder: Path) -> Sequence[str]:
    """Return every file below a folder, by its path from there."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
