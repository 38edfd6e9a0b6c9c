"""Answer: what one person's consents say to one question, with reasons that can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storybank.domain.attribution import EVERYTHING, Attribution, Features
from storybank.domain.consent import CLOSED, GRANTS, NOES, PERMITTING, Consent, ConsentState, Decision, Role, Stage
from storybank.domain.contributor import Assent, Contributor
from storybank.domain.permission import Permission, Verdict, least_restrictive, most_restrictive, no
from storybank.domain.reasons import (
    ACTS,
    agreed,
    asks_first,
    dissents,
    never_agreed,
    nobody_with_the_right,
    not_on_file,
    not_standing,
    said_no,
    without_evidence,
)
from storybank.domain.use import INSIDE, Act, Material, Question, Use
from storybank.words import say

__all__ = ["NOBODY_SAID_NO", "Permission", "Verdict", "answer_of", "ended_with_no", "least_restrictive", "may_process",
           "most_restrictive", "no", "state_of"]  # fmt: skip

NOBODY_SAID_NO = say("Nobody said no to this.")


def answer_of(person: Contributor, consents: Sequence[Consent], question: Question) -> Permission:
    """Return what a person answers, given all their consents that cover the story."""
    on = question.on
    if _dissents(person):
        return no(dissents(person))
    known = [c for c in consents if c.last_state is not ConsentState.ENTERED_IN_ERROR]
    if not known:
        return no(not_on_file(person))
    latest = [c for c in known if c.last_state not in CLOSED]
    standing = _standing(latest, on)
    if not standing:
        last = _last_word(latest or known, on)
        return no(not_standing(person, last, on), [last.code])
    granting = [c for c in standing if _may_decide(person, c, on)]
    if not granting:
        return no(nobody_with_the_right(person, on), [c.code for c in standing])
    answer = _decided(person, [c for c in latest if _still_restricts(c)], granting, question)
    return _with_assent(person, answer, on)


def state_of(consents: Sequence[Consent], on: date) -> ConsentState | None:
    """Return where somebody stands, given all their consents that cover the story; None where there are none."""
    latest = [c for c in consents if c.last_state not in CLOSED]
    standing = _standing(latest, on)
    if standing:
        return max(standing, key=lambda c: c.last_said).state(on)
    return _last_word(latest, on).state(on) if latest else None


def may_process(person: Contributor, consents: Sequence[Consent], act: Act, on: date) -> Permission:
    """Return whether a machine may do `act` with what a person said.

    What stays inside needs no yes, and stops at a no, at a withdrawal and at "ask me first" (decision 0010).
    Whatever else needs a yes. A no to a machine stops it whatever use, material or place it was said about.
    """
    question = Question(_INSIDE, on, Material.QUOTE, act)
    if _dissents(person):
        return no(dissents(person))
    latest = [c for c in consents if c.last_state not in CLOSED]
    no_longer = [c for c in latest if c.last_state in NOES]
    if no_longer and not any(c.holds(on) and _says_yes(c) and _comes_after(c, no_longer) for c in latest):
        last = max(no_longer, key=lambda c: c.last_said)
        return no(not_standing(person, last, on), [last.code])
    said = [(c, p.decision) for c in latest for p in c.provisions if p.act is act and p.holds_on(on)]
    for decision, reason in ((Decision.DENY, said_no), (Decision.ASK_FIRST, asks_first)):
        codes = [consent.code for consent, what in said if what is decision]
        if codes:
            verdict = Verdict.DENY if decision is Decision.DENY else Verdict.ASK_FIRST
            return Permission(verdict, (reason(person, question),), consents=tuple(codes))
    if act not in INSIDE:
        return answer_of(person, consents, question)
    return Permission(Verdict.ALLOW, (say("Nobody said no to this: {act}.", act=ACTS[act]),))


def ended_with_no(own: Sequence[Consent], story_id: str) -> bool:
    """Tell whether somebody's last word about a story, or without one about everything, was a no."""
    said = [c for c in own if c.last_state not in CLOSED and (not c.story_ids or story_id in c.story_ids)]
    return bool(said) and max(said, key=lambda c: c.last_said).last_state in NOES


_INSIDE = Use("", "", "", "", "", "", "world")


def _dissents(person: Contributor) -> bool:
    return person.guardian is not None and person.guardian.assent is Assent.DISSENT


def _standing(latest: Sequence[Consent], on: date) -> list[Consent]:
    closing = [c for c in latest if _closes(c, on)]
    return [c for c in latest if c.stands(on) and _comes_after(c, closing)]


def _last_word(consents: Sequence[Consent], on: date) -> Consent:
    """Return the record that says why nothing stands: rather one that says no or nothing than a yes before it."""
    silent = [c for c in consents if c.state(on) not in PERMITTING]
    return max(silent or consents, key=lambda c: c.last_said)


def _says_yes(consent: Consent) -> bool:
    return consent.stage is Stage.RECORD or any(p.decision in GRANTS for p in consent.provisions)


def _closes(consent: Consent, on: date) -> bool:
    """Tell whether an agreement stops older ones: a no, an end, an open question that is not about renewing.

    An open question about being recorded, and the end of such an agreement, say nothing about use.
    """
    if consent.state(on) in PERMITTING:
        return False
    if consent.last_state in NOES:
        return True
    return consent.stage is Stage.RELEASE and not _is_renewal_asked(consent)


def _is_renewal_asked(consent: Consent) -> bool:
    """Tell whether a record only asks to renew another, which stands as long as nobody answered."""
    return bool(consent.supersedes_id) and consent.last_state in (ConsentState.REQUESTED, ConsentState.DEFERRED)


def _still_restricts(consent: Consent) -> bool:
    """Tell whether the no's of a record still count: one that has run out keeps them, one taken back has no say."""
    return consent.last_state in PERMITTING


