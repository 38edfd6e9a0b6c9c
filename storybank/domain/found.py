"""Found: what a search tells besides its hits: counts by facet, words in their company, and help where nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storybank.words import Sentence

FACETS = ("blocks", "stakeholders", "codes", "provinces", "languages", "years", "speakers", "coders")
"""The filters of a query that are counted, by the names it calls them."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a facet, with how much of what was found has it: hits, and stories they are in."""

    key: str
    hits: int
    stories: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of what was typed, as it was understood, and what would be typed without it."""

    said: Sentence
    without: str


@dataclass(frozen=True, slots=True)
class Easing:
    """A way to ask for less where nothing was found, and how many hits that has."""

    said: Sentence
    typed: str
    keep_filters: bool
    total: int


class Beside(StrEnum):
    """The word a concordance is sorted by: so many places left or right of the word that was found."""

    LEFT_3 = "L3"
    LEFT_2 = "L2"
    LEFT = "L1"
    NODE = "node"
    RIGHT = "R1"
    RIGHT_2 = "R2"
    RIGHT_3 = "R3"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class InContext:
    """A place where a word was found, with the words to its left and right (KWIC)."""

    story_id: str
    story_code: str
    recording_id: str
    moment_ms: int
    speaker: str
    left: str
    node: str
    right: str
    line_id: str = ""


@dataclass(frozen=True, slots=True)
class Concordance:
    """Places where words were found, aligned on them; `total` counts them all."""

    rows: tuple[InContext, ...]
    total: int
    complete: bool = True
    """False where so many passages answer that not all of them were read; `total` counts those that were."""
