"""Saved: searches that are kept, and what was seen of each, so that new answers can be told apart."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with a name."""

    id: str
    name: str
    typed: str
    """What was typed, in the query language."""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What was checked in the facets, by facet."""
    made_at: str = ""
    seen: frozenset[str] = frozenset()
    """Marks of the hits that were there when somebody last looked."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Words and phrases that mean the same to search, in either language: whoever types one is shown all."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a hit is, so that it is known again: a stretch of a recording, or a memo or story by its identifier.

    What is said is no more than its stretch: correcting its words, or cutting it elsewhere, does not make it another.
    """

    owner: str
    """The identifier of the recording, or `memo:…` or `story:…`."""
    start_ms: int = 0
    end_ms: int = 0
    """0 where there is no stretch."""
