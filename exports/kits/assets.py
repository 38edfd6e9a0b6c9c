"""Assets: what lies in a kit, each file with the quote it shows and the words that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from exports.attribution import credit
from exports.typography import clean
from storybank.domain import names
from storybank.domain.commission import Kit
from storybank.domain.export import Order, Passage
from storybank.words import Words


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
    def year(self) -> str:
        """Return the year of the kit."""
        return self.order.made_at[:4]

    @property
    def use_until(self) -> date | None:
        """Return the last day on which everything inside may be used."""
        ends = [passage.cleared.permission.until for passage in self.order.passages]
        return min((day for day in [self.order.use_until, *ends] if day), default=None)

    def language_of(self, passage: Passage) -> str:
        """Return the language of the words round a quote: its own where the kit speaks it."""
        own = passage.cleared.quote.language
        return own if own in self.kit.languages else next(iter(self.kit.languages), "en")

    def credit(self, passage: Passage, language: str) -> str:
        """Return the attribution on one line."""
        return credit(passage.cleared, language, self.order.codebook).text

    def credit_line(self, passage: Passage, language: str) -> str:
        """Return the line that must stand beside the quote wherever it goes."""
        words = Words(language)
        return words(
            "{series} — {credit}. © {year} {organization}. Used with permission.",
            series=words("Voices of Social Prescribing"), credit=self.credit(passage, language),
            year=self.year, organization=clean(self.kit.organization),
        )


def folder_name(passage: Passage) -> str:
    """Return the name that a quote's files begin with, such as `q-0123`."""
    return names.slug(passage.cleared.quote.code)


def files_under(folder: Path) -> Sequence[str]:
    """Return every file below a folder, by its path from there."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
