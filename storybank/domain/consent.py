"""Consent: who agreed to what, decision by decision, and everything that happened to the agreement since.

A consent is a record with provisions (what was decided) and events (what happened, only ever added to).
It permits nothing unless its last event is *given* or *renewed*, and one of its provisions permits the use.
The shape follows ISO/IEC TS 27560 and HL7 FHIR Consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
        """Tell whether a name may stand beside the words; a face may be shown only then."""
        return self in (Attribution.FULL, Attribution.FULL_NAME, Attribution.FIRST_NAME)

    @property
    def rank(self) -> int:
        """Return how much is told: 6 for everything, 0 for nothing."""
        return len(Attribution) - 1 - list(Attribution).index(self)


class Decision(StrEnum):
    """What a provision says."""

    PERMIT = "permit"
    DENY = "deny"
    ASK_FIRST = "ask_first"


class ConsentState(StrEnum):
    """What an event made of a consent. Only *given* and *renewed* permit use; *expired* is computed, never stored."""

    REQUESTED = "requested"
    DEFERRED = "deferred"
    REFUSED = "refused"
    GIVEN = "given"
    RENEWED = "renewed"
    NARROWED = "narrowed"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    ENTERED_IN_ERROR = "entered_in_error"
    EXPIRED = "expired"


PERMITTING = frozenset({ConsentState.GIVEN, ConsentState.RENEWED})
"""The states in which a consent permits anything at all."""


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody wants to do with a quote; the list of uses is the organisation's to edit."""

    key: str
    purpose: str
    channel: str
    audience: str
    label_en: str
    label_fr: str
    territory: str = "CA"

    def label(self, language: str) -> str:
        """Return the use as people say it."""
        return self.label_fr if language == "fr" else self.label_en

    said_in = label


@dataclass(frozen=True, slots=True)
class Provision:
    """One decision of a person. A field left None covers every value of it."""

    decision: Decision
    use: str | None = None
    """The key of a use; None for every use."""
    territory: str | None = None
    material: str | None = None
    attribution: Attribution | None = None
    """Where set, the most that may be told for this use; else the consent's own level."""
    starts_on: date | None = None
    ends_on: date | None = None
    condition: str = ""

    def covers(self, use: Use, on: date) -> bool:
        """Tell whether this decision speaks about `use` on that day."""
        return (
            self.use in (None, use.key)
            and self.territory in (None, use.territory)
            and (self.starts_on is None or self.starts_on <= on)
            and (self.ends_on is None or on <= self.ends_on)
        )


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """Something that happened to a consent. A mistake is corrected by a later event; both stay."""

    state: ConsentState
    at: str
    """When it happened: ISO 8601, UTC."""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves the agreement: a signed form, an e-mail, a moment on camera."""

    original_name: str
    place: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Consent:
    """One person's agreement: general, or for the stories named in `story_ids`."""

    id: str
    code: str
    contributor_id: str
    attribution: Attribution
    provisions: tuple[Provision, ...]
    events: tuple[ConsentEvent, ...]
    given_on: date | None = None
    valid_until: date | None = None
    """The last day on which it holds; None when it has no end."""
    story_ids: frozenset[str] = frozenset()
    """Empty: it covers every story of the person."""
    evidence: tuple[Evidence, ...] = ()

    def covers_story(self, story_id: str) -> bool:
        """Tell whether this agreement speaks about that story."""
        return not self.story_ids or story_id in self.story_ids

    def state(self, on: date) -> ConsentState:
        """Return where the agreement stands on that day; an agreement past its last day is expired."""
        last = self.events[-1].state if self.events else ConsentState.REQUESTED
        if last in PERMITTING and self.valid_until is not None and self.valid_until < on:
            return ConsentState.EXPIRED
        return last

    def stands(self, on: date) -> bool:
        """Tell whether the agreement permits anything on that day."""
        return self.state(on) in PERMITTING and (self.given_on is None or self.given_on <= on)

    def decision(self, use: Use, on: date) -> tuple[Decision, Provision | None]:
        """Return what was decided about `use`, and where. Deny beats ask first beats permit; silence is deny."""
        speaking = [provision for provision in self.provisions if provision.covers(use, on)]
        for decision in (Decision.DENY, Decision.ASK_FIRST, Decision.PERMIT):
            for provision in speaking:
                if provision.decision is decision:
                    return decision, provision
        return Decision.DENY, None
