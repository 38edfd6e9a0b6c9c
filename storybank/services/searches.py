"""Searches: those that were saved, and what is new in each since somebody last looked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from storybank.domain import names
from storybank.domain.events import SearchesChanged
from storybank.domain.found import FACETS
from storybank.domain.query import Kind, Query, Sort, understood
from storybank.domain.saved import Mark, SavedSearch
from storybank.domain.seen import MOST_SEEN, new_among, remembered
from storybank.domain.terms import folded
from storybank.errors import Invalid, NotFound
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.edits import Edit
from storybank.services.usable import asked_of_gate
from storybank.words import Sentence, say

LONGEST_NAME = 120


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
        with self._open_work() as work:
            return [self._standing(work, search) for search in sorted(work.searches.all(), key=lambda s: _key(s.name))]

    def find(self, name: str) -> SavedSearch:
        """Return the search of that identifier or name (case and accents ignored); raise `NotFound` naming others."""
        with self._open_work() as work:
            return _find(work, name)

    def query(self, search: SavedSearch) -> Query:
        """Return what a saved search asks."""
        return query_of(search)

    def save(self, name: str, query: Query) -> Edit:
        """Save a search, all that it finds now counted as seen; a name that is taken is refused."""
        if not (query.root or _filters(query)):
            raise Invalid(say("There is nothing to save: nothing is searched for."))
        with self._open_work() as work:
            search = SavedSearch(names.new_id(), _free_name(work, name), query.typed, _filters(query), work.moment)
            search = replace(search, seen=self._seen(work, query))
        return self._edit(say("Save the search “{name}”", name=search.name), search.id, search, None)

    def rename(self, search_id: str, name: str) -> Edit:
        """Call a search something else."""
        with self._open_work() as work:
            search = _find(work, search_id)
            after = replace(search, name=_free_name(work, name, search))
        return self._edit(say("Rename the search “{name}”", name=search.name), search.id, after, search)

    def remove(self, search_id: str) -> Edit:
        """Forget a search."""
        search = self.find(search_id)
        return self._edit(say("Forget the search “{name}”", name=search.name), search.id, None, search)

    def look(self, search_id: str) -> None:
        """Count all that a search finds now as seen."""
        with self._open_work() as work:
            search = _find(work, search_id)
            looked = replace(search, seen=self._seen(work, query_of(search)))
            if looked != search:
                _put(work, search.id, looked)
                work.commit()

    def _standing(self, work: UnitOfWork, search: SavedSearch) -> SearchStanding:
        marks, total = self._marks(work, query_of(search))
        return SearchStanding(search, total, new_among(marks, total, search.seen))

    def _seen(self, work: UnitOfWork, query: Query) -> frozenset[str]:
        return remembered(*self._marks(work, query))

    def _marks(self, work: UnitOfWork, query: Query) -> tuple[list[Mark], int]:
        """Return where a query's hits are, and how many there are."""
        query = asked_of_gate(work, query, self._today())
        marks = work.facets.marks(query, None, MOST_SEEN + 1)
        total = len(marks) if len(marks) <= MOST_SEEN else work.index.count(query, None)[0]
        return marks, total

    def _edit(self, label: Sentence, search_id: str, after: SavedSearch | None, before: SavedSearch | None) -> Edit:
        return Edit(label, self._putting(search_id, after), self._putting(search_id, before))

    def _putting(self, search_id: str, search: SavedSearch | None) -> Callable[[], None]:
        def put() -> None:
            with self._open_work() as work:
                _put(work, search_id, search)
                work.commit()

        return put


def query_of(search: SavedSearch) -> Query:
    """Return what a saved search asks; a filter that is not known any more is passed over."""
    kept = {facet: frozenset(keys) for facet, keys in search.filters.items() if facet in FACETS}
    query = replace(understood(search.typed), **kept)  # type: ignore[arg-type]
    use = next(iter(search.filters.get("usable_for", ())), "")
    kinds = frozenset(kind for kind in Kind if kind in search.filters.get("kinds", ()))
    sort = next((one for one in Sort if one in search.filters.get("sort", ())), Sort.BEST)
    return replace(query, usable_for=use, kinds=kinds, sort=sort)


def _filters(query: Query) -> dict[str, tuple[str, ...]]:
    kept = {facet: tuple(sorted(getattr(query, facet))) for facet in (*FACETS, "kinds")}
    kept |= {"usable_for": (query.usable_for,) if query.usable_for else ()}
    kept |= {"sort": (query.sort.value,) if query.sort is not Sort.BEST else ()}
    return {name: tuple(map(str, keys)) for name, keys in kept.items() if keys}


def _put(work: UnitOfWork, search_id: str, search: SavedSearch | None) -> None:
    if search is None:
        work.searches.remove(search_id)
    else:
        work.searches.save(search)
    work.record(SearchesChanged(search_id))


def _find(work: UnitOfWork, name: str) -> SavedSearch:
    known = work.searches.all()
    for search in known:
        if search.id == name or _key(search.name) == _key(name):
            return search
    if not known:
        raise NotFound(say("There is no saved search “{name}”.", name=name), hint=say("None is saved yet."))
    raise NotFound(say("There is no saved search “{name}”.", name=name),
                   hint=say("Saved are: {names}.", names=", ".join(search.name for search in known)))


def _free_name(work: UnitOfWork, name: str, own: SavedSearch | None = None) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise Invalid(say("A saved search needs a name."))
    if len(plain) > LONGEST_NAME:
        raise Invalid(say("This name is too long."), hint=say("{most} letters are enough.", most=LONGEST_NAME))
    with suppress(NotFound):
        found = _find(work, plain)
        if own is None or found.id != own.id:
            raise Invalid(say("There is a saved search “{name}” already.", name=found.name),
                          hint=say("Choose another name, or forget that one first."))
    return plain


def _key(name: str) -> str:
    return folded(" ".join(name.split()))
