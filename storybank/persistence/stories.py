"""The stories of a library and who is in them, on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select

from storybank.domain.lists import StoryLine
from storybank.domain.story import Participant, Sharing, Story
from storybank.domain.transcript import Span
from storybank.errors import Invalid, NotFound
from storybank.persistence.index_rows import put_story
from storybank.persistence.lists import story_lines
from storybank.persistence.tables import participants, stories, story_communities
from storybank.persistence.transaction import AnyRow, Transaction
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
        shared = select(story_communities.c.story_id).where(story_communities.c.contributor_id == contributor_id)
        return self._those(stories.c.id.in_(own) | stories.c.id.in_(shared))

    def save(self, story: Story) -> None:
        """Write a story and who is in it, new or known."""
        namesake = select(stories.c.code).where(stories.c.slug == story.slug, stories.c.id != story.id)
        if taken := self._transaction.row(namesake):
            raise Invalid(say("Story {code} is called {slug} already.", code=taken.code, slug=story.slug))
        row = asdict(story)
        people: list[dict[str, Any]] = row.pop("participants")
        communities = row.pop("communities")
        self._transaction.put(stories, row)
        self._transaction.put_parts(
            participants, "story_id", story.id,
            ({"story_id": story.id, "position": position, **person} for position, person in enumerate(people)),
        )  # fmt: skip
        self._transaction.put_parts(
            story_communities, "story_id", story.id,
            ({"story_id": story.id, "position": n, "contributor_id": one} for n, one in enumerate(communities)),
        )  # fmt: skip
        put_story(self._transaction, story.id)

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
        people = self._parts(participants, ids, conditions)
        communities = self._parts(story_communities, ids, conditions)
        return [
            Story(
                r.id, r.code, r.title, r.slug, r.language, tuple(map(_participant, people[r.id])), r.recorded_on,
                r.place, tuple(one.contributor_id for one in communities[r.id]), Sharing(r.sharing), r.sealed_on,
                r.erased_on,
            )
            for r in rows
        ]  # fmt: skip

    def _parts(self, table: Table, ids: Select[Any], conditions: Sequence[object]) -> dict[str, list[AnyRow]]:
        own = select(table).where(table.c.story_id.in_(ids)) if conditions else select(table)
        parts = defaultdict(list)
        for row in self._transaction.rows(own.order_by(table.c.story_id, table.c.position)):
            parts[row.story_id].append(row)
        return parts


def _participant(row: AnyRow) -> Participant:
    spans = tuple(Span(span["start_ms"], span["end_ms"]) for span in row.spans)
    return Participant(row.contributor_id, row.speaks, row.audible, row.visible, row.recording_id, spans)
