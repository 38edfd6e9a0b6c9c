"""Clearance: the one gate between the library and anything that leaves it.

Exporters take `ClearedQuote` and nothing else, and only `clear` makes one, so a quote that nobody
agreed to cannot be exported by forgetting to ask. Silence is no, deny beats permit, everyone who
can be heard or seen must agree, and the most restrictive answer wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storybank.domain.consent import PERMITTING, Attribution, Consent, ConsentState, Decision, Use
from storybank.domain.contributor import Contributor
from storybank.domain.quote import Quote
from storybank.domain.recording import Recording
from storybank.domain.story import Story
from storybank.errors import Refused
from storybank.words import Sentence, say


class Verdict(StrEnum):
    """The gate's answer."""

    ALLOW = "allow"
    ASK_FIRST = "ask_first"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Permission:
    """What the gate answered for a story and a use, with reasons that can be read aloud."""

    verdict: Verdict
    reasons: tuple[Sentence, ...]
    attribution: Attribution = Attribution.ANONYMOUS
    """The most that may be told of the speaker."""
    until: date | None = None
    """The last day on which this answer holds; None when it has no end."""
    consents: tuple[str, ...] = ()
    """Short codes of the consents it rests on."""

    @property
    def allowed(self) -> bool:
        """Tell whether the use may go ahead without asking anybody."""
        return self.verdict is Verdict.ALLOW


@dataclass(frozen=True, slots=True)
class Circle:
    """Everyone a story needs to ask: its people, and their consents."""

    story: Story
    people: Mapping[str, Contributor]
    consents: Sequence[Consent]

    def speaker(self, quote: Quote) -> Contributor:
        """Return who says a quote; with a single participant there is no doubt."""
        wanted = quote.speaker_id or (self.story.participants[0].contributor_id if self.story.participants else "")
        if wanted not in self.people:
            raise Refused(say("Nobody is named as the speaker of quote {code}.", code=quote.code))
        return self.people[wanted]


@dataclass(frozen=True, slots=True)
class ClearedQuote:
    """A quote that may be used, how its speaker may be named, and the day and use it was cleared for."""

    quote: Quote
    story: Story
    recording: Recording
    speaker: Contributor
    use: Use
    permission: Permission
    cleared_on: date

    @property
    def attribution(self) -> Attribution:
        """Return the most that may be told of the speaker."""
        return self.permission.attribution

    @property
    def shows_face(self) -> bool:
        """Tell whether the picture may be used: only where the person may be named."""
        return self.attribution.names_the_person

    @property
    def carries_voice(self) -> bool:
        """Tell whether the voice may be heard: not where the person asked to be anonymous."""
        return self.attribution is not Attribution.ANONYMOUS


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A quote that may not be used, and why."""

    quote: Quote
    story: Story
    reasons: tuple[Sentence, ...]


def permission(circle: Circle, use: Use, on: date) -> Permission:
    """Return the gate's answer for a story and a use on a day."""
    if not circle.story.participants:
        return Permission(Verdict.DENY, (say("Nobody is recorded as being in this story."),))
    answers = [
        _answer_of(circle.people[participant.contributor_id], circle, use, on)
        for participant in circle.story.participants
    ]
    return _most_restrictive(answers)


def assess(circle: Circle, uses: Sequence[Use], on: date, until: date | None = None) -> Permission:
    """Return one answer for all of `uses`, holding on `on` and still on the planned last day `until`."""
    days = [on] if until is None or until <= on else [on, until]
    return _most_restrictive([permission(circle, use, day) for use in uses for day in days])


def clear(quote: Quote, recording: Recording, circle: Circle, uses: Sequence[Use], on: date,
          until: date | None = None) -> ClearedQuote:
    """Return `quote` cleared for every one of `uses`, or refuse with the reasons."""
    if not uses:
        raise Refused(say("No use was named, so nothing can be cleared."))
    answer = assess(circle, uses, on, until)
    if not answer.allowed:
        raise Refused(answer.reasons[0], hint=answer.reasons[1] if len(answer.reasons) > 1 else "")
    return ClearedQuote(quote, circle.story, recording, circle.speaker(quote), uses[0], answer, on)


