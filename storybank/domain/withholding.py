"""Withholding: what of a speaker may not be told beside a quote, and must not be said in it either."""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol

from storybank.domain import names
from storybank.domain.attribution import Attribution
from storybank.domain.clearance import ClearedQuote
from storybank.domain.contributor import Citation, Contributor
from storybank.domain.permission import Permission
from storybank.domain.story import Story
from storybank.domain.vocabulary import PROVINCES

_LEVELS_WITH_PLACE = (Attribution.FULL, Attribution.FULL_NAME, Attribution.FIRST_NAME, Attribution.ROLE_AND_PLACE)
_LEVELS_WITH_ORGANIZATION = (Attribution.FULL, Attribution.ROLE_AND_ORGANIZATION)


class Told(Protocol):
    """Somebody, and what the gate said may be told of them: a cleared quote is one."""

    @property
    def speaker(self) -> Contributor: ...
    @property
    def story(self) -> Story: ...
    @property
    def permission(self) -> Permission: ...
    @property
    def attribution(self) -> Attribution: ...


def tells_place(cleared: Told) -> bool:
    """Tell whether the province may stand beside the words: both the level and the person must allow it."""
    return cleared.attribution in _LEVELS_WITH_PLACE and cleared.permission.features.place


def tells_organization(cleared: Told) -> bool:
    """Tell whether the employer may stand beside the words: both the level and the person must allow it."""
    return cleared.attribution in _LEVELS_WITH_ORGANIZATION and cleared.permission.features.organization


def tells_role(cleared: Told) -> bool:
    """Tell whether it may be said what the person does: not of who asked to stay without a name."""
    return cleared.attribution is not Attribution.ANONYMOUS


def says_too_much(cleared: ClearedQuote) -> bool:
    """Tell whether the speaker says what may not be told, so that the voice cannot go out; text can, with brackets."""
    said = _plain(cleared.quote.text)
    return any(as_said(word).search(said) for word in (*names_kept(cleared), *places_kept(cleared)))


def names_kept(cleared: Told) -> list[str]:
    """Return the names that may not be read anywhere: the longest first, so that a whole name goes before its parts."""
    person, level = cleared.speaker, cleared.attribution
    hidden = set() if tells_organization(cleared) else {_plain(person.organization)}
    name = without_title(person)
    parts = {part for part in re.split(r"[\s.\-]+", name) if len(part) > 2}
    if level is Attribution.FIRST_NAME:
        first = _plain(person.first_name) if name == _plain(person.name) else name.split()[0]
        hidden |= {part for part in parts if part.lower() != first.lower()}
    elif not level.names_the_person:
        hidden |= {name, *parts}
    return _longest_first(hidden)


def places_kept(cleared: Told) -> list[str]:
    """Return the places that may not be read anywhere: province, where it was recorded, and where an Elder is from."""
    if tells_place(cleared):
        return []
    person, recorded_at = cleared.speaker, _plain(cleared.story.place)
    return _longest_first({
        *PROVINCES.get(person.province.upper(), ()), recorded_at, *(part.strip() for part in recorded_at.split(",")),
        *(places_cited(person.citation) if person.citation else ()),
    })  # fmt: skip


def places_cited(citation: Citation) -> tuple[str, ...]:
    """Return where an Elder or Knowledge Keeper is from: nation, treaty territory, community."""
    told = (_plain(place) for place in (citation.nation, citation.treaty_territory, citation.community))
    return tuple(place for place in told if place)


def without_title(person: Contributor) -> str:
    """Return the name of somebody who is cited without the title that may already stand before it."""
    name, title = _plain(person.name), _plain(person.citation.title) if person.citation else ""
    return name[len(title) :].strip() if title and name.lower().startswith(f"{title.lower()} ") else name


def as_said(word: str) -> re.Pattern[str]:
    """Return what finds a name however its apostrophes and spaces are set."""
    loose = re.sub(r"['’]", "['’]", re.sub(r"(?:\\?\s)+", lambda _: r"\s+", re.escape(word)))
    return re.compile(rf"(?<!\w){loose}(?!\w)", re.IGNORECASE)


def _longest_first(words: set[str]) -> list[str]:
    return sorted((word for word in words if len(word) > 2), key=lambda word: (-len(word), word))


def _plain(text: str) -> str:
    """Return `text` on one line, composed, without the invisible signs that would hide a name."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(names.plain(seen).split())
