"""Consenting: who agreed to what; recording it, renewing it, and answering "may I use this here, today?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from storybank.domain import names
from storybank.domain.agreement import Agreement, check, contradictions
from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Gate, Permission
from storybank.domain.consent import (
    NOES,
    OVER,
    PERMITTING,
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    Evidence,
    Provision,
    Role,
    Stage,
)
from storybank.domain.events import ConsentRecorded
from storybank.domain.lists import ConsentBadge
from storybank.domain.receipt import Receipt
from storybank.domain.recognition import recognisable
from storybank.domain.use import Act, Asked, Material, TermKind, Use
from storybank.errors import Invalid, Refused
from storybank.ports import Clock, OpenWork, Store, Ticket, UnitOfWork
from storybank.services.circles import badge_of, circle_of, may_be_processed
from storybank.services.proving import Proof, take_evidence
from storybank.services.receipting import keep, receipt_of
from storybank.words import Sentence, say


class Consenting:
    """Everything one can do with agreements."""

    def __init__(self, open_work: OpenWork, store: Store, clock: Clock) -> None:
        self._open_work = open_work
        self._store = store
        self._clock = clock

    def today(self) -> date:
        """Return today's date, where the clock is."""
        return self._clock().date()

    def record(self, contributor_id: str, uses: Sequence[str], attribution: Attribution, ticket: Ticket, *,
               given_on: date | None = None, until: date | None = None, evidence: Path | None = None,
               story_ids: Sequence[str] = (), state: ConsentState = ConsentState.GIVEN, by: str = "") -> Consent:
        """Put a plain answer on file: a yes to some uses, a question that was asked, or a no."""
        provisions = tuple(Provision(Decision.PERMIT, use) for use in dict.fromkeys(uses))
        agreement = Agreement(contributor_id, provisions, attribution, state, given_on, until, frozenset(story_ids),
                              by=by)
        return self.put_on_file(agreement, [Proof(evidence)] if evidence else [], ticket)

    def put_on_file(self, agreement: Agreement, proofs: Sequence[Proof], ticket: Ticket) -> Consent:
        """Put a person's answer on file; an earlier one with the same coverage is superseded, and stays.

        What counts is when it was signed and not when it was entered: a form that was signed before another one, or
        before somebody took a use back, undoes neither.
        `state` is *given* for an agreement, *requested* while the answer is awaited, *refused* for a no.
        Raises `Invalid` for what nobody can mean, before anything is changed.
        """
        check(agreement)
        with self._open_work() as work:
            self._check_names(work, agreement)
        evidence = [take_evidence(self._open_work, self._store, one, self.today(), ticket) for one in proofs]
        with self._open_work() as work:
            consent = self._consent(work, agreement, evidence)
            if later := _signed_later(work, consent, self.today()):
                consent = replace(consent, events=(*consent.events, self._superseded_by(later)))
            else:
                self._supersede(work, consent)
            saved = keep(work, consent, self._clock())
            work.record(ConsentRecorded(saved.id, saved.contributor_id))
            work.commit()
        return saved

    def contradictions(self, agreement: Agreement) -> list[Sentence]:
        """Return what in an answer speaks against itself, to be shown while it is entered."""
        return contradictions(agreement)

    def enter(self, consent_id: str, state: ConsentState, *, reason: str = "", by: str = "",
              role: Role = Role.PERSON) -> Consent:
        """Note what happened to a consent: revoked, invalidated, deferred, refused, or entered in error."""
        if state in PERMITTING or state is ConsentState.EXPIRED:
            raise Invalid(say("A yes needs a record of its own: what was agreed to, and until when."))
        if state is ConsentState.WITHDRAWN:
            raise Refused(say("Taking consent back opens a case, so that everything already out is called back."),
                          hint=say("Use `storybank withdraw`."))
        if state not in _BY_HAND:
            raise Invalid(say("This cannot be noted by hand: it needs a record of its own."))
        with self._open_work() as work:
            consent = work.consents.get(consent_id)
            if consent.last_state in OVER and state is not ConsentState.ENTERED_IN_ERROR:
                raise Invalid(say("Nothing more can happen to consent {code}: it is closed.", code=consent.code),
                              hint=say("Record a new one, or mark this one as entered in error."))
            if consent.last_state is ConsentState.REFUSED and state is ConsentState.DEFERRED:
                raise Invalid(say("{code} was refused: whatever comes after needs a record of its own.",
                                  code=consent.code))
            event = ConsentEvent(state, self._now(), by, reason, role)
            saved = keep(work, replace(consent, events=(*consent.events, event)), self._clock())
            work.record(ConsentRecorded(saved.id, saved.contributor_id))
            work.commit()
        return saved

    def consent(self, code: str) -> Consent:
        """Return the agreement of that identifier or short code."""
        with self._open_work() as work:
            return work.consents.get(code)

    def all(self) -> list[Consent]:
        """Return every consent on file."""
        with self._open_work() as work:
            return work.consents.all()

    def consents_of(self, contributor_id: str) -> list[Consent]:
        """Return a person's consents, oldest first."""
        with self._open_work() as work:
            return work.consents.of(contributor_id)

    def receipt(self, consent_id: str) -> Receipt:
        """Return the receipt of an agreement as it stands, for the person to keep."""
        with self._open_work() as work:
            return receipt_of(work, work.consents.get(consent_id), self._clock())

    def uses(self) -> list[Use]:
        """Return the uses that people are asked about."""
        with self._open_work() as work:
            return work.codebook.uses()

    def use(self, key: str) -> Use:
        """Return the use of that key; raise `Invalid` naming the keys there are."""
        with self._open_work() as work:
            return work.codebook.use(key)

    def permission(self, story_id: str, use_keys: Sequence[str], until: date | None = None, *,
                   materials: Sequence[Material] = (Material.QUOTE,), acts: Sequence[Act] = (),
                   attribution: Attribution | None = None, quote: str = "",
                   territory: str | None = None) -> Permission:
        """Return the gate's answer for a story, or one quote of it, today and on every day to `until`.

        `territory` asks about another place than that of the uses.
        """
        if until and until < self.today():
            raise Invalid(say("The last day of use, {day}, is over already.", day=until))
        with self._open_work() as work:
            uses = tuple(work.codebook.use(key) for key in use_keys)
            if territory:
                _check_terms(work, Provision(Decision.PERMIT, territory=territory))
                uses = tuple(replace(use, territory=territory) for use in uses)
            asked = Asked(uses, self.today(), until, tuple(materials), tuple(acts), attribution)
            circle = circle_of(work, story_id)
            gate = Gate(asked)
            return gate.of_quote(circle, work.quotes.find(quote)) if quote else gate.of_story(circle)

    def warnings(self, story_id: str, answer: Permission) -> list[Sentence]:
        """Return what to think of before a story is used as permitted: who could be recognised without a name."""
        if not answer.allowed:
            return []
        with self._open_work() as work:
            everyone = [person for person in work.contributors.all() if not person.is_community]
            inside = circle_of(work, story_id).everyone
        own = [person for person in everyone if person.id in inside]
        found = [recognisable(person, answer.attribution, answer.features, everyone) for person in own]
        return [warning for warning in found if warning]

    def may_process(self, story_id: str, act: Act) -> Permission:
        """Return whether a machine in the house may transcribe or analyse a story."""
        with self._open_work() as work:
            return may_be_processed(work, story_id, act, self.today())

    def badge(self, story_id: str) -> ConsentBadge:
        """Return where a story stands with consent."""
        with self._open_work() as work:
            return badge_of(circle_of(work, story_id), work.codebook.uses(), self.today())

    def _now(self) -> str:
        return self._clock().isoformat()

    def _consent(self, work: UnitOfWork, agreement: Agreement, evidence: Sequence[Evidence]) -> Consent:
        given = agreement.given_on or (self.today() if agreement.state in PERMITTING else None)
        role = Role.ORGANIZATION if agreement.state is ConsentState.REQUESTED else agreement.role  # it is we who ask
        event = ConsentEvent(agreement.state, self._now(), agreement.by, agreement.reason, role)
        return Consent(
            names.new_id(), work.next_code("consent"), agreement.contributor_id, agreement.attribution,
            (*agreement.provisions, *_taken_back_since(work, agreement, given)), (event,), given, agreement.until,
            agreement.story_ids, tuple(evidence), agreement.stage, agreement.wishes, agreement.taken,
            agreement.supersedes_id,
        )  # fmt: skip

    def _check_names(self, work: UnitOfWork, agreement: Agreement) -> None:
        """See that everything an answer names is there, and that the person has to do with the stories."""
        person = work.contributors.get(agreement.contributor_id)
        own = {story.id for story in work.stories.of_contributor(person.id)}
        for story_id in agreement.story_ids:
            story = work.stories.get(story_id)
            if story_id not in own and not agreement.supersedes_id:
                raise Invalid(say("{person} is not in story {code}.", person=person.name, code=story.code),
                              hint=say("Say first who is in it."))
        if agreement.taken.notice_id:
            work.notices.get(agreement.taken.notice_id)
        for provision in agreement.provisions:
            if provision.use is not None:
                work.codebook.use(provision.use)
            _check_terms(work, provision)

    def _supersede(self, work: UnitOfWork, newer: Consent) -> None:
        """Close earlier agreements with the same coverage and stage; a no stays as it is, and the gate weighs it.

        A question that only asks to renew one closes nothing: the old answer stands until there is a new one.
        """
        if newer.supersedes_id and newer.last_state in (ConsentState.REQUESTED, ConsentState.DEFERRED):
            return
        for earlier in work.consents.of(newer.contributor_id):
            same = _coverage(earlier) == _coverage(newer) or earlier.id == newer.supersedes_id
            if same and earlier.is_open and earlier.last_state not in NOES:
                keep(work, replace(earlier, events=(*earlier.events, self._superseded_by(newer))), self._clock())

    def _superseded_by(self, newer: Consent) -> ConsentEvent:
        return ConsentEvent(ConsentState.SUPERSEDED, self._now(), reason=newer.code, role=Role.ORGANIZATION)


