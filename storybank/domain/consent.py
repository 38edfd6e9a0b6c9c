"""Consent: who agreed to what, decision by decision, and everything that happened to the agreement since.

A consent is a record with provisions (what was decided) and events (what happened, only ever added to).
It permits nothing unless its last event is *given* or *renewed*, and one of its provisions permits the use.
The shape follows ISO/IEC TS 27560, the states of the W3C Data Privacy Vocabulary, and HL7 FHIR Consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from storybank.domain.attribution import UNSAID, Attribution, Wishes
from storybank.domain.use import Act, Material, Question, lies_within, overlap


class Decision(StrEnum):
    """What a provision says; the first that speaks in this order decides."""

    DENY = "deny"
    ASK_FIRST = "ask_first"
    CONDITIONAL = "conditional"
    PERMIT = "permit"


GRANTS = frozenset({Decision.PERMIT, Decision.CONDITIONAL})


class ConsentState(StrEnum):
    """What an event made of a consent. Only *given* and *renewed* permit use; *expired* is computed, never stored."""

    REQUESTED = "requested"
    DEFERRED = "deferred"
    REFUSED = "refused"
    GIVEN = "given"
    RENEWED = "renewed"
    NARROWED = "narrowed"
    """Closed by a newer agreement to less."""
    WITHDRAWN = "withdrawn"
    """Taken back by the person."""
    REVOKED = "revoked"
    """Taken back by the organisation."""
    INVALIDATED = "invalidated"
    """Found void: by an authority, or because it was not properly given."""
    SUPERSEDED = "superseded"
    ENTERED_IN_ERROR = "entered_in_error"
    EXPIRED = "expired"


PERMITTING = frozenset({ConsentState.GIVEN, ConsentState.RENEWED})
"""The states in which a consent permits anything at all."""

CLOSED = frozenset({ConsentState.SUPERSEDED, ConsentState.NARROWED, ConsentState.ENTERED_IN_ERROR})
"""The states of a record that a later one speaks for, or that should never have been."""

NOES = frozenset({
    ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.REFUSED, ConsentState.INVALIDATED,
})  # fmt: skip
"""The states that speak against whatever came before."""

OVER = CLOSED | {ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.INVALIDATED}
"""The states after which nothing more happens to a record, save that it was an error."""


class Stage(StrEnum):
    """What a consent is for: to be recorded, or to have the recording used. Only a release permits use."""

    RECORD = "record"
    RELEASE = "release"


class Method(StrEnum):
    """How the answer was given."""

    PAPER = "paper"
    SIGNATURE = "e_signature"
    ON_CAMERA = "on_camera"
    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"


class Role(StrEnum):
    """In which role somebody made something happen to a consent."""

    PERSON = "person"
    GUARDIAN = "guardian"
    COMMUNITY = "community"
    ORGANIZATION = "organization"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Provision:
    """One decision of a person. A field left None covers every value of it."""

    decision: Decision
    use: str | None = None
    """The key of a use; None for every use."""
    territory: str | None = None
    material: Material | None = None
    attribution: Attribution | None = None
    """Where set, the most that may be told for this use; else the consent's own level."""
    starts_on: date | None = None
    ends_on: date | None = None
    condition: str = ""
    """For a conditional permission, the condition in the person's words."""
    purpose: str | None = None
    channel: str | None = None
    audience: str | None = None
    act: Act = Act.USE
    quote_id: str | None = None
    """Where set, this decision is about that quote alone: the answer to "ask me first"."""

    def grants(self, question: Question) -> bool:
        """Tell whether this decision permits all that is asked."""
        return (
            self.decision in GRANTS and self._speaks_of(question)
            and lies_within(question.use.territory, self.territory)
        )  # fmt: skip

    def restricts(self, question: Question) -> bool:
        """Tell whether this decision stands in the way of any part of what is asked, or puts a condition on it."""
        return self.decision is not Decision.PERMIT and self.touches(question)

    def touches(self, question: Question) -> bool:
        """Tell whether this decision is about any part of what is asked."""
        return self._speaks_of(question) and overlap(question.use.territory, self.territory)

    def holds_on(self, day: date) -> bool:
        """Tell whether that day lies in the period this decision is about; both ends belong to it."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    def _speaks_of(self, question: Question) -> bool:
        use = question.use
        return (
            self.act is question.act
            and self.use in (None, use.key)
            and self.purpose in (None, use.purpose)
            and self.channel in (None, use.channel)
            and self.audience in (None, use.audience)
            and self.material in (None, question.material)
            and self.quote_id in (None, question.quote_id)
            and self.holds_on(question.on)
        )


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """Something that happened to a consent. A mistake is corrected by a later event; both stay."""

    state: ConsentState
    at: str
    """When it happened: ISO 8601, UTC."""
    by: str = ""
    reason: str = ""
    role: Role = Role.PERSON
    seq: int = 0
    """Its place in the chain of every event of the library; 0 while it is not on file."""
    hash: str = ""
    """SHA-256 over the event, the record it speaks of, and the hash before it (`domain.chain`)."""


class EvidenceKind(StrEnum):
    """What a proof is."""

    SIGNED_FORM = "signed_form"
    ON_CAMERA = "on_camera"
    AUDIO = "audio"
    EMAIL = "email"
    LETTER = "letter"
    COMMUNITY_RESOLUTION = "community_resolution"
    ETHICS_APPROVAL = "ethics_approval"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves the agreement: a signed form, an e-mail, a moment on camera. Shown only on purpose."""

    original_name: str
    place: str
    sha256: str
    kind: EvidenceKind = EvidenceKind.SIGNED_FORM
    start_ms: int | None = None
    """For a spoken consent: where in the recording it begins and ends, in milliseconds."""
    end_ms: int | None = None
    received_on: date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """How an answer was taken: on which form, how, by whom, and who else was there."""

    notice_id: str = ""
    """The very text that was agreed to; empty when nobody recorded it."""
    method: Method | None = None
    language: str = ""
    witness: str = ""
    interpreter: str = ""
    captured_by: str = ""
    copy_given: str = ""
    """How and when the person got their copy, in a few words; empty when they did not."""


