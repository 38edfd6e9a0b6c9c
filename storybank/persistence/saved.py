"""Saved searches and synonyms on disk."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from storybank.domain.rings import starter_rings
from storybank.domain.saved import Ring, SavedSearch
from storybank.persistence.coding_tables import rings, saved_searches
from storybank.persistence.transaction import Transaction


class StoredSearches:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> list[SavedSearch]:
        """Return the searches that were saved, by name."""
        rows = self._transaction.rows(select(saved_searches).order_by(saved_searches.c.name, saved_searches.c.id))
        return [
            SavedSearch(row.id, row.name, row.typed, {facet: tuple(keys) for facet, keys in row.filters.items()},
                        row.made_at, frozenset(row.seen))
            for row in rows
        ]  # fmt: skip

    def save(self, search: SavedSearch) -> None:
        """Write a search, new or known."""
        filters = {facet: list(keys) for facet, keys in search.filters.items()}
        self._transaction.put(saved_searches, {
            "id": search.id, "name": search.name, "typed": search.typed, "filters": filters,
            "made_at": search.made_at, "seen": sorted(search.seen),
        })  # fmt: skip

    def remove(self, search_id: str) -> None:
        """Forget a search."""
        self._transaction.execute(delete(saved_searches).where(saved_searches.c.id == search_id))


class StoredRings:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> list[Ring]:
        """Return the rings of synonyms."""
        return [Ring(row.id, tuple(row.words)) for row in self._transaction.rows(select(rings).order_by(rings.c.id))]

    def save(self, ring: Ring) -> None:
        """Write a ring, new or known."""
        self._transaction.put(rings, {"id": ring.id, "words": list(ring.words)})

    def remove(self, ring_id: str) -> None:
        """Take a ring out."""
        self._transaction.execute(delete(rings).where(rings.c.id == ring_id))


def begin_rings(connection: Connection) -> None:
    """Give a library that knows no synonyms those that are shipped."""
    connection.execute(insert(rings), [{"id": ring.id, "words": list(ring.words)} for ring in starter_rings()])
