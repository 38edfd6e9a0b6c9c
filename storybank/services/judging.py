"""Judging: what may be said today of a quote that is already out: by the gate, the ledger and the cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Circle, Gate, Permission
from storybank.domain.consent import ConsentState
from storybank.domain.document import Standing
from storybank.domain.export import Export, ExportStatus
from storybank.domain.quote import Quote
from storybank.domain.reasons import dissents, not_standing, put_away
from storybank.domain.use import Asked, Material, Use
from storybank.domain.withdrawal import WithdrawalCase
from storybank.errors import NotFound
from storybank.ports import UnitOfWork
from storybank.services.circles import circle_of
from storybank.words import Sentence, say

_TAKEN_BACK = frozenset({ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.REFUSED, ConsentState.INVALIDATED})

GRAVEST_FIRST = (Standing.WITHDRAWN, Standing.BEYOND_SCOPE, Standing.LAPSED, Standing.ALTERED, Standing.UNKNOWN,
                 Standing.FINE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a quote where it was found, and how fully its speaker may be named."""

    faults: tuple[tuple[Standing, Sentence], ...]
    granted: tuple[Sentence, ...] = ()
    """Why it may stand there, with the conditions that go with it."""
    level: Attribution = Attribution.FULL

    def standing(self) -> Standing:
        """Return the gravest."""
        return min((standing for standing, _ in self.faults), key=GRAVEST_FIRST.index, default=Standing.FINE)

    def reasons(self) -> tuple[Sentence, ...]:
        """Return every reason, the gravest first; of a quote that is fine, why it may be there."""
        ordered = sorted(self.faults, key=lambda fault: GRAVEST_FIRST.index(fault[0]))
        return tuple(dict.fromkeys(reason for _, reason in ordered)) or self.granted

    def with_fault(self, standing: Standing, reason: Sentence) -> Judgement:
        """Return this judgement with one more fault."""
        return replace(self, faults=(*self.faults, (standing, reason)))


class Judge:
    """Asks what the library knows today; the same story is gathered only once."""

    def __init__(self, work: UnitOfWork, on: date) -> None:
        self._work = work
        self._on = on
        self._uses = {use.key: use for use in work.codebook.uses()}
        self._cases = work.cases.all()
        self._circles: dict[str, Circle] = {}

    def of_quote(self, quote: Quote, exports: Sequence[Export], uses: Sequence[str],
                 materials: Sequence[Material]) -> Judgement:
        """Return what may be said of a quote of the library, found in something that may be one of `exports`."""
        circle = self.circle(quote.story_id)
        if gone := put_away(circle.story):
            return Judgement(((Standing.WITHDRAWN, gone),))
        judged = self._by_the_gate(circle, quote, uses, tuple(materials))
        for export in exports:
            if ended := _ended(export, quote.code, self._on):
                judged = judged.with_fault(Standing.LAPSED, ended)
        return judged

    def of_missing(self, code: str, exports: Iterable[Export]) -> Judgement:
        """Return what may be said of a quote that once left and is not in the library any more."""
        reason = say("Quote {code} is no longer in the library.", code=code)
        for item in (item for export in exports for item in export.items if item.quote_code == code):
            try:
                reason = put_away(self._work.stories.get(item.story_id)) or reason
            except NotFound:
                continue
        return Judgement(((Standing.WITHDRAWN, reason),))

    def circle(self, story_id: str) -> Circle:
        """Return everyone a story needs to ask."""
        if story_id not in self._circles:
            self._circles[story_id] = circle_of(self._work, story_id)
        return self._circles[story_id]

    def _by_the_gate(self, circle: Circle, quote: Quote, uses: Sequence[str],
                     materials: tuple[Material, ...]) -> Judgement:
        """Ask for each use; where nobody knows the use, one that is allowed is enough."""
        asked = [self._uses[key] for key in uses if key in self._uses]
        answers = [(use, Gate(Asked((use,), self._on, None, materials)).of_quote(circle, quote))
                   for use in asked or self._uses.values()]
        allowed = [answer for _, answer in answers if answer.allowed]
        refused = [(use, answer) for use, answer in answers if not answer.allowed]
        if allowed and not (asked and refused):
            chosen = min if asked else max
            level = chosen((answer.attribution for answer in allowed), key=lambda one: one.rank)
            return Judgement((), tuple(dict.fromkeys(r for answer in allowed for r in answer.reasons)), level)
        faults = [(self._fault(circle, quote, use, answer, materials), reason)
                  for use, answer in refused for reason in answer.reasons]
        if not asked:
            faults = _telling(faults)
        return Judgement(tuple(dict.fromkeys(faults)))

    def _fault(self, circle: Circle, quote: Quote, use: Use, answer: Permission,
               materials: tuple[Material, ...]) -> Standing:
        """Return why the gate says no: somebody said stop, something ended, or it was never agreed to."""
        if _was_taken_back(circle, answer, self._on):
            return Standing.WITHDRAWN
        for day in _days_before_a_turn(circle, self._on):
            if Gate(Asked((use,), day, None, materials)).of_quote(circle, quote).allowed:
                return Standing.LAPSED
        people = circle.in_quote(quote).union(circle.story.communities)
        if any(_reaches(case, people, circle, use) for case in self._cases):
            return Standing.WITHDRAWN
        return Standing.BEYOND_SCOPE


def _was_taken_back(circle: Circle, answer: Permission, on: date) -> bool:
    """Tell whether the gate's own reason is that somebody said stop."""
    stops = {
        not_standing(circle.people[c.contributor_id], c, on) for c in circle.consents if c.last_state in _TAKEN_BACK
    }
    return bool((stops | {dissents(person) for person in circle.people.values()}) & set(answer.reasons))


def _reaches(case: WithdrawalCase, people: Collection[str], circle: Circle, use: Use) -> bool:
    return (
        case.contributor_id in people
        and (not case.story_ids or circle.story.id in case.story_ids)
        and (not case.uses or use.key in case.uses)
    )


def _days_before_a_turn(circle: Circle, on: date) -> list[date]:
    """Return the days on which what is agreed to now may have held for the last time."""
    turning = {day for consent in circle.consents for day in consent.turning_days()}
    turning |= {person.majority_on for person in circle.people.values() if person.majority_on}
    return [day - timedelta(1) for day in sorted(turning, reverse=True) if date.min < day <= on]


def _telling(faults: Sequence[tuple[Standing, Sentence]]) -> list[tuple[Standing, Sentence]]:
    """Return the faults that say most where no use is known: a no and an end say more than what nobody agreed to."""
    for standing in (Standing.WITHDRAWN, Standing.LAPSED):
        if told := [fault for fault in faults if fault[0] is standing]:
            return told
    return list(faults)


def _ended(export: Export, code: str, on: date) -> Sentence | None:
    ends = [export.use_until, *(item.use_until for item in export.items if item.quote_code == code)]
    last = min((day for day in ends if day), default=None)
    if last is None or last >= on:
        return None
    return say("{export} was to be used until {day}.", export=export.code, day=last)


def recalled(export: Export) -> Sentence | None:
    """Return that an export is not to be out there any more, where that is so."""
    said = {
        ExportStatus.RECALL_OPEN: say("{export} is being called back.", export=export.code),
        ExportStatus.RECALLED: say("{export} was called back, and should not be in use any more.", export=export.code),
        ExportStatus.CANNOT_RECALL: say("{export} could not be called back; do not reprint it.", export=export.code),
    }
    return said.get(export.stored_status)
