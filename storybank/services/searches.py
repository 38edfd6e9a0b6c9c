"""Searches: those that were saved, and what is new in each since somebody last looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storybank.domain.query import Query
from storybank.domain.saved import SavedSearch
from storybank.ports import OpenWork, Today
from storybank.services.edits import Edit
from storybank.words import say


@dataclass(frozen=True, slots=True)
class SearchStanding:
    """A saved search, with how many hits it has today, and how many of them nobody has seen."""

    search: SavedSearch
    total: int
    new: int


class Searches:
    """Keeps searches."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._today = today

    def all(self) -> list[SearchStanding]:
        """Return the saved searches by name, with what each finds today."""
        return []

    def find(self, name: str) -> SavedSearch:
        """Return the search of that identifier or name (case and accents ignored); raise `NotFound` naming others."""
        raise NotImplementedError

    def query(self, search: SavedSearch) -> Query:
        """Return what a saved search asks."""
        return Query()

    def save(self, name: str, query: Query) -> Edit:
        """Save a search, all that it finds now counted as seen; a name that is taken is refused."""
        return _nothing()

    def rename(self, search_id: str, name: str) -> Edit:
        """Call a search something else."""
        return _nothing()

    def remove(self, search_id: str) -> Edit:
        """Forget a search."""
        return _nothing()

    def look(self, search_id: str) -> None:
        """Count all that a search finds now as seen."""


def _nothing(do: Callable[[], None] = lambda: None) -> Edit:
    return Edit(say("Save search"), do, do)
