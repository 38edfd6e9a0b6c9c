"""Concordancing: every place where the found words stand, with the words to their left and right (KWIC)."""

from __future__ import annotations

from storybank.domain.found import Beside, Concordance
from storybank.domain.query import Query
from storybank.ports import OpenWork, Today
from storybank.services.usable import asked_of_gate

MOST, WIDTH = 500, 8
"""How many places are fetched at once, and how many words stand on either side."""


class Concordances:
    """Words in their company."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._today = today

    def of(self, query: Query, beside: Beside = Beside.NODE, most: int = MOST, width: int = WIDTH) -> Concordance:
        """Return the places where a query's words stand, sorted by a word beside them."""
        with self._open_work() as work:
            return work.places.of(asked_of_gate(work, query, self._today()), None, beside, most, width)
