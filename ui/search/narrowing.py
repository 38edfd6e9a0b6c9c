"""Narrowing: what is checked in the facets, and what each of them is called. Knows no window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from storybank.domain.codebook import CodeKind
from storybank.domain.found import Facet
from storybank.domain.query import Query
from storybank.domain.vocabulary import province
from storybank.words import Words
from ui.parts.said import N_

if TYPE_CHECKING:
    from ui.wiring import App

USABLE_FOR = "usable_for"
GROUPS: Mapping[str, str] = {
    USABLE_FOR: N_("Usable for…"), "blocks": N_("Building block"), "stakeholders": N_("Stakeholder"),
    "codes": N_("Stages and own tags"), "speakers": N_("Speaker"), "provinces": N_("Province or territory"),
    "languages": N_("Language"), "years": N_("Year"), "coders": N_("Coder"),
}
"""The facets by the names that a query calls them, in the order they are shown."""
UNKNOWN = -1
"""How much there is of a value, where nobody has counted."""
LANGUAGES = {"en": N_("English"), "fr": N_("French")}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is checked, by facet."""

    checked: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.checked.values())

    def on(self, query: Query) -> Query:
        """Return a query that these filters narrow as well."""
        kept = {name: keys for name, keys in self.checked.items() if name != USABLE_FOR}
        return replace(query, usable_for=next(iter(self.checked.get(USABLE_FOR, ())), ""), **kept)  # type: ignore[arg-type]

    def filters(self) -> dict[str, tuple[str, ...]]:
        """Return what is checked as a saved search keeps it."""
        return {name: tuple(sorted(keys)) for name, keys in self.checked.items() if keys}

    def with_key(self, name: str, key: str, *, on: bool) -> Narrowing:
        """Return this with a key checked, or no longer; of uses only one is checked at a time."""
        before = self.checked.get(name, frozenset())
        after = (frozenset({key}) if name == USABLE_FOR else before | {key}) if on else before - {key}
        return Narrowing({**self.checked, name: after})


def narrowing_of(filters: Mapping[str, tuple[str, ...]]) -> Narrowing:
    """Return what a saved search has checked; facets that nobody knows any more are left out."""
    return Narrowing({name: frozenset(keys) for name, keys in filters.items() if name in GROUPS})


class Names:
    """What the values of facets are called, read from the library once for as long as nothing changes."""

    def __init__(self, app: App, tr: Words) -> None:
        self._tr = tr
        language = tr.language
        codes, people = app.browsing.codes(), app.people.all()
        self._provinces = sorted({person.province for person in people} - {""})
        self.codes = {code.key: code for code in codes}
        self.uses = {use.key: use for use in app.browsing.uses()}
        self._said: dict[str, dict[str, str]] = {
            USABLE_FOR: {key: use.label(language) for key, use in self.uses.items()},
            "blocks": {c.key: c.short(language) for c in codes if c.kind is CodeKind.BLOCK},
            "stakeholders": {c.key: c.label(language) for c in codes if c.kind is CodeKind.STAKEHOLDER},
            "codes": {c.key: c.label(language) for c in codes},
            "speakers": {person.id: person.name for person in people},
            "languages": {key: tr(said) for key, said in LANGUAGES.items()},
            "coders": {coder.id: coder.name or tr("Nobody known") for coder in app.quoting.coders()},
        }

    def of(self, facet: str, key: str) -> str:
        """Return what a value is called."""
        if facet == "provinces":
            return province(key, self._tr.language) or key
        return self._said.get(facet, {}).get(key) or key

    def offered(self) -> dict[str, tuple[Facet, ...]]:
        """Return what one can narrow to before anything is asked; how much there is of it is not known then."""
        kept = ("blocks", "stakeholders", USABLE_FOR, "languages")
        keys = {name: list(self._said[name]) for name in kept} | {"provinces": self._provinces}
        return {name: tuple(Facet(key, UNKNOWN, UNKNOWN) for key in own) for name, own in keys.items()}

    def in_chips(self) -> dict[str, str]:
        """Return the names of codes and uses, as what was typed is said back."""
        return {**self._said["codes"], **self._said["blocks"], **self._said[USABLE_FOR]}
