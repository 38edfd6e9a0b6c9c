"""Answer: what one person's consents say to one question, with reasons that can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from storybank.domain.attribution import EVERYTHING, NOTHING, Attribution, Features
from storybank.domain.consent import (
    CLOSED,
    PERMITTING,
    Consent,
    ConsentState,
    Decision,
    Provision,
    Role,
    Stage,
)
from storybank.domain.contributor import Assent, Contributor
from storybank.domain.use import INSIDE, Act, Material, Question, Use
from storybank.words import Sentence, say


class Verdict(StrEnum):
    """The gate's answer, from the freest to the strictest."""

    ALLOW = "allow"
    ALLOW_WITH_CONDITIONS = "allow_with_conditions"
    ASK_FIRST = "ask_first"
    DENY = "deny"

    @property
    def strictness(self) -> int:
        """Return 0 for the freest."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Permission:
    """What the gate answered, with reasons that can be read aloud."""

    verdict: Verdict
    reasons: tuple[Sentence, ...]
    attribution: Attribution = Attribution.ANONYMOUS
    """The most that may be told of the speaker."""
    until: date | None = None
    """The last day on which this answer holds; None when it has no end."""
    consents: tuple[str, ...] = ()
    """Short codes of the consents it rests on."""
    conditions: tuple[str, ...] = ()
    """Conditions in the persons' own words, to be kept by whoever uses it."""
    features: Features = NOTHING
    """What may be seen, heard and told besides the name."""
    events: tuple[tuple[str, int], ...] = ()
    """For each consent it rests on, the place in the chain of the event that counted."""

    @property
    def allowed(self) -> bool:
        """Tell whether the use may go ahead without asking anybody."""
        return self.verdict in (Verdict.ALLOW, Verdict.ALLOW_WITH_CONDITIONS)

    def is_as_good_as(self, other: Permission) -> bool:
        """Tell whether nothing is allowed by `other` that this does not allow."""
        return (
            self.verdict.strictness <= other.verdict.strictness
            and self.attribution.rank >= other.attribution.rank
            and self.features & other.features == other.features
            and set(self.conditions) <= set(other.conditions)
        )


def answer_of(person: Contributor, consents: Sequence[Consent], question: Question) -> Permission:
    """Return what a person answers, given all their consents that cover the story."""
    on = question.on
    if person.guardian and person.guardian.assent is Assent.DISSENT:
        return no(say("{person} does not want this, whatever was agreed to for them.", person=person.name))
    known = [c for c in consents if c.last_state is not ConsentState.ENTERED_IN_ERROR]
    if not known:
        return no(say("There is no consent on file for {person}.", person=person.name))
    latest = [c for c in known if c.last_state not in CLOSED]
    closing = [c for c in latest if c.state(on) not in PERMITTING and not _is_renewal_asked(c)]
    granting = [c for c in latest if c.stands(on) and _comes_after(c, closing)]
    if not granting:
        silent = [c for c in latest if c.state(on) not in PERMITTING]
        last = max(silent or latest or known, key=lambda c: c.last_said)
        return no(_why_not(person, last, on), [last.code])
    answer = _decided(person, [c for c in latest if _still_restricts(c)], granting, question)
    return _by_the_right_one(person, granting, answer, on)


def may_process(person: Contributor, consents: Sequence[Consent], act: Act, on: date) -> Permission:
    """Return whether a machine in the house may do `act` with what a person said.

    What stays inside needs no yes, and stops at a no, at a withdrawal and at "ask me first" (decision 0010).
    Whatever else needs a yes.
    """
    inside = Use("", "", "", "", "", "", "world")
    question = Question(inside, on, Material.QUOTE, act)
    if act not in INSIDE:
        return answer_of(person, consents, question)
    latest = [c for c in consents if c.last_state not in CLOSED]
    no_longer = [c for c in latest if c.last_state in _NOES]
    standing = [c for c in latest if c.state(on) in PERMITTING]
    if no_longer and not any(_comes_after(c, no_longer) for c in standing):
        last = max(no_longer, key=lambda c: c.last_said)
        return no(_why_not(person, last, on), [last.code])
    for consent in latest:
        for provision in consent.provisions:
            if provision.decision in (Decision.DENY, Decision.ASK_FIRST) and provision.restricts(question):
                return no(say("{person} said no to this: {act}.", person=person.name, act=ACTS[act]), [consent.code])
    return Permission(Verdict.ALLOW, (say("Nobody said no to this: {act}.", act=ACTS[act]),))


