"""Quote: a span of words worth keeping, verbatim, with the times it was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands: first and last word, each by line and index in the line, both included."""

    first_line_id: str
    first_word: int
    last_line_id: str
    last_word: int


class Hold(StrEnum):
    """How a quote stands on the transcript of today."""

    HOLDS = "holds"
    """Word for word what was quoted."""
    CHANGED = "changed"
    """The words at its place read differently since; the quote still reads as it did."""
    LOST = "lost"
    """Its words are not to be found any more, neither at its moments nor anywhere near."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A quote in another language, made by somebody; wherever it is read it is marked as a translation."""

    language: str
    text: str
    translator: str
    at: str


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
    """Keys of the codebook: building blocks, stakeholders and free codes, whoever gave them."""
    speaker_id: str | None = None
    """The contributor who says it."""
    important: bool = False
    before: str = ""
    """Up to 32 characters of what is said before it, as it stood then: what finds its place again."""
    after: str = ""
    """The same behind it."""
    hold: Hold = Hold.HOLDS
    wording: str = ""
    """How it is to be read where it is shortened: cuts as `[…]`, insertions in brackets; empty for verbatim."""
    translations: tuple[Translation, ...] = ()
    made_by: str = ""
    """Identifier of the coder who picked it; empty where that is not known."""
    made_at: str = ""
