"""Consenting: who agreed to what; recording it, taking it back, and answering "may I use this here, today?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from storybank.domain import names
from storybank.domain.clearance import Circle, Permission, assess, permission
from storybank.domain.consent import (
    PERMITTING,
    Attribution,
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    Evidence,
    Provision,
    Use,
)
from storybank.domain.contributor import Contributor
from storybank.domain.events import ConsentRecorded, ConsentWithdrawn, ContributorSaved
from storybank.domain.export import Export
from storybank.domain.lists import ConsentBadge
from storybank.domain.story import Story
from storybank.domain.vocabulary import language_code, province_code
from storybank.errors import Invalid, NotFound
from storybank.ports import Clock, OpenWork, Store, Ticket, UnitOfWork
from storybank.words import say


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal reached: the consents taken back, and every export that already left the house."""

    contributor: Contributor
    consents: tuple[Consent, ...]
    stories: tuple[Story, ...]
    exports: tuple[Export, ...]


class Consenting:
    """Everything one can do with people and their agreements."""

    def __init__(self, open_work: OpenWork, store: Store, clock: Clock) -> None:
        self._open_work = open_work
        self._store = store
        self._clock = clock

    def today(self) -> date:
        """Return today's date, where the clock is."""
        return self._clock().date()

    def people(self) -> list[Contributor]:
        """Return everyone in the library."""
        with self._open_work() as work:
            return work.contributors.all()

    def person(self, name_or_code: str) -> Contributor:
        """Return the person of that short code or name; raise `NotFound`."""
        with self._open_work() as work:
            return _found(work, name_or_code)

    def add_person(self, name: str, *, role: str = "", stakeholder: str = "", organization: str = "",
                   province: str = "", language: str = "en") -> Contributor:
        """Put a person on file."""
        if not names.plain(name):
            raise Invalid(say("A person needs a name."))
        with self._open_work() as work:
            if stakeholder:
                work.codebook.code(stakeholder)
            person = Contributor(names.new_id(), work.next_code("person"), names.plain(name), role, stakeholder,
                                 organization, province_code(province), language_code(language))
            work.contributors.save(person)
            work.record(ContributorSaved(person.id))
            work.commit()
        return person

    def save_person(self, person: Contributor) -> None:
        """Change what is known about a person."""
        with self._open_work() as work:
            work.contributors.get(person.id)
            work.contributors.save(person)
            work.record(ContributorSaved(person.id))
            work.commit()

    def record(self, contributor_id: str, uses: Sequence[str], attribution: Attribution, ticket: Ticket, *,
               given_on: date | None = None, until: date | None = None, evidence: Path | None = None,
               story_ids: Sequence[str] = (), state: ConsentState = ConsentState.GIVEN, by: str = "") -> Consent:
        """Put a person's answer on file; an earlier one with the same coverage is superseded, and stays.

        `state` is *given* for an agreement, *requested* while the answer is awaited, *refused* for a no.
        """
        if state in PERMITTING and not uses:
            raise Invalid(say("A consent that is given needs at least one use."),
                          hint=say("Name what the person agreed to, or record that they were asked."))
        if given_on and until and until < given_on:
            raise Invalid(say("This consent would end on {until}, before it was given on {given}.", until=until,
                              given=given_on))
        if evidence and evidence.is_file() and not evidence.stat().st_size:
            raise Invalid(say("{file} is empty: it proves nothing.", file=evidence.name))
        kept = self._store.take_in(evidence, ticket) if evidence else None
        proof = (Evidence(evidence.name, kept.place, kept.sha256),) if evidence and kept else ()
        with self._open_work() as work:
            person = work.contributors.get(contributor_id)
            provisions = tuple(Provision(Decision.PERMIT, work.codebook.use(key).key) for key in dict.fromkeys(uses))
            given = given_on or (self.today() if state in PERMITTING else None)
            consent = Consent(
                names.new_id(), work.next_code("consent"), person.id, attribution, provisions,
                (ConsentEvent(state, self._now(), by),), given, until, frozenset(story_ids), proof,
            )
            self._supersede(work, consent)
            work.consents.save(consent)
            work.record(ConsentRecorded(consent.id, person.id))
            work.commit()
        return consent

    def withdraw(self, contributor_id: str, *, reason: str = "", by: str = "") -> Withdrawal:
        """Take back everything a person agreed to, at once, and say what has already left the house.

        The proof that consent once existed stays. A person without consent on file gets a withdrawn one, so
        that their wish is on record.
        """
        with self._open_work() as work:
            person = work.contributors.get(contributor_id)
            event = ConsentEvent(ConsentState.WITHDRAWN, self._now(), by, reason)
            standing = [c for c in work.consents.of(person.id) if not _is_over(c)]
            taken_back = [replace(c, events=(*c.events, event)) for c in standing]
            if not taken_back and not work.consents.of(person.id):
                taken_back = [Consent(names.new_id(), work.next_code("consent"), person.id, Attribution.ANONYMOUS,
                                      (), (event,))]
            for consent in taken_back:
                work.consents.save(consent)
                work.record(ConsentWithdrawn(consent.id, person.id))
            stories = work.stories.of_contributor(person.id)
            exports = {e.id: e for story in stories for e in work.ledger.with_story(story.id)}
            work.commit()
        return Withdrawal(person, tuple(taken_back), tuple(stories), tuple(exports.values()))

    def consents_of(self, contributor_id: str) -> list[Consent]:
        """Return a person's consents, oldest first."""
        with self._open_work() as work:
            return work.consents.of(contributor_id)

    def uses(self) -> list[Use]:
        """Return the uses that people are asked about."""
        with self._open_work() as work:
            return work.codebook.uses()

    def use(self, key: str) -> Use:
        """Return the use of that key; raise `Invalid` naming the keys there are."""
        with self._open_work() as work:
            return work.codebook.use(key)

    def permission(self, story_id: str, use_keys: Sequence[str], until: date | None = None) -> Permission:
        """Return the gate's answer for a story and some uses, today and still on `until`."""
        with self._open_work() as work:
            uses = [work.codebook.use(key) for key in use_keys]
            return assess(circle_of(work, story_id), uses, self.today(), until)

    def badge(self, story_id: str) -> ConsentBadge:
        """Return where a story stands with consent."""
        with self._open_work() as work:
            return badge_of(circle_of(work, story_id), work.codebook.uses(), self.today())

    def _now(self) -> str:
        return self._clock().isoformat()

    def _supersede(self, work: UnitOfWork, newer: Consent) -> None:
        """Close earlier agreements with the same coverage; a withdrawn one stays as it is."""
        event = ConsentEvent(ConsentState.SUPERSEDED, self._now(), reason=newer.code)
        for earlier in work.consents.of(newer.contributor_id):
            if earlier.story_ids == newer.story_ids and not _is_over(earlier):
                work.consents.save(replace(earlier, events=(*earlier.events, event)))


