"""Hits: from the row of a passage to what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storybank.domain.query import Hit
from storybank.persistence.matching import Matcher
from storybank.persistence.snippets import Reading
from storybank.persistence.transaction import AnyRow


@dataclass(frozen=True, slots=True)
class Overlap:
    """A quote that shares some of a passage's time."""

    quote_id: str
    start_ms: int
    end_ms: int

    def shared(self, start_ms: int, end_ms: int) -> int:
        """Return how much time it shares with a stretch."""
        return min(self.end_ms, end_ms) - max(self.start_ms, start_ms)


def hit_of(row: AnyRow, matcher: Matcher, overlaps: Sequence[Overlap]) -> tuple[Hit, str]:
    """Return a hit, still without the code and tags of its quote, and the identifier of that quote."""
    widest = _most_shared(overlaps, row.start_ms, row.end_ms)
    snippet = Reading(row, matcher).snippet((widest.start_ms, widest.end_ms) if widest else None)
    quote = _most_shared(overlaps, snippet.start_ms, snippet.end_ms)
    hit = Hit(
        row.kind, row.story_id, row.recording_id or "", snippet.start_ms, snippet.end_ms, row.speaker or "",
        snippet.text, snippet.marks, (), "", row.speaker_id, row.owner_id, snippet.line_ids, snippet.moment_ms,
        snippet.before, snippet.after, row.language,
    )  # fmt: skip
    return hit, quote.quote_id if quote else row.quote_id or ""


def _most_shared(overlaps: Sequence[Overlap], start_ms: int, end_ms: int) -> Overlap | None:
    shared = [one for one in overlaps if one.shared(start_ms, end_ms) > 0]
    return max(shared, key=lambda one: one.shared(start_ms, end_ms), default=None)
