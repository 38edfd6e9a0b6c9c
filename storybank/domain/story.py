"""Story: one reflection, with its recordings and the people in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Participant:
    """A person's part in a story: consent is asked of everyone who can be heard or seen."""

    contributor_id: str
    speaks: bool = True
    audible: bool = True
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """A reflection as the library keeps it; `slug` is its name in addresses and file names."""

    id: str
    code: str
    title: str
    slug: str
    language: str
    participants: tuple[Participant, ...] = ()
    recorded_on: str = ""
    """The day of the recording, ISO 8601 (`2025-06-04`); empty when nobody knows."""
    place: str = ""
