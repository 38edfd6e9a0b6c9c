"""Surveying: where everybody in the library stands with consent, and what is out there that rests on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storybank.domain.consent import CLOSED, GRANTS, PERMITTING, Consent, ConsentState, Stage
from storybank.domain.contributor import Contributor
from storybank.domain.export import Export, ExportStatus
from storybank.domain.lists import StoryLine
from storybank.domain.use import Act
from storybank.domain.withdrawal import WithdrawalCase
from storybank.ports import OpenWork
from storybank.services.renewing import Lapsing, Renewing

OUT_THERE = (ExportStatus.ACTIVE, ExportStatus.RECALL_OPEN)
"""What became of an export that somebody may still be reading."""

_ASKED = (ConsentState.REQUESTED, ConsentState.DEFERRED)
_TAKEN_BACK = (ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.INVALIDATED)


class Place(StrEnum):
    """Where on the board a person stands, what is most pressing first; everybody stands in one place."""

    WITHIN_7 = "within_7"
    WITHIN_14 = "within_14"
    WITHIN_30 = "within_30"
    WITHIN_90 = "within_90"
    LAPSED = "lapsed"
    ASKED = "asked"
    NOTHING = "nothing"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person on the board."""

    person: Contributor
    place: Place
    state: ConsentState | None
    """What their latest agreement says; None when there is none, or only one to be recorded."""
    consent: Consent | None
    until: date | None
    days: int | None
    """How many days are left; negative when it is over; None when it has no end."""
    stories: int
    quotes: int
    live: tuple[Export, ...]
    """Exports out there that rest on one of their consents."""
    lapsing: Lapsing | None = None
    """What runs out soon or has, and whether its renewal was asked for."""
    partly: int = 0
    """How many agreements about some stories only were taken back, while another stands."""
    case: WithdrawalCase | None = None
    """Their withdrawal that is not closed yet."""


class Surveying:
    """Reads the whole library at once, for the board."""

    def __init__(self, open_work: OpenWork, renewing: Renewing) -> None:
        self._open_work = open_work
        self._renewing = renewing

    def stories_of(self, contributor_id: str) -> list[StoryLine]:
        """Return the stories that a person is in and that are shown."""
        with self._open_work() as work:
            return [line for line in work.stories.lines() if contributor_id in line.contributor_ids]

    def board(self, on: date) -> list[Standing]:
        """Return everybody, what is most pressing first, then by name."""
        lapsing: dict[str, Lapsing] = {}
        for one in self._renewing.board():
            lapsing.setdefault(one.consent.id, one)
        with self._open_work() as work:
            people = work.contributors.all()
            consents, live = _by_person(work.consents.all()), _resting(work.ledger.all(), on)
            cases = {case.contributor_id: case for case in reversed(work.cases.all()) if case.is_open}
            lines = work.stories.lines()
        stories: dict[str, list[int]] = defaultdict(list)
        for line in lines:
            for person_id in line.contributor_ids:
                stories[person_id].append(line.quotes)
        found = []
        for person in people:
            own = consents[person.id]
            rests = {export.id: export for consent in own for export in live[consent.code]}
            standing = _standing(person, own, lapsing, on)
            found.append(_with(standing, stories[person.id], tuple(rests.values()), cases.get(person.id)))
        order = list(Place)
        return sorted(found, key=lambda s: (order.index(s.place), s.until or date.max, s.person.name.casefold()))


def _by_person(consents: Iterable[Consent]) -> dict[str, list[Consent]]:
    found: dict[str, list[Consent]] = defaultdict(list)
    for consent in consents:
        found[consent.contributor_id].append(consent)
    return found


def _resting(exports: Iterable[Export], on: date) -> dict[str, list[Export]]:
    """Return for each consent the exports out there that rest on it."""
    found: dict[str, list[Export]] = defaultdict(list)
    for export in exports:
        if export.status(on) in OUT_THERE:
            for code in {code for item in export.items for code in item.consents}:
                found[code].append(export)
    return found


def _standing(person: Contributor, own: Sequence[Consent], lapsing: dict[str, Lapsing], on: date) -> Standing:
    said = sorted((c for c in own if c.last_state not in CLOSED and c.stage is Stage.RELEASE),
                  key=lambda c: c.last_said)
    general = [c for c in said if not c.story_ids] or said
    if not general:
        return Standing(person, Place.NOTHING, None, None, None, None, 0, 0, ())
    last = general[-1]
    if last.last_state not in PERMITTING:
        last = next((c for c in reversed(said) if c.last_said > last.last_said), last)
    if last.last_state in _ASKED:
        last = next((c for c in said if c.id == last.supersedes_id and c.last_state in PERMITTING), last)
    state = last.state(on)
    soon = lapsing.get(last.id)
    until = soon.ends_on if soon else last.valid_until
    days = (until - on).days if until else None
    partly = sum(c.last_state in _TAKEN_BACK for c in said if c.story_ids)
    return Standing(person, _place(last, state, soon), state, last, until, days, 0, 0, (), soon,
                    partly if state in PERMITTING else 0)


def _place(consent: Consent, state: ConsentState, soon: Lapsing | None) -> Place:
    if state in _TAKEN_BACK:
        return Place.WITHDRAWN
    if state in _ASKED:
        return Place.ASKED
    if state is ConsentState.REFUSED or not any(p.decision in GRANTS and p.act is Act.USE for p in consent.provisions):
        return Place.REFUSED
    if soon is None:
        return Place.AGREED
    return Place.LAPSED if soon.within is None else Place(f"within_{soon.within}")


def _with(standing: Standing, quotes: Sequence[int], live: tuple[Export, ...],
          case: WithdrawalCase | None) -> Standing:
    return Standing(standing.person, standing.place, standing.state, standing.consent, standing.until, standing.days,
                    len(quotes), sum(quotes), live, standing.lapsing, standing.partly, case)
