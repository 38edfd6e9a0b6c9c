"""Taken: what became of a project that was taken in, or would become of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from storybank.domain.project import Loss, Tally
from storybank.words import Sentence


@dataclass(slots=True)
class Counts:
    """How much of each kind is new."""

    stories: int = 0
    people: int = 0
    codes: int = 0
    coders: int = 0
    transcripts: int = 0
    quotes: int = 0
    codings: int = 0
    memos: int = 0
    known_stories: int = 0
    """Stories of the project that were here before."""
    without_file: int = 0
    """New stories whose recording is not there, and can be looked for."""

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing is new."""
        return not any((self.stories, self.people, self.codes, self.coders, self.transcripts, self.quotes,
                        self.codings, self.memos))


@dataclass(slots=True)
class Book:
    """What is noted while a project is taken in."""

    counts: Counts = field(default_factory=Counts)
    tally: Tally = field(default_factory=Tally)
    refused: list[tuple[str, tuple[Sentence, ...]]] = field(default_factory=list)
    """Sources that may not come in, with the reasons."""
    missing: list[str] = field(default_factory=list)
    """Codes of the recordings whose file is not there."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a project."""

    name: str
    origin: str
    counts: Counts
    losses: tuple[Loss, ...]
    refused: tuple[tuple[str, tuple[Sentence, ...]], ...]
    missing: tuple[str, ...]
    is_preview: bool = False