def _comes_after(consent: Consent, closing: Sequence[Consent]) -> bool:
    """Tell whether an agreement is newer than every no: a withdrawal, a refusal, an open question, an end."""
    return all(
        consent.last_said > one.last_said and (one.last_state not in NOES or _takes_back(consent, one))
        for one in closing
    )


def _takes_back(consent: Consent, refusal: Consent) -> bool:
    """Tell whether a yes answers a no.

    A form that was signed before the no and was only entered later does not, and neither does a general agreement
    where the no was said about named stories: whoever wants one of them back names it.
    """
    return _signed_on(consent) >= refusal.last_said[1][:10] and (
        not refusal.story_ids or bool(consent.story_ids)
    )


def _signed_on(consent: Consent) -> str:
    """Return the day the answer was given, ISO 8601: that on the form, or the day it was entered."""
    return consent.given_on.isoformat() if consent.given_on else consent.last_said[1][:10]


def _may_decide(person: Contributor, consent: Consent, on: date) -> bool:
    """Tell whether whoever agreed had the right to: a guardian for a minor, and the person once they are of age.

    Someone who has a guardian and no day of majority is an adult who cannot decide alone.
    """
    by_guardian = consent.events[-1].role is Role.GUARDIAN
    if _has_a_guardian_decide(person, on):
        return by_guardian
    if person.majority_on is None:
        return True
    of_age = person.majority_on.isoformat()
    return not by_guardian and _signed_on(consent) >= of_age and consent.last_said[1][:10] >= of_age


def _has_a_guardian_decide(person: Contributor, on: date) -> bool:
    return person.is_minor(on) or (person.guardian is not None and person.majority_on is None)


def _with_assent(person: Contributor, answer: Permission, on: date) -> Permission:
    """Return the answer, unless a guardian gave it and the person has not said that they want it too."""
    assents = person.guardian is not None and person.guardian.assent is Assent.YES
    if not answer.allowed or assents or not _has_a_guardian_decide(person, on):
        return answer
    reason = say("{person} has not been asked whether they want this themselves.", person=person.name)
    return Permission(Verdict.ASK_FIRST, (reason,), consents=answer.consents)


def _decided(person: Contributor, restricting: Sequence[Consent], granting: Sequence[Consent],
             question: Question) -> Permission:
    """Return what the records say together: deny beats ask first beats conditions beats permit; silence is no."""
    denying = _that_say(Decision.DENY, restricting, question)
    if denying:
        return no(said_no(person, question), [denying[0].code])
    grants = [(c, p) for c in granting for p in c.provisions if p.grants(question)]
    asking = _that_say(Decision.ASK_FIRST, restricting, question)
    if not grants and not asking:
        return no(never_agreed(person, question), [c.code for c in granting])
    wanted = question.attribution
    if wanted and wanted.rank > _told(person, restricting, question, None)[0].rank:
        return no(say("{person} did not agree to be named so fully.", person=person.name), [c.code for c in granting])
    if asking and not any(p.quote_id for _, p in grants):
        return _ask_first(person, asking[0], question)
    return _granted(person, restricting, list(dict.fromkeys(consent for consent, _ in grants)), question)


def _that_say(decision: Decision, consents: Sequence[Consent], question: Question) -> list[Consent]:
    """Return the records of which a decision of that kind stands in the way."""
    return [c for c in consents if any(p.decision is decision and p.restricts(question) for p in c.provisions)]


def _ask_first(person: Contributor, consent: Consent, question: Question) -> Permission:
    reasons = [asks_first(person, question), *([] if consent.evidence else [without_evidence(consent)])]
    return Permission(Verdict.ASK_FIRST, tuple(reasons), consents=(consent.code,))


def _granted(person: Contributor, restricting: Sequence[Consent], resting: Sequence[Consent],
             question: Question) -> Permission:
    level, features = _told(person, restricting, question, question.attribution)
    conditions = tuple(dict.fromkeys(
        p.condition for c in restricting for p in c.provisions
        if p.decision is Decision.CONDITIONAL and p.restricts(question)
    ))  # fmt: skip
    reasons = [agreed(person, question)]
    reasons += [say("On the condition: {condition}", condition=condition) for condition in conditions]
    reasons += [without_evidence(consent) for consent in resting if not consent.evidence]
    return Permission(
        Verdict.ALLOW_WITH_CONDITIONS if conditions else Verdict.ALLOW, tuple(reasons), level, None,
        tuple(c.code for c in resting), conditions, features, tuple((c.code, c.events[-1].seq) for c in resting),
    )


def _told(person: Contributor, restricting: Sequence[Consent], question: Question,
          at_most: Attribution | None) -> tuple[Attribution, Features]:
    """Return how a person may be named and what may be seen and heard: only what all of their records allow."""
    if person.is_community:
        return Attribution.FULL, EVERYTHING
    said = [(level, c.wishes) for c in restricting if c.stage is Stage.RELEASE for level in _levels(c, question)]
    least = min((level for level, _ in said), key=lambda level: level.rank)
    if at_most and at_most.rank < least.rank:
        least = at_most
    features = EVERYTHING
    for level, wishes in said:
        features = features & wishes.at(level) & wishes.at(least)
    return least.with_only(features), features


def _levels(consent: Consent, question: Question) -> list[Attribution]:
    """Return how much a record lets be told: what its decisions about this say, else its own level.

    A decision that tells less counts wherever it touches what is asked; one that tells more only if it permits it all.
    """
    said = [p for p in consent.provisions if p.attribution and p.touches(question)]
    own = [] if any(p.grants(question) for p in said) else [consent.attribution]
    return own + [p.attribution for p in said if p.attribution]
