"""Searching: finding every passage, with its codes and whether it may be used."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.domain.clearance import Verdict, permission
from storybank.domain.query import Hit, Query
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.circles import circles_of

MOST = 200
"""How many hits are fetched at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, with what a list shows beside it."""

    hit: Hit
    story_code: str
    story_slug: str
    story_title: str
    usable: tuple[str, ...]
    """Keys of the uses that the gate allows today."""
    ask_first: tuple[str, ...] = ()
    """Keys of the uses for which somebody wants to be asked first."""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found; `total` and `stories` count everything, `hits` holds the best of it."""

    query: Query
    total: int
    stories: int
    hits: tuple[Found, ...]


class Searching:
    """Everything one can do to find a sentence again."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._today = today

    def find(self, query: Query, most: int = MOST) -> Results:
        """Return what was found, best first; no query is an error."""
        with self._open_work() as work:
            allowed = self._usable_stories(work, query.usable_for) if query.usable_for else None
            total, stories = work.index.count(query, allowed)
            hits = work.index.search(query, allowed, most)
            standing = self._standing(work, {hit.story_id for hit in hits})
            about = {story_id: work.stories.get(story_id) for story_id in standing}
        found = tuple(
            Found(hit, about[hit.story_id].code, about[hit.story_id].slug, about[hit.story_id].title,
                  *standing[hit.story_id])
            for hit in hits
        )
        return Results(query, total, stories, found)

    def _usable_stories(self, work: UnitOfWork, use_key: str) -> list[str]:
        use = work.codebook.use(use_key)
        return [circle.story.id for circle in circles_of(work) if permission(circle, use, self._today()).allowed]

    def _standing(self, work: UnitOfWork, story_ids: set[str]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return for each story the uses that are allowed, and those to be asked about first."""
        uses, today = work.codebook.uses(), self._today()
        found = {}
        for circle in circles_of(work) if story_ids else []:
            if circle.story.id in story_ids:
                answers = {use.key: permission(circle, use, today) for use in uses}
                allowed = tuple(key for key, answer in answers.items() if answer.allowed)
                asked = tuple(key for key, answer in answers.items() if answer.verdict is Verdict.ASK_FIRST)
                found[circle.story.id] = (allowed, asked)
        return found
