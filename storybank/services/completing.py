"""Completing: help with what to type: words that exist, words that were meant, and ways to ask for less."""

from __future__ import annotations

from storybank.domain.found import Easing
from storybank.domain.query import Query
from storybank.ports import OpenWork, Today


class Completing:
    """Knows what can be found."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._today = today

    def words(self, begun: str, most: int = 8) -> list[str]:
        """Return what could be typed, the likeliest first: all of `begun`, with its last word completed."""
        return []

    def did_you_mean(self, query: Query) -> list[str]:
        """Return what may have been meant, as it would be typed, where words of a query are nowhere to be found."""
        return []

    def easings(self, query: Query) -> list[Easing]:
        """Return ways to ask for less where nothing was found, with what each finds; those that find nothing left out.

        An easing with `keep_filters` false is asked without any of the boxes checked.
        """
        return []
