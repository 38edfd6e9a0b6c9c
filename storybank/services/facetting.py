"""Facetting: how much of what was found has which block, speaker, year…, and may be used for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from storybank.domain.clearance import Gate
from storybank.domain.found import Facet
from storybank.domain.query import Query
from storybank.domain.use import Asked
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.circles import circles_of
from storybank.services.usable import asked_of_gate

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
        with self._open_work() as work:
            query = asked_of_gate(work, query, self._today())
            told = dict(work.facets.count(query, None))
            told[USABLE_FOR] = self._usable(work, work.facets.by_story(replace(query, usable_for="")))
        return told

    def _usable(self, work: UnitOfWork, hits: Mapping[str, int]) -> tuple[Facet, ...]:
        """Return for each use how much lies in stories that the gate allows for it today."""
        if not hits:
            return ()
        gates = {use.key: Gate(Asked((use,), self._today())) for use in work.codebook.uses()}
        found = dict.fromkeys(gates, (0, 0))
        for circle in circles_of(work):
            if count := hits.get(circle.story.id):
                for key, gate in gates.items():
                    if gate.of_story(circle).allowed:
                        found[key] = found[key][0] + count, found[key][1] + 1
        told = [Facet(key, count, stories) for key, (count, stories) in found.items() if count]
        return tuple(sorted(told, key=lambda one: (-one.hits, one.key)))