def _answer_of(person: Contributor, circle: Circle, use: Use, on: date) -> Permission:
    consents = [
        c for c in circle.consents if c.contributor_id == person.id and c.covers_story(circle.story.id)
        and c.state(on) is not ConsentState.ENTERED_IN_ERROR
    ]
    if not consents:
        return _no(say("There is no consent on file for {person}.", person=person.name))
    latest = [c for c in consents if c.state(on) is not ConsentState.SUPERSEDED]
    denials = [c for c in latest if c.state(on) not in PERMITTING]
    standing = [c for c in latest if c.stands(on) and _given_after(c, denials)]
    if not standing:
        silent = [c for c in latest if not c.stands(on)]
        last = max(silent or latest or consents, key=_last_said)
        return _no(_why_not(person, last, on), [last])
    return _decided(person, standing, use, on)


def _given_after(consent: Consent, denials: Sequence[Consent]) -> bool:
    """Tell whether an agreement is newer than every no: a withdrawal, a refusal, an open question, an end."""
    return all(_last_said(consent) > _last_said(denial) for denial in denials)


def _last_said(consent: Consent) -> str:
    return consent.events[-1].at if consent.events else ""


def _decided(person: Contributor, standing: Sequence[Consent], use: Use, on: date) -> Permission:
    """Return what a person's standing consents say together: deny beats ask first beats permit; silence is no."""
    said = [(consent, *consent.decision(use, on)) for consent in standing]
    spoken = [(consent, decision, provision) for consent, decision, provision in said if provision is not None]
    if not spoken:
        return _no(say("{person} did not agree to this use: {use}.", person=person.name, use=use), standing)
    order = (Decision.DENY, Decision.ASK_FIRST, Decision.PERMIT)
    consent, decision, _provision = min(spoken, key=lambda one: order.index(one[1]))
    if decision is Decision.DENY:
        return _no(say("{person} said no to this use: {use}.", person=person.name, use=use), [consent])
    if decision is Decision.ASK_FIRST:
        reason = say("{person} wants to be asked first for this use: {use}.", person=person.name, use=use)
        return Permission(Verdict.ASK_FIRST, (reason,), consent.attribution, None, (consent.code,))
    ends = [day for agreed, _, said in spoken for day in (agreed.valid_until, said.ends_on) if day]
    reason = say("{person} agreed to this use: {use}.", person=person.name, use=use)
    return Permission(
        Verdict.ALLOW,
        (reason,),
        min((said.attribution or agreed.attribution for agreed, _, said in spoken), key=lambda level: level.rank),
        min(ends, default=None),
        tuple(agreed.code for agreed, _, _ in spoken),
    )


def _why_not(person: Contributor, consent: Consent, on: date) -> Sentence:
    name, when = person.name, consent.events[-1].at[:10] if consent.events else ""
    state = consent.state(on)
    if state is ConsentState.WITHDRAWN:
        return say("{person} withdrew their consent on {day}.", person=name, day=when)
    if state is ConsentState.REVOKED:
        return say("The organisation revoked the consent of {person} on {day}.", person=name, day=when)
    if state is ConsentState.EXPIRED:
        return say("The consent of {person} ended on {day}.", person=name, day=consent.valid_until)
    if state in (ConsentState.REQUESTED, ConsentState.DEFERRED):
        return say("{person} was asked for consent and has not answered yet.", person=name)
    if state is ConsentState.REFUSED:
        return say("{person} refused consent on {day}.", person=name, day=when)
    return say("The consent of {person} does not hold on {day}.", person=name, day=on)


def _no(reason: Sentence, consents: Sequence[Consent] = ()) -> Permission:
    return Permission(Verdict.DENY, (reason,), consents=tuple(c.code for c in consents))


def _most_restrictive(answers: Sequence[Permission]) -> Permission:
    worst = max(answers, key=lambda a: list(Verdict).index(a.verdict)).verdict
    deciding = [a for a in answers if a.verdict is worst]
    reasons = tuple(dict.fromkeys(reason for a in deciding for reason in a.reasons))
    return Permission(
        worst,
        reasons,
        min((a.attribution for a in answers), key=lambda level: level.rank),
        min((a.until for a in answers if a.until), default=None),
        tuple(dict.fromkeys(code for a in answers for code in a.consents)),
    )