def most_restrictive(answers: Sequence[Permission]) -> Permission:
    """Return one answer for several people, uses or days: the strictest, with every reason for it."""
    worst = max((a.verdict for a in answers), key=lambda v: v.strictness)
    deciding = [a for a in answers if a.verdict is worst]
    features = EVERYTHING
    for answer in answers:
        features = features & answer.features
    return Permission(
        worst,
        tuple(dict.fromkeys(reason for a in deciding for reason in a.reasons)),
        min((a.attribution for a in answers), key=lambda level: level.rank),
        min((a.until for a in answers if a.until), default=None),
        tuple(dict.fromkeys(code for a in answers for code in a.consents)),
        tuple(dict.fromkeys(condition for a in answers for condition in a.conditions)),
        features,
        tuple(dict.fromkeys(event for a in answers for event in a.events)),
    )


def least_restrictive(answers: Sequence[Permission]) -> Permission:
    """Return the freest of several answers, where one of them is enough."""
    return min(answers, key=lambda a: a.verdict.strictness)


def no(reason: Sentence, consents: Sequence[str] = ()) -> Permission:
    """Return a plain no."""
    return Permission(Verdict.DENY, (reason,), consents=tuple(consents))


_NOES = frozenset({ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.REFUSED, ConsentState.INVALIDATED})

ACTS = {
    Act.USE: say("use"), Act.EDIT: say("editing"), Act.TRANSLATE: say("translation"),
    Act.ADVERTISE: say("paid advertising"), Act.TRANSCRIBE: say("transcription by a machine"),
    Act.ANALYSE: say("suggestions by a machine"), Act.TRAIN: say("training of a machine"),
}
"""What is done, as people say it."""

MATERIALS = {
    Material.VIDEO: say("the whole video"), Material.CLIP: say("clips"), Material.AUDIO: say("sound alone"),
    Material.STILL: say("pictures"), Material.QUOTE: say("written quotes"), Material.PARAPHRASE: say("paraphrase"),
    Material.TRANSLATION: say("translated quotes"),
}
"""What goes out, as people say it."""


def _is_renewal_asked(consent: Consent) -> bool:
    """Tell whether a record only asks to renew another, which stands as long as nobody answered."""
    return bool(consent.supersedes_id) and consent.last_state in (ConsentState.REQUESTED, ConsentState.DEFERRED)


def _still_restricts(consent: Consent) -> bool:
    """Tell whether the no's of a record still count: one that has run out keeps them, one taken back has no say."""
    return consent.last_state in PERMITTING


def _comes_after(consent: Consent, closing: Sequence[Consent]) -> bool:
    """Tell whether an agreement is newer than every no: a withdrawal, a refusal, an open question, an end.

    A form that was signed before somebody said no and was only entered later does not undo the no.
    """
    return all(
        consent.last_said > one.last_said
        and not (one.last_state in _NOES and consent.given_on and consent.given_on.isoformat() < one.last_said[1][:10])
        for one in closing
    )


def _decided(person: Contributor, restricting: Sequence[Consent], granting: Sequence[Consent],
             question: Question) -> Permission:
    """Return what the records say together: deny beats ask first beats conditions beats permit; silence is no."""
    grants = [(c, p) for c in granting for p in c.provisions if p.grants(question)]
    answered = any(p.quote_id for _, p in grants)
    for decision in (Decision.DENY, Decision.ASK_FIRST):
        for consent in restricting:
            for provision in consent.provisions:
                if provision.decision is decision and provision.restricts(question):
                    if decision is Decision.DENY:
                        return no(_said_no(person, question), [consent.code])
                    if not answered:
                        return _ask_first(person, consent, question)
    if not grants:
        return no(_never_agreed(person, question), [c.code for c in granting])
    return _granted(person, restricting, grants, question)


def _granted(person: Contributor, restricting: Sequence[Consent], grants: Sequence[tuple[Consent, Provision]],
             question: Question) -> Permission:
    resting = list(dict.fromkeys(consent for consent, _ in grants))
    releases = [c for c in restricting if c.stage is Stage.RELEASE]
    level = min((_level(c, grants) for c in releases), key=lambda one: one.rank)
    features = EVERYTHING
    for consent in releases:
        features = features & consent.wishes.at(level)
    conditions = tuple(dict.fromkeys(
        p.condition for c in restricting for p in c.provisions
        if p.decision is Decision.CONDITIONAL and p.restricts(question)
    ))  # fmt: skip
    reasons = [_agreed(person, question)]
    reasons += [say("On the condition: {condition}", condition=condition) for condition in conditions]
    reasons += [
        say("Consent {code} has no evidence on file.", code=consent.code) for consent in resting if not consent.evidence
    ]
    return Permission(
        Verdict.ALLOW_WITH_CONDITIONS if conditions else Verdict.ALLOW, tuple(reasons), level, None,
        tuple(c.code for c in resting), conditions, EVERYTHING if person.is_community else features,
        tuple((c.code, c.events[-1].seq) for c in resting),
    )  # fmt: skip


