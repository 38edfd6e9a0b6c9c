"""Contributor: a person whose voice is in the library, or a community that speaks for what is shared of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ContributorKind(StrEnum):
    """Who is asked."""

    PERSON = "person"
    COMMUNITY = "community"
    """A nation, a community or its governing body: asked beside the people, about the stories shared with it."""


class Assent(StrEnum):
    """What somebody says for themselves, where another decides for them."""

    UNKNOWN = "unknown"
    YES = "yes"
    DISSENT = "dissent"
    """A no, whatever the guardian said (TCPS 2, article 3.10)."""


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who decides for a minor, or for an adult who cannot; and what the person says for themselves."""

    name: str
    relation: str = ""
    basis: str = ""
    """By which right: parent, tutor, court order."""
    assent: Assent = Assent.UNKNOWN
    assent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A Traditional Knowledge or Biocultural label or notice, carried exactly as its community wrote it."""

    name: str
    text: str
    language: str = "en"
    uri: str = ""
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """How an Elder or Knowledge Keeper is cited, as Canadian style guides ask."""

    title: str = ""
    nation: str = ""
    treaty_territory: str = ""
    community: str = ""
    """City or community where they live."""
    teaching: str = ""
    """What the teaching was about."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person who recorded a reflection; `stakeholder` is a code of the stakeholder list."""

    id: str
    code: str
    name: str
    role: str = ""
    """Their own words for what they do, in their own language."""
    stakeholder: str = ""
    organization: str = ""
    province: str = ""
    """Two-letter code of a Canadian province or territory."""
    language: str = "en"
    kind: ContributorKind = ContributorKind.PERSON
    majority_on: date | None = None
    """The day a minor comes of age and must be asked again; None for adults."""
    guardian: Guardian | None = None
    labels: tuple[Label, ...] = ()
    """Of a community: what must stand beside whatever is shared of it."""
    citation: Citation | None = None

    @property
    def first_name(self) -> str:
        """Return the name a friend would use: without title or family name."""
        words = [word for word in self.name.split() if not word.endswith(".")]
        return words[0] if words else self.name

    @property
    def is_community(self) -> bool:
        """Tell whether this is a community and not one person."""
        return self.kind is ContributorKind.COMMUNITY

    def is_minor(self, on: date) -> bool:
        """Tell whether the person has not come of age on that day."""
        return self.majority_on is not None and on < self.majority_on
