"""Dossier: cleared quotes with all that is known of them, and what a table of quotes that came back would change."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.domain.codebook import Code
from storybank.domain.export import Order, Passage
from storybank.domain.quote import Hold
from storybank.words import Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """A cleared quote in its company: codes by list, what is said around it, and where it was used."""

    passage: Passage
    codes: tuple[Code, ...]
    """Its codes in the codebook's order."""
    before: str = ""
    """What the same person says just before, where that may be told too."""
    after: str = ""
    used: tuple[tuple[str, str], ...] = ()
    """Code and day of each export it was in."""
    coders: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Memos; only where they were asked for."""

    @property
    def hold(self) -> Hold:
        """Return how it stands on the transcript of today."""
        return self.passage.cleared.quote.hold


@dataclass(frozen=True, slots=True)
class Dossier:
    """Quotes as they go out together: as a table, as data, or as a Word file for use inside."""

    title: str
    language: str
    order: Order
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A row of a table of quotes as it came back: nothing of it is trusted, and a missing column changes nothing."""

    number: int
    """Of the row, as a spreadsheet counts it; the place in the list for JSON."""
    quote: str
    """Short code or identifier."""
    words: str | None = None
    codes: frozenset[str] | None = None
    """Keys, or names in either language, as typed."""
    important: bool | None = None


@dataclass(frozen=True, slots=True)
class Retagging:
    """What a table that came back would change."""

    changed: tuple[str, ...]
    """Short codes of the quotes it would change."""
    same: int
    refused: tuple[tuple[int, Sentence], ...]
    """Rows that are not taken, and why."""
