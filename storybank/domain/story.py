"""Story: one reflection, with its recordings and the people in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storybank.domain.transcript import Span


@dataclass(frozen=True, slots=True)
class Participant:
    """A person's part in a story: consent is asked of everyone who can be heard or seen."""

    contributor_id: str
    speaks: bool = True
    audible: bool = True
    visible: bool = True
    recording_id: str = ""
    """The one recording they are in; empty for every recording of the story."""
    spans: tuple[Span, ...] = ()
    """When they can be heard or seen, in milliseconds of the recording; empty for all of it."""

    @property
    def is_in_it(self) -> bool:
        """Tell whether the person can be heard or seen at all."""
        return self.speaks or self.audible or self.visible

    def is_there(self, recording_id: str, start_ms: int, end_ms: int) -> bool:
        """Tell whether the person can be heard or seen somewhere in a stretch of a recording."""
        if not self.is_in_it or self.recording_id not in ("", recording_id):
            return False
        return not self.spans or any(s.start_ms < end_ms and start_ms < s.end_ms for s in self.spans)


class Sharing(StrEnum):
    """How several communities decide about one story."""

    ALL = "all"
    ANY = "any"


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
    communities: tuple[str, ...] = ()
    """Contributors who are communities, whose permission is needed beside the people's."""
    sharing: Sharing = Sharing.ALL
    sealed_on: str = ""
    """The day it was put away at somebody's wish: neither found nor shown until it is unsealed. Empty: it is open."""
    erased_on: str = ""
    """The day everything in it was erased at somebody's wish; only the proof of that is left. Empty: it is here."""
