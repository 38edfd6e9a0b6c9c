"""Recognition: who could be recognised although no name is told, because nobody else in the catalogue fits."""

from __future__ import annotations

from collections.abc import Iterable

from storybank.domain.attribution import Attribution, Features
from storybank.domain.contributor import Contributor
from storybank.domain.query import folded
from storybank.words import Sentence, say

_WITHOUT_A_NAME = (Attribution.ROLE_AND_ORGANIZATION, Attribution.ROLE_AND_PLACE)


def recognisable(person: Contributor, level: Attribution, features: Features,
                 everyone: Iterable[Contributor]) -> Sentence | None:
    """Return a warning when what is told of a person fits nobody else on file; None where others fit."""
    if level not in _WITHOUT_A_NAME or not _role(person):
        return None
    told = _told(person, level, features)
    if any(other.id != person.id and _told(other, level, features) == told for other in everyone):
        return None
    return say("Nobody else in this library is described like {person}: without a name they can still be recognised."
               " Consider telling less.", person=person.code)


def _told(person: Contributor, level: Attribution, features: Features) -> tuple[str, str, str]:
    with_organization = level is Attribution.ROLE_AND_ORGANIZATION and features.organization
    with_place = level is Attribution.ROLE_AND_PLACE and features.place
    return (
        _role(person),
        folded(person.organization) if with_organization else "",
        person.province if with_place else "",
    )


def _role(person: Contributor) -> str:
    return person.stakeholder or folded(person.role)
