"""Said: where a person stands with consent, in a word with a sign, and what to know beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storybank.domain.consent import Consent, ConsentState
from storybank.domain.vocabulary import province
from storybank.domain.withdrawal import TaskState, WithdrawalCase
from storybank.services.surveying import Place, Standing
from storybank.words import Words
from ui.parts.chips import Tone
from ui.parts.said import N_, day

PLACES: dict[Place, tuple[str, Tone]] = {
    Place.WITHIN_7: (N_("Lapses within 7 days"), "warn"),
    Place.WITHIN_14: (N_("Lapses within 14 days"), "warn"),
    Place.WITHIN_30: (N_("Lapses within 30 days"), "warn"),
    Place.WITHIN_90: (N_("Lapses within 90 days"), "warn"),
    Place.LAPSED: (N_("Lapsed"), "stop"),
    Place.ASKED: (N_("Asked and waiting"), "warn"),
    Place.NOTHING: (N_("Nothing on file"), "warn"),
    Place.AGREED: (N_("Agreed"), "good"),
    Place.WITHDRAWN: (N_("Withdrawn"), "stop"),
    Place.REFUSED: (N_("Said no"), "stop"),
}
SHORT = {
    Place.WITHIN_7: N_("Lapses in 7 days"), Place.WITHIN_14: N_("Lapses in 14 days"),
    Place.WITHIN_30: N_("Lapses in 30 days"), Place.WITHIN_90: N_("Lapses in 90 days"),
}
"""What a narrow tile says instead."""

STATES: dict[ConsentState, tuple[str, Tone]] = {
    ConsentState.REQUESTED: (N_("Asked"), "warn"),
    ConsentState.DEFERRED: (N_("Wants to answer later"), "warn"),
    ConsentState.REFUSED: (N_("Said no"), "stop"),
    ConsentState.GIVEN: (N_("Agreed"), "good"),
    ConsentState.RENEWED: (N_("Renewed"), "good"),
    ConsentState.NARROWED: (N_("Replaced by less"), "plain"),
    ConsentState.WITHDRAWN: (N_("Withdrawn"), "stop"),
    ConsentState.REVOKED: (N_("Revoked by us"), "stop"),
    ConsentState.INVALIDATED: (N_("Found void"), "stop"),
    ConsentState.SUPERSEDED: (N_("Replaced"), "plain"),
    ConsentState.ENTERED_IN_ERROR: (N_("Entered in error"), "plain"),
    ConsentState.EXPIRED: (N_("Lapsed"), "stop"),
}
PRESSING = 7
"""Days before its deadline from which a case is shown as pressing."""


def standing_said(one: Standing, tr: Words) -> tuple[str, Tone]:
    """Return the word and the sign of where a person stands."""
    word, tone = PLACES[one.place]
    if one.place in SHORT and one.days is not None:
        return tr.many("Lapses in {n} day", "Lapses in {n} days", one.days), tone
    if one.state in (ConsentState.REVOKED, ConsentState.INVALIDATED, ConsentState.DEFERRED):
        return tr(STATES[one.state][0]), tone
    if one.place is Place.REFUSED and one.state is not ConsentState.REFUSED:
        return tr("Nothing allowed"), tone
    return tr(word), tone


def beside(one: Standing, tr: Words) -> str:
    """Return what to know beside the word: until when, since when, what is open."""
    said = [_when(one, tr)]
    if one.case:
        said.append(open_tasks(one.case, tr))
    if one.partly:
        said.append(tr.many("not {n} story", "not {n} stories", one.partly))
    return " · ".join(part for part in said if part)


def _when(one: Standing, tr: Words) -> str:
    consent, language = one.consent, tr.language
    if consent is None:
        return ""
    at = day(consent.events[-1].at, language)
    if one.place in (Place.WITHDRAWN, Place.REFUSED):
        return tr("on {day}", day=at)
    if one.place is Place.ASKED:
        return tr("since {day}", day=at)
    if one.until is None:
        return tr("no end was agreed")
    return tr("until {day}", day=day(one.until, language))


def holds(one: Standing, tr: Words) -> str:
    """Return how many stories and quotes a person has."""
    if not one.stories:
        return tr("in no story yet")
    said = tr.many("{n} story", "{n} stories", one.stories)
    return f"{said} · {tr.many('{n} quote', '{n} quotes', one.quotes)}" if one.quotes else said


def out_there(one: Standing, tr: Words) -> str:
    """Return how much is out there that rests on their consent."""
    return tr.many("{n} export out there", "{n} exports out there", len(one.live)) if one.live else ""


def about(one: Standing, tr: Words) -> str:
    """Return a person's role and place."""
    person = one.person
    return " · ".join(part for part in (person.role, province(person.province, tr.language)) if part)


def open_tasks(case: WithdrawalCase, tr: Words) -> str:
    """Return how much is still to be done in a case."""
    left = sum(task.state is TaskState.OPEN for task in case.tasks)
    return tr.many("{n} thing to do", "{n} things to do", left) if left else tr("ready to close")


def deadline_said(case: WithdrawalCase, today: date, tr: Words) -> tuple[str, Tone]:
    """Return how long there is to answer."""
    if case.deadline is None:
        return tr("No deadline"), "plain"
    left = (case.deadline - today).days
    if left < 0:
        return tr.many("{n} day late", "{n} days late", -left), "stop"
    if left == 0:
        return tr("Answer today"), "stop"
    return tr.many("{n} day to answer", "{n} days to answer", left), "warn" if left <= PRESSING else "plain"


def state_said(consent: Consent, today: date, tr: Words) -> tuple[str, Tone]:
    """Return where one agreement stands, in a word with a sign."""
    word, tone = STATES[consent.state(today)]
    return tr(word), tone


def pressing(board: Sequence[Standing], tr: Words) -> str:
    """Return in a sentence what on the board cannot wait, and what rests on it."""
    soon = sum(bool(one.lapsing) for one in board)
    live = len({export.id for one in board if one.lapsing for export in one.live})
    if not soon:
        return tr("What everybody agreed to, until when, and what rests on it")
    said = tr.many("{n} consent has lapsed or will within 90 days", "{n} consents have lapsed or will within 90 days",
                   soon)
    if live:
        said += " · " + tr.many("{n} export rests on them", "{n} exports rest on them", live)
    return said


def findable(one: Standing) -> str:
    """Return what a person can be found by."""
    consent = one.consent.code if one.consent else ""
    return f"{one.person.name} {one.person.role} {one.person.organization} {one.person.code} {consent}".casefold()
