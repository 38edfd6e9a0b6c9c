"""Facetting: how much of what was found has which block, speaker, year…, and may be used for what."""

from __future__ import annotations

from collections.abc import Mapping

from storybank.domain.found import Facet
from storybank.domain.query import Query
from storybank.ports import OpenWork, Today

USABLE_FOR = "usable_for"
"""The facet of uses, beside `FACETS`: its keys are those of uses."""


class Facetting:
    """Counts by facet."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._today = today

    def of(self, query: Query) -> Mapping[str, tuple[Facet, ...]]:
        """Return each of `FACETS` and `USABLE_FOR` with its values, most hits first, those without any left out.

        A facet counts as if its own boxes were not checked, so that one can widen.
        """
        return {}
