"""Draft: a brief, a kit or a site while it is being written: what the library keeps of it, version by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from storybank.domain.twin import NOTHING, Twin


class DraftKind(StrEnum):
    """What will become of it."""

    BRIEF = "brief"
    KIT = "kit"
    SITE = "site"


class Form(StrEnum):
    """The form of a brief; what each asks for is in `brief_forms`."""

    ONE_PAGER = "one-pager"
    ONE_THREE = "1-3"
    ONE_THREE_TWENTY_FIVE = "1-3-25"
    TWO_PAGE = "two-page"
    SUBMISSION = "submission"


class Stance(StrEnum):
    """Whether a brief argues or weighs; it says so on its first page."""

    ADVOCACY = "advocacy"
    OBJECTIVE = "objective"


class EvidenceKind(StrEnum):
    """What a claim rests on."""

    REVIEW = "review"
    STUDY = "study"
    PROGRAM_DATA = "program_data"
    MODEL = "model"
    LIVED_EXPERIENCE = "lived_experience"


class Certainty(StrEnum):
    """How sure one may be of a claim (GRADE's four levels, and not assessed)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"
    NOT_ASSESSED = "not_assessed"


class Part(StrEnum):
    """What a kit holds: one folder for each kind of place it is meant for."""

    ONLINE = "online"
    PODCAST = "podcast"
    PRINT = "print"
    EVENTS = "events"


PART_USES: Mapping[Part, tuple[str, ...]] = {
    Part.PODCAST: ("media",), Part.PRINT: ("print",), Part.EVENTS: ("event",),
}  # fmt: skip
"""What a quote must be allowed for, besides the kit's own uses, to go into a part."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something published that a figure or a claim rests on."""

    id: str
    citation: Twin
    url: str = ""
    read_on: str = ""
    """ISO 8601 date on which somebody of the house read it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of the evidence table."""

    id: str
    claim: Twin
    finding: Twin = NOTHING
    kind: EvidenceKind = EvidenceKind.STUDY
    certainty: Certainty = Certainty.NOT_ASSESSED
    limits: Twin = NOTHING
    sources: tuple[str, ...] = ()
    """Ids of sources of the same draft."""
    quotes: tuple[str, ...] = ()
    """Short codes of quotes, for lived experience."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that could be done, weighed as SUPPORT tool 13 asks."""

    id: str
    title: Twin
    elements: Twin = NOTHING
    benefits: Twin = NOTHING
    harms: Twin = NOTHING
    costs: Twin = NOTHING
    uncertainty: Twin = NOTHING
    views: tuple[str, ...] = ()
    """Short codes of quotes: what stakeholders say of it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A quote in its place."""

    quote: str
    """Its short code."""
    place: str = ""
    """Key of the section or building block it stands in; empty where its own first block is."""
    lead: bool = False
    """It stands on page 1 of a brief, or first in a kit."""
    note: Twin = NOTHING
    """What the author says to introduce it."""


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """Whom the media may call: somebody of the house, never somebody from a story."""

    name: str
    role: Twin = NOTHING
    languages: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document of the library, in both languages at once, so that its twins have the same ids."""

    id: str
    code: str
    kind: DraftKind
    title: Twin
    languages: tuple[str, ...] = ("en",)
    """In which it is to be made."""
    form: Form = Form.ONE_THREE
    stance: Stance = Stance.ADVOCACY
    audience: Twin = NOTHING
    organization: Twin = NOTHING
    author: Twin = NOTHING
    """Who signs it."""
    contact: str = ""
    link: str = ""
    uses: tuple[str, ...] = ()
    until: date | None = None
    """The last day on which it is meant to be used."""
    recipient: str = ""
    asks: tuple[Twin, ...] = ()
    messages: tuple[Twin, ...] = ()
    sections: Mapping[str, Twin] = field(default_factory=dict)
    """What the author wrote, by the section's key; a blank line ends a paragraph, a line that begins with `- ` is a
    bullet, `[1]` is a note to the source of that number and `[Q-0123]` names a quote."""
    quotes: tuple[Chosen, ...] = ()
    """In their order."""
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    options: tuple[Option, ...] = ()
    spokespeople: tuple[Spokesperson, ...] = ()
    template: str = ""
    """Name of a letterhead kept in the library; empty for ours."""
    theme: str = ""
    """Name of a theme of cards; empty for ours."""
    parts: tuple[Part, ...] = (Part.ONLINE,)
    """What a kit holds."""
    highlight: bool = False
    """Whether the words light up in the captions of clips as they are said."""
    version: int = 1
    saved_at: str = ""
    saved_by: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the short codes of its quotes, each once, in their order."""
        return tuple(dict.fromkeys(one.quote for one in self.quotes))

    @property
    def reference(self) -> str:
        """Return what the ledger calls it, as `D-0003.2`: its code and its version."""
        return f"{self.code}.{self.version}"


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """A version of a draft, as its list shows it."""

    version: int
    saved_at: str
    saved_by: str
    kept: bool
    """It left the house, or somebody asked to keep it: it is never written over."""