def circle_of(work: UnitOfWork, story_id: str) -> Circle:
    """Return everyone a story needs to ask."""
    story = work.stories.get(story_id)
    people = {p.contributor_id: work.contributors.get(p.contributor_id) for p in story.participants}
    return Circle(story, people, [consent for person in people for consent in work.consents.of(person)])


def circles_of(work: UnitOfWork) -> list[Circle]:
    """Return everyone each story needs to ask, in the order the stories came in; three questions for all of them."""
    people = {person.id: person for person in work.contributors.all()}
    consents: dict[str, list[Consent]] = {}
    for consent in work.consents.all():
        consents.setdefault(consent.contributor_id, []).append(consent)
    return [_circle(story, people, consents) for story in work.stories.all()]


def _circle(story: Story, people: Mapping[str, Contributor], consents: Mapping[str, Sequence[Consent]]) -> Circle:
    own = {p.contributor_id: people[p.contributor_id] for p in story.participants}
    return Circle(story, own, [consent for person in own for consent in consents.get(person, ())])


def badge_of(circle: Circle, uses: Sequence[Use], on: date) -> ConsentBadge:
    """Return where a story stands: the most restrictive state of its people, and what is allowed today."""
    answers = {use.key: permission(circle, use, on) for use in uses}
    allowed = tuple(key for key, answer in answers.items() if answer.allowed)
    until = min((a.until for a in answers.values() if a.allowed and a.until), default=None)
    return ConsentBadge(circle.story.id, _state_of(circle, on), until, allowed)


_RESTRICTIVE = (
    ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.REFUSED, ConsentState.EXPIRED,
    ConsentState.DEFERRED, ConsentState.REQUESTED, ConsentState.NARROWED, ConsentState.RENEWED, ConsentState.GIVEN,
)


def _state_of(circle: Circle, on: date) -> ConsentState | None:
    states = []
    for person in circle.people:
        own = [c for c in circle.consents if c.contributor_id == person and c.covers_story(circle.story.id)]
        current = [c.state(on) for c in own if c.state(on) in _RESTRICTIVE]
        if not current:
            return None
        standing = [state for state in current if state in PERMITTING]
        states.append(standing[-1] if standing and current[-1] in PERMITTING else current[-1])
    return min(states, key=_RESTRICTIVE.index, default=None)


def _is_over(consent: Consent) -> bool:
    last = consent.events[-1].state if consent.events else None
    return last in (ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.SUPERSEDED,
                    ConsentState.ENTERED_IN_ERROR)


def _found(work: UnitOfWork, name_or_code: str) -> Contributor:
    if person := work.contributors.find(name_or_code):
        return person
    raise NotFound(say("There is no person called {name} in this library.", name=name_or_code),
                   hint=say("`storybank people` lists everyone."))