_BY_HAND = NOES | {ConsentState.DEFERRED, ConsentState.ENTERED_IN_ERROR}
"""What can be noted about a record that is on file; all else comes of another record."""


def _signed_later(work: UnitOfWork, consent: Consent, today: date) -> Consent | None:
    """Return the agreement with the same coverage that was signed after this one, where there is one in force."""
    if consent.last_state not in PERMITTING or consent.given_on is None:
        return None
    newer = [
        c for c in work.consents.of(consent.contributor_id)
        if c.last_state in PERMITTING and _coverage(c) == _coverage(consent)
        and c.given_on and consent.given_on < c.given_on <= today
    ]  # fmt: skip
    return newer[-1] if newer else None


def _taken_back_since(work: UnitOfWork, agreement: Agreement, given: date | None) -> list[Provision]:
    """Return a no to each use that the person took back after they signed this."""
    since = [
        case for case in work.cases.all()
        if given and case.contributor_id == agreement.contributor_id and case.received_at[:10] > given.isoformat()
        and (not case.story_ids or (agreement.story_ids and agreement.story_ids <= set(case.story_ids)))
    ]  # fmt: skip
    return [Provision(Decision.DENY, use) for case in since for use in case.uses]


def _coverage(consent: Consent) -> tuple[frozenset[str], Stage, frozenset[str]]:
    """Return what an agreement is about: stories, a stage, and the quotes where it answers about them alone."""
    quotes = {provision.quote_id for provision in consent.provisions}
    return consent.story_ids, consent.stage, frozenset(quote for quote in quotes if quote and None not in quotes)


def _check_terms(work: UnitOfWork, provision: Provision) -> None:
    """See that a decision speaks of purposes, channels, audiences and territories that are on the lists."""
    for kind in TermKind:
        key = getattr(provision, kind.value)
        keys = [term.key for term in work.house.terms(kind)] if key else []
        if key and key not in keys:
            raise Invalid(say("{key} is not in the list: {keys}.", key=key, keys=", ".join(keys)))
