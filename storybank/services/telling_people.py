"""Telling people: what of a person and a story may stand in a project that leaves the house."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from storybank.domain.attribution import Attribution
from storybank.domain.codebook import Code
from storybank.domain.contributor import Contributor
from storybank.domain.permission import Permission, Verdict, most_restrictive
from storybank.domain.project import ValueKind, Values, Variable, derived
from storybank.domain.speaking import Withheld
from storybank.domain.story import Story
from storybank.domain.use import Use
from storybank.domain.withholding import (
    as_said,
    names_kept,
    places_kept,
    tells_organization,
    tells_place,
    tells_role,
)
from storybank.words import Words

_KINDS: Mapping[str, tuple[str, str, ValueKind]] = {
    "province": ("Province", "Province", ValueKind.TEXT),
    "language": ("Language", "Langue", ValueKind.TEXT),
    "role": ("Role", "Rôle", ValueKind.TEXT),
    "stakeholder": ("Stakeholder", "Groupe d'acteurs", ValueKind.TEXT),
    "organization": ("Organization", "Organisme", ValueKind.TEXT),
    "recorded": ("Recorded", "Date d'enregistrement", ValueKind.DATE),
    "consent": ("Consent", "Consentement", ValueKind.TEXT),
    "until": ("Consent until", "Consentement jusqu'au", ValueKind.DATE),
    "conditions": ("Conditions", "Conditions", ValueKind.TEXT),
    "story": ("Storybank story", "Récit dans Storybank", ValueKind.TEXT),
}
_STANDING = {Verdict.ALLOW: "allowed", Verdict.ALLOW_WITH_CONDITIONS: "allowed on conditions"}


@dataclass(frozen=True, slots=True)
class Teller:
    """A person, and what may be told of them in one story or in all that leave together."""

    speaker: Contributor
    story: Story
    permission: Permission

    @property
    def attribution(self) -> Attribution:
        """Return the most that may be told of the person."""
        return self.permission.attribution

    @property
    def is_named(self) -> bool:
        """Tell whether the whole name may stand there."""
        return self.attribution in (Attribution.FULL, Attribution.FULL_NAME)


def variable_id(key: str) -> str:
    """Return the identifier of one of our variables: the same in every project."""
    return derived("variable", key)


def variables(uses: Sequence[Use]) -> tuple[Variable, ...]:
    """Return the variables of a project, one for each use among them."""
    own = [Variable(variable_id(key), english, kind, french) for key, (english, french, kind) in _KINDS.items()]
    asked = [Variable(variable_id(f"use {use.key}"), f"Consent for {use.label_en}", ValueKind.BOOLEAN,
                      f"Consentement pour {use.label_fr}") for use in uses]
    return (*own, *asked)


def values(**told: str) -> Values:
    """Return values by the key of their variable; what is empty is not there."""
    return tuple((variable_id(key), " ".join(value.split())) for key, value in told.items() if value.strip())


def standing(permission: Permission, uses: Mapping[str, bool]) -> Values:
    """Return where consent stands: what it is, until when, on which conditions, and for which uses."""
    own = values(consent=_STANDING.get(permission.verdict, ""), until=_day(permission.until),
                 conditions="; ".join(permission.conditions))
    return (*own, *((variable_id(f"use {key}"), "true" if allowed else "false") for key, allowed in uses.items()))


def about_person(told: Teller, codes: Mapping[str, Code]) -> Values:
    """Return what may be told of a person besides the name."""
    person = told.speaker
    role = stakeholder = ""
    if tells_role(told):
        own = person.role if told.attribution.names_the_person else person.role.split(",")[0]
        role = own if not _says_too_much(own, told) else ""
        stakeholder = codes[person.stakeholder].label_en if person.stakeholder in codes else ""
    return values(province=person.province if tells_place(told) else "", language=person.language, role=role,
                  stakeholder=stakeholder, organization=person.organization if tells_organization(told) else "")


def name_of(told: Teller, codes: Mapping[str, Code]) -> str:
    """Return how a person is called in a project: by name where that is allowed, else by code and stakeholder."""
    person = told.speaker
    if told.is_named:
        return person.name
    if told.attribution is Attribution.FIRST_NAME:
        return person.first_name
    known = person.stakeholder in codes and tells_role(told)
    return f"{person.code} ({codes[person.stakeholder].label_en})" if known else person.code


def title_of(story: Story, people: Sequence[Teller]) -> str:
    """Return a story's title where everybody in it may be named, and its code where not: a title often names them."""
    if not people or not all(one.is_named for one in people) or any(_says_too_much(story.title, one)
                                                                    for one in people):
        return story.code
    return story.title


def about_story(story: Story) -> Values:
    """Return what may be told of a story besides its title: where it was recorded is nobody's outside."""
    return values(story=story.id, language=story.language, recorded=_whole_day(story.recorded_on))


def withheld(people: Iterable[Teller], language: str) -> list[Withheld]:
    """Return what may not be read in what they say: their names, employers and places where these may not be told."""
    words = Words(language)
    people = list(people)
    hidden = {name: words("[name withheld]") for one in people for name in names_kept(one)}
    hidden |= {place: words("[place withheld]") for one in people for place in places_kept(one)}
    longest_first = sorted(hidden.items(), key=lambda item: (-len(item[0]), item[0]))
    return [Withheld(as_said(word), sign) for word, sign in longest_first]


def names_of(people: Iterable[Contributor]) -> re.Pattern[str] | None:
    """Return what finds the names of people about whom nothing may be told."""
    every = {part for person in people for part in (person.name, *person.name.split()) if len(part) > 2}
    if not every:
        return None
    longest_first = sorted(every, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def strictest(permissions: Sequence[Permission]) -> Permission:
    """Return what may be told of somebody, whichever of several answers is read beside them."""
    return most_restrictive(permissions)


def _says_too_much(text: str, told: Teller) -> bool:
    return any(as_said(word).search(text) for word in (*names_kept(told), *places_kept(told)))


def _day(when: date | None) -> str:
    return when.isoformat() if when else ""


def _whole_day(written: str) -> str:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return ""
