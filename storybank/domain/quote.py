"""Quote: a span of words worth keeping, verbatim, with the times it was said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands: first and last word, each by line and index in the line, both included."""

    first_line_id: str
    first_word: int
    last_line_id: str
    last_word: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage: a snapshot of the words as they stood, their times, and the codes people gave it."""

    id: str
    code: str
    story_id: str
    recording_id: str
    text: str
    start_ms: int
    end_ms: int
    language: str
    anchor: Anchor
    codes: frozenset[str] = frozenset()
    """Keys of the codebook: building blocks, stakeholders and free codes."""
    speaker_id: str | None = None
    """The contributor who says it."""
    important: bool = False
