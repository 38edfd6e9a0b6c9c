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
