"""Facetting: how much of what was found has which block, speaker, year…, and may be used for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from storybank.domain.found import Facet
from storybank.domain.query import Query, Usable
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.blinding import blind_coder
from storybank.services.stepping import Author
from storybank.services.usable import asked_of_gate, usable_today

USABLE_FOR = "usable_for"
"""The facet of uses, beside `FACETS`: its keys are those of uses."""

_TAGGED = ("blocks", "codes", "coders")
"""The facets that come of tags alone; stakeholders are those of whoever speaks."""


class Facetting:
    """Counts by facet."""

    def __init__(self, open_work: OpenWork, today: Today, author: Author = str) -> None:
        """`author` tells who sits here: who codes blind is not told what others tagged."""
        self._open_work = open_work
        self._today = today
        self._author = author

    def of(self, query: Query) -> Mapping[str, tuple[Facet, ...]]:
        """Return each of `FACETS` and `USABLE_FOR` with its values, most hits first, those without any left out.

        A facet counts as if its own boxes were not checked, so that one can widen.
        """
        with self._open_work() as work:
            query = asked_of_gate(work, query, self._today())
            told = dict(work.facets.count(query, None))
            if blind_coder(work, self._author()):
                told |= dict.fromkeys(_TAGGED, ())
            told[USABLE_FOR] = self._usable(work, replace(query, usable_for=""))
        return told

    def _usable(self, work: UnitOfWork, query: Query) -> tuple[Facet, ...]:
        """Return for each use how much of what is found the gate allows for it today."""
        hits = work.facets.by_story(query)
        if not hits:
            return ()
        uses = usable_today(work, self._today())
        apart = work.facets.owners(query, frozenset().union(*(one.refused | one.also for one in uses)))
        told = (_allowed(one, hits, apart) for one in uses)
        return tuple(sorted((one for one in told if one.hits), key=lambda one: (-one.hits, one.key)))


def _allowed(use: Usable, hits: Mapping[str, int], apart: Mapping[str, str]) -> Facet:
    """Return how much may be used: whole stories, less what is refused in them, and what is allowed elsewhere."""
    counts = Counter({story: count for story, count in hits.items() if story in use.story_ids})
    for owner, story in apart.items():
        if owner in use.also:
            counts[story] += story not in use.story_ids
        elif owner in use.refused and story in use.story_ids:
            counts[story] -= 1
    return Facet(use.use, counts.total(), sum(count > 0 for count in counts.values()))
