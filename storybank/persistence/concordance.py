"""Concordance: every place where the found words stand, with the words beside it, sorted by one of them."""

from __future__ import annotations

from collections.abc import Sequence

from storybank.domain.found import Beside, Concordance
from storybank.domain.query import Query
from storybank.persistence.transaction import Transaction


class StoredPlaces:
    """Reads the passages that answer, and lines their words up."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of(self, query: Query, story_ids: Sequence[str] | None, beside: Beside, most: int, width: int) -> Concordance:
        """Return the places where a query's words stand, sorted by a word beside them."""
        return Concordance((), 0)
