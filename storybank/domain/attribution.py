"""Attribution: how much may be told of a person, from a full name down to nothing, and what may be seen and heard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Attribution(StrEnum):
    """How a person may be named, from most to least; the exporter may only go down."""

    FULL = "full"
    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    ROLE_AND_ORGANIZATION = "role_and_organization"
    ROLE_AND_PLACE = "role_and_place"
    ROLE_ONLY = "role_only"
    ANONYMOUS = "anonymous"

    @property
    def names_the_person(self) -> bool:
        """Tell whether a name may stand beside the words; a face may be shown only then, unless they said so."""
        return self in (Attribution.FULL, Attribution.FULL_NAME, Attribution.FIRST_NAME)

    @property
    def rank(self) -> int:
        """Return how much is told: 6 for everything, 0 for nothing."""
        return len(Attribution) - 1 - list(Attribution).index(self)

    @property
    def features(self) -> Features:
        """Return what may be seen, heard and told at this level when nothing else was said."""
        return Features(
            face=self.names_the_person,
            voice=self is not Attribution.ANONYMOUS,
            organization=self in (Attribution.FULL, Attribution.ROLE_AND_ORGANIZATION),
            place=self in _TELL_PLACE,
        )

    def with_only(self, features: Features) -> Attribution:
        """Return the level that is left where organisation or place may not be told and the level is made of them."""
        if self is Attribution.FULL and not features.organization:
            return Attribution.FULL_NAME
        if self is Attribution.ROLE_AND_ORGANIZATION and not features.organization:
            return Attribution.ROLE_ONLY
        if self is Attribution.ROLE_AND_PLACE and not features.place:
            return Attribution.ROLE_ONLY
        return self


_TELL_PLACE = (Attribution.FULL, Attribution.FULL_NAME, Attribution.FIRST_NAME, Attribution.ROLE_AND_PLACE)


@dataclass(frozen=True, slots=True)
class Features:
    """What of a person may go out beside their words: each its own answer."""

    face: bool = False
    voice: bool = False
    organization: bool = False
    place: bool = False

    def __and__(self, other: Features) -> Features:
        """Return what both allow."""
        return Features(
            self.face and other.face, self.voice and other.voice,
            self.organization and other.organization, self.place and other.place,
        )  # fmt: skip


NOTHING = Features()
EVERYTHING = Features(face=True, voice=True, organization=True, place=True)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said about face, voice, organisation and place; None where the level speaks for it."""

    face: bool | None = None
    voice: bool | None = None
    organization: bool | None = None
    place: bool | None = None

    def at(self, level: Attribution) -> Features:
        """Return what may go out at `level`. Without attribution there is neither face nor voice, whatever was said.

        Organisation and place can be taken away here and never added: the level says how the person is named.
        """
        usual = level.features
        if level is Attribution.ANONYMOUS:
            return usual
        return Features(
            face=usual.face if self.face is None else self.face,
            voice=usual.voice if self.voice is None else self.voice,
            organization=usual.organization and self.organization is not False,
            place=usual.place and self.place is not False,
        )


UNSAID = Wishes()
"""Nothing was said: the level speaks for all four."""