def _level(consent: Consent, grants: Sequence[tuple[Consent, Provision]]) -> Attribution:
    """Return the most that a record lets be told: by its decisions about this use, else by its own level."""
    own = [p.attribution or consent.attribution for one, p in grants if one is consent]
    return max(own or [consent.attribution], key=lambda level: level.rank)


def _by_the_right_one(person: Contributor, granting: Sequence[Consent], answer: Permission, on: date) -> Permission:
    """Return the answer, unless whoever gave it may not decide: minors have a guardian, and come of age."""
    if person.is_community and answer.allowed:
        return replace(answer, attribution=Attribution.FULL)
    if not answer.allowed:
        return answer
    roles = {c.events[-1].role for c in granting if c.code in answer.consents}
    if person.is_minor(on):
        if roles != {Role.GUARDIAN}:
            return no(say("{person} is a minor, and no guardian agreed.", person=person.name), answer.consents)
        if person.guardian is None or person.guardian.assent is not Assent.YES:
            reason = say("{person} has not been asked whether they want this themselves.", person=person.name)
            return replace(no(reason, answer.consents), verdict=Verdict.ASK_FIRST)
    elif person.majority_on and (Role.GUARDIAN in roles or _before(person.majority_on, granting, answer)):
        return no(say("{person} came of age on {day} and has not been asked again.", person=person.name,
                      day=person.majority_on), answer.consents)
    return answer


def _before(day: date, granting: Sequence[Consent], answer: Permission) -> bool:
    return any(c.events[-1].at[:10] < day.isoformat() for c in granting if c.code in answer.consents)


def _ask_first(person: Contributor, consent: Consent, question: Question) -> Permission:
    reason = say("{person} wants to be asked first for this use: {use}.", person=person.name, use=question.use)
    return Permission(Verdict.ASK_FIRST, (reason,), consent.attribution, None, (consent.code,))


def _agreed(person: Contributor, question: Question) -> Sentence:
    if question.act is not Act.USE:
        return say("{person} agreed to this: {act}.", person=person.name, act=ACTS[question.act])
    return say("{person} agreed to this use: {use}.", person=person.name, use=question.use)


def _said_no(person: Contributor, question: Question) -> Sentence:
    if question.act is not Act.USE:
        return say("{person} said no to this: {act}.", person=person.name, act=ACTS[question.act])
    return say("{person} said no to this use: {use}.", person=person.name, use=question.use)


def _never_agreed(person: Contributor, question: Question) -> Sentence:
    if question.act is not Act.USE:
        return say("{person} did not agree to this: {act}.", person=person.name, act=ACTS[question.act])
    if question.material is not Material.QUOTE:
        return say("{person} did not agree to {material} for this use: {use}.", person=person.name,
                   material=MATERIALS[question.material], use=question.use)
    return say("{person} did not agree to this use: {use}.", person=person.name, use=question.use)


def _why_not(person: Contributor, consent: Consent, on: date) -> Sentence:
    name, state = person.name, consent.state(on)
    when = consent.events[-1].at[:10] if consent.events else ""
    if state is ConsentState.EXPIRED:
        return say("The consent of {person} ended on {day}.", person=name, day=consent.valid_until)
    if state in PERMITTING and consent.stage is Stage.RECORD:
        return say("{person} agreed to be recorded, and has not been asked about using it yet.", person=name)
    if state in _WHY:
        return replace(_WHY[state], values=(("person", name), ("day", when)))
    return say("The consent of {person} does not hold on {day}.", person=name, day=on)


_WHY = {
    ConsentState.WITHDRAWN: say("{person} withdrew their consent on {day}."),
    ConsentState.REVOKED: say("The organisation revoked the consent of {person} on {day}."),
    ConsentState.INVALIDATED: say("The consent of {person} was found void on {day}."),
    ConsentState.REQUESTED: say("{person} was asked for consent and has not answered yet."),
    ConsentState.DEFERRED: say("{person} asked for time to think, and has not answered yet."),
    ConsentState.REFUSED: say("{person} refused consent on {day}."),
}
