"""Coding: who gave a quote which code, and when; and the notes that people write beside things."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who codes: on file from their first tag on, whatever becomes of it."""

    id: str
    name: str
    blind: bool = False
    """They see nobody else's codings, until they are done."""


UNKNOWN_CODER = Coder("00000000-0000-4000-8000-000000000000", "")
"""Whoever tagged before anybody was asked who they are, or in a file that does not say."""

CONSENSUS = Coder("00000000-0000-4000-8000-000000000001", "Consensus")
"""What coders agreed on together, where they had disagreed."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One code, given to one quote, by one coder (REFI-QDA: Coding)."""

    id: str
    quote_id: str
    code: str
    """Key of the codebook."""
    coder_id: str
    at: str
    """When, as ISO 8601 in UTC; empty where it is not known."""
    suggested: str = ""
    """Why Storybank suggested it, if it did; agreement can leave these out."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided where coders differed: a code in a stretch of a recording is kept, or is not."""

    id: str
    recording_id: str
    code: str
    start_ms: int
    end_ms: int
    kept: bool
    coder_id: str
    """Who sat there when it was decided."""
    at: str


class Subject(StrEnum):
    """What a memo is written about."""

    QUOTE = "quote"
    CODE = "code"
    STORY = "story"
    PERSON = "person"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Memo:
    """A note of somebody's own about a quote, a code, a story, a person or the whole; it never leaves by itself."""

    id: str
    subject: Subject
    about_id: str
    """Identifier of the quote, story or person, key of the code; empty for the library."""
    text: str
    coder_id: str
    created_at: str
    modified_at: str
