"""Renewing: what runs out soon, what depends on it, and asking again in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storybank.domain.agreement import Agreement
from storybank.domain.consent import PERMITTING, Consent, ConsentState, Role, Stage, Taken
from storybank.domain.contributor import Contributor
from storybank.domain.export import Export, ExportStatus
from storybank.errors import Invalid
from storybank.ports import OpenWork, Ticket, UnitOfWork
from storybank.services.consenting import Consenting
from storybank.words import say

WARNINGS = (7, 14, 30, 90)
"""Days before the end at which the board says so, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A consent that runs out, and what is out there that rests on it."""

    person: Contributor
    consent: Consent
    ends_on: date
    """Its last day, or the day the person comes of age and must be asked again."""
    days: int
    """How many days are left; negative when it is over."""
    live: tuple[Export, ...]
    """Exports in use that rest on it."""
    renewal: Consent | None = None
    """The question to renew it, where it was asked already."""

    @property
    def within(self) -> int | None:
        """Return the warning it falls under; None when it is over or further away than the last of them."""
        return next((days for days in WARNINGS if 0 <= self.days <= days), None)


class Renewing:
    """Everything one can do so that no consent runs out unnoticed."""

    def __init__(self, open_work: OpenWork, consenting: Consenting) -> None:
        self._open_work = open_work
        self._consenting = consenting

    def board(self, within_days: int = WARNINGS[-1]) -> list[Lapsing]:
        """Return what has run out or will within some days, the most pressing first."""
        today = self._consenting.today()
        with self._open_work() as work:
            people = {person.id: person for person in work.contributors.all()}
            consents = work.consents.all()
            exports = [e for e in work.ledger.all() if e.stored_status is ExportStatus.ACTIVE]
        found = []
        for consent in consents:
            end = _last_day(consent, people[consent.contributor_id])
            if end is None or consent.last_state not in PERMITTING or consent.stage is not Stage.RELEASE:
                continue
            days = (end - today).days
            if days <= within_days:
                live = tuple(e for e in exports if any(consent.code in item.consents for item in e.items))
                found.append(Lapsing(people[consent.contributor_id], consent, end, days, live,
                                     _renewal_of(consent, consents)))
        return sorted(found, key=lambda one: (one.ends_on, one.consent.code))

    def ask(self, consent_id: str, ticket: Ticket, by: str = "") -> Consent:
        """Begin a renewal: a new question that leaves the old answer standing until there is a new one."""
        with self._open_work() as work:
            old = work.consents.get(consent_id)
            _check_can_renew(work, old)
        taken = Taken(old.taken.notice_id, language=old.taken.language)
        question = Agreement(
            old.contributor_id, old.provisions, old.attribution, ConsentState.REQUESTED, None, None, old.story_ids,
            old.stage, old.wishes, taken, Role.ORGANIZATION, by, supersedes_id=old.id,
        )  # fmt: skip
        return self._consenting.put_on_file(question, [], ticket)


def _check_can_renew(work: UnitOfWork, old: Consent) -> None:
    if old.last_state not in PERMITTING:
        raise Invalid(say("Consent {code} does not stand, so there is nothing to renew.", code=old.code),
                      hint=say("Record a new one."))
    if asked := _renewal_of(old, work.consents.of(old.contributor_id)):
        raise Invalid(say("Its renewal was asked for already: {code}.", code=asked.code))


def _renewal_of(consent: Consent, others: Sequence[Consent]) -> Consent | None:
    waiting = (ConsentState.REQUESTED, ConsentState.DEFERRED)
    return next((c for c in others if c.supersedes_id == consent.id and c.last_state in waiting), None)


def _last_day(consent: Consent, person: Contributor) -> date | None:
    """Return the last day of an agreement, or the day before which a minor must be asked again."""
    by_guardian = consent.events and consent.events[-1].role is Role.GUARDIAN
    ends = [consent.valid_until, person.majority_on if by_guardian else None]
    return min((day for day in ends if day), default=None)
