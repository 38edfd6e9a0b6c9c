"""Catalogue: what is known about stories, in the terms of Dublin Core, for libraries, archives and search engines."""

from __future__ import annotations

from dataclasses import dataclass, field

from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code
from storybank.domain.export import Order


@dataclass(frozen=True, slots=True)
class Card:
    """A story that may be told of, cleared as a whole: its title stands as the words of `cleared`."""

    cleared: ClearedQuote
    subjects: tuple[Code, ...]
    """The codes its quotes carry."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Stories as they go out; in `order` stand the export's code, uses and codebook."""

    title: str
    language: str
    order: Order
    cards: tuple[Card, ...]
    with_titles: bool = False
    """Whether the titles that staff gave go along; they may say more than was agreed to."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """A row of a catalogue as it came back; None where a column is missing."""

    number: int
    story: str
    """Short code or identifier."""
    facts: dict[str, str] = field(default_factory=dict)
    """`title`, `date` and `language`, those that are there."""