UNRECORDED = Taken()
"""Nobody wrote down how the answer was taken."""


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
    stage: Stage = Stage.RELEASE
    wishes: Wishes = UNSAID
    taken: Taken = UNRECORDED
    supersedes_id: str = ""
    """The agreement that this one renews or narrows."""

    def covers_story(self, story_id: str) -> bool:
        """Tell whether this agreement speaks about that story."""
        return not self.story_ids or story_id in self.story_ids

    def state(self, on: date) -> ConsentState:
        """Return where the agreement stands on that day; an agreement past its last day is expired."""
        last = self.last_state
        if last in PERMITTING and self.valid_until is not None and self.valid_until < on:
            return ConsentState.EXPIRED
        return last

    @property
    def last_state(self) -> ConsentState:
        """Return what the last event made of it."""
        return self.events[-1].state if self.events else ConsentState.REQUESTED

    @property
    def last_said(self) -> tuple[int, str]:
        """Return when something last happened to it, to tell which of two came later."""
        return (self.events[-1].seq, self.events[-1].at) if self.events else (0, "")

    @property
    def is_open(self) -> bool:
        """Tell whether something may still happen to it: it was not closed, taken back or found void."""
        return self.last_state not in OVER

    def holds(self, on: date) -> bool:
        """Tell whether it is in force on that day, be it to record or to use."""
        return self.state(on) in PERMITTING and (self.given_on is None or self.given_on <= on)

    def stands(self, on: date) -> bool:
        """Tell whether the agreement permits any use on that day."""
        return self.stage is Stage.RELEASE and self.holds(on)

    def turning_days(self) -> set[date]:
        """Return the days from which something in it may be answered differently than the day before."""
        starts = {self.given_on, *(p.starts_on for p in self.provisions)}
        ends = {self.valid_until, *(p.ends_on for p in self.provisions)}
        return {day for day in starts if day} | {day + timedelta(1) for day in ends if day and day < date.max}
