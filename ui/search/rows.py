"""The rows of the list: hits gathered by story, at most three of each until one asks for more. Knows no window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from storybank.domain.query import Kind
from storybank.services.searching import Found

AT_ONCE = 3
"""How many hits of one story stand together before the rest is folded."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit; `follows` where the one above is of the same story."""

    found: Found
    follows: bool = False


@dataclass(frozen=True, slots=True)
class MoreRow:
    """What is folded: the hits of a story that are not shown yet."""

    story_id: str
    title: str
    hidden: int


Row = HitRow | MoreRow


@dataclass(slots=True)
class _Group:
    story_id: str
    hits: list[Found] = field(default_factory=list)
    unfolded: bool = False


class Gathered:
    """Hits as they come, page by page, and the rows to show them in."""

    def __init__(self, *, by_story: bool = True) -> None:
        self._by_story = by_story
        self._groups: list[_Group] = []
        self.count = 0

    def add(self, hits: Sequence[Found]) -> None:
        """Put a page of hits behind those that are there; what is folded takes in what belongs to it."""
        self.count += len(hits)
        now: dict[str, _Group] = {}
        if self._by_story:
            now = {one.story_id: one for one in self._groups if len(one.hits) >= AT_ONCE}
        for found in hits:
            story = found.hit.story_id
            group = now.get(story)
            if group is None:
                group = now[story] = _Group(story, unfolded=not self._by_story)
                self._groups.append(group)
            group.hits.append(found)
            if not self._by_story:
                now.clear()

    def unfold(self, story_id: str) -> None:
        """Show all hits of a story."""
        for group in self._groups:
            group.unfolded = group.unfolded or group.story_id == story_id

    def rows(self) -> list[Row]:
        """Return the rows in their order; of a story, what was said stands before its details."""
        return [row for group in self._groups for row in _rows_of(group)]


def _rows_of(group: _Group) -> list[Row]:
    shown = group.hits if group.unfolded or len(group.hits) <= AT_ONCE + 1 else group.hits[:AT_ONCE]
    shown = sorted(shown, key=lambda found: found.hit.kind == Kind.STORY)
    rows: list[Row] = [HitRow(found, follows=number > 0) for number, found in enumerate(shown)]
    if hidden := len(group.hits) - len(shown):
        rows.append(MoreRow(group.story_id, group.hits[0].story_title, hidden))
    return rows
