"""The stories of a library and who is in them, on disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from storybank.domain.lists import StoryLine
from storybank.domain.story import Participant, Story
from storybank.errors import Invalid, NotFound
from storybank.persistence.lists import story_lines
from storybank.persistence.tables import participants, stories
from storybank.persistence.transaction import Transaction
from storybank.words import say

_IN_ORDER = (func.length(stories.c.code), stories.c.code)


class StoredStories:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, story_id: str) -> Story:
        """Return the story of that identifier."""
        return self._one(self._those(stories.c.id == story_id), story_id)

    def find(self, code_or_slug: str) -> Story:
        """Return the story of that id, short code or slug."""
        wanted = code_or_slug.strip()
        named = or_(stories.c.id == wanted, stories.c.code == wanted.upper(), stories.c.slug == wanted.lower())
        return self._one(self._those(named), wanted)

    def all(self) -> list[Story]:
        """Return every story, in the order they came in."""
        return self._those()

    def of_contributor(self, contributor_id: str) -> list[Story]:
        """Return the stories that a person is in."""
        own = select(participants.c.story_id).where(participants.c.contributor_id == contributor_id)
        return self._those(stories.c.id.in_(own))

    def save(self, story: Story) -> None:
        """Write a story and who is in it, new or known."""
        namesake = select(stories.c.code).where(stories.c.slug == story.slug, stories.c.id != story.id)
        if taken := self._transaction.row(namesake):
            raise Invalid(say("Story {code} is called {slug} already.", code=taken.code, slug=story.slug))
        row = asdict(story)
        people: list[dict[str, Any]] = row.pop("participants")
        self._transaction.put(stories, row)
        self._transaction.put_parts(
            participants, "story_id", story.id,
            ({"story_id": story.id, "position": position, **person} for position, person in enumerate(people)),
        )  # fmt: skip

    def lines(self) -> list[StoryLine]:
        """Return what a list of stories shows, without the gate's answer, in the order they came in."""
        return story_lines(self._transaction)

    def _one(self, found: Iterable[Story], wanted: str) -> Story:
        for story in found:
            return story
        raise NotFound(
            say("There is no story {story} in this library.", story=wanted),
            hint=say("`storybank stories` lists them all."),
        )

    def _those(self, *conditions: ColumnElement[bool]) -> list[Story]:
        chosen = select(stories).where(*conditions)
        rows = self._transaction.rows(chosen.order_by(*_IN_ORDER))
        ids = chosen.with_only_columns(stories.c.id)
        own = select(participants).where(participants.c.story_id.in_(ids)) if conditions else select(participants)
        people: dict[str, list[Participant]] = {}
        for row in self._transaction.rows(own.order_by(participants.c.story_id, participants.c.position)):
            part = Participant(row.contributor_id, row.speaks, row.audible, row.visible)
            people.setdefault(row.story_id, []).append(part)
        return [
            Story(r.id, r.code, r.title, r.slug, r.language, tuple(people.get(r.id, ())), r.recorded_on, r.place)
            for r in rows
        ]
