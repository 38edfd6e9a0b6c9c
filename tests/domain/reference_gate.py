"""The gate once more, as slow and as plain as can be: day by day, person by person, decision by decision.

Written from the issue's words ("Consent that can be trusted") and not from the gate, so that the two can disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FROM_MOST_TO_LEAST = [
    "full", "full_name", "first_name", "role_and_organization", "role_and_place", "role_only", "anonymous",
]
FROM_FREE_TO_STRICT = ["allow", "allow_with_conditions", "ask_first", "deny"]
ALLOWED = ("allow", "allow_with_conditions")
TOLD = {
    "full": {"face", "voice", "organization", "place"},
    "full_name": {"face", "voice", "place"},
    "first_name": {"face", "voice", "place"},
    "role_and_organization": {"voice", "organization"},
    "role_and_place": {"voice", "place"},
    "role_only": {"voice"},
    "anonymous": set(),
}
ALL = {"face", "voice", "organization", "place"}


@dataclass
class Plainly:
    """An answer without its reasons."""

    verdict: str
    attribution: str = "anonymous"
    features: frozenset = frozenset()
    conditions: frozenset = frozenset()
    until: date | None = None


def about_story(circle, asked, horizon):
    """Return what may be done with a story as a whole; `horizon` is a day after everything on file."""
    needed = {p.contributor_id for p in circle.story.participants if p.speaks or p.audible or p.visible}
    return over_the_period(circle, needed, asked, "", horizon)


def about_quote(circle, quote, asked, horizon):
    """Return what may be done with a quote: everyone who is there while it is said is asked."""
    for restriction in circle.restrictions:
        same_recording = restriction.recording_id == quote.recording_id
        if restriction.treatment == "cut" and same_recording and share_a_moment(restriction, quote):
            return Plainly("deny")
    needed = set()
    for one in circle.story.participants:
        is_in_it = one.speaks or one.audible or one.visible
        in_recording = one.recording_id in ("", quote.recording_id)
        if is_in_it and in_recording and (not one.spans or any(share_a_moment(span, quote) for span in one.spans)):
            needed.add(one.contributor_id)
    if quote.speaker_id:
        needed.add(quote.speaker_id)
    return over_the_period(circle, needed, asked, quote.id, horizon)


def share_a_moment(one, other):
    """Tell whether some millisecond lies in both."""
    return max(one.start_ms, other.start_ms) < min(one.end_ms, other.end_ms)


def over_the_period(circle, needed, asked, quote_id, horizon):
    """Ask again on every single day of the period, and go on after it for as long as the answer holds."""
    if not needed:
        return Plainly("deny")
    last = asked.on if asked.until is None or asked.until < asked.on else asked.until
    days = [asked.on + timedelta(n) for n in range((last - asked.on).days + 1)]
    answer = all_must_agree([on_the_day(circle, needed, asked, quote_id, day) for day in days])
    if answer.verdict not in ALLOWED:
        return answer
    day = last + timedelta(1)
    while day <= horizon:
        if not allows_as_much(on_the_day(circle, needed, asked, quote_id, day), answer):
            answer.until = day - timedelta(1)
            return answer
        day += timedelta(1)
    return answer


def allows_as_much(later, now):
    """Tell whether the later answer takes nothing away."""
    return (
        FROM_FREE_TO_STRICT.index(later.verdict) <= FROM_FREE_TO_STRICT.index(now.verdict)
        and FROM_MOST_TO_LEAST.index(later.attribution) <= FROM_MOST_TO_LEAST.index(now.attribution)
        and later.features >= now.features
        and later.conditions <= now.conditions
    )


def on_the_day(circle, needed, asked, quote_id, day):
    """Everyone who is there must agree, and their communities beside them."""
    answers = [one_person(circle, person, asked, quote_id, day) for person in needed]
    communities = [one_person(circle, one, asked, quote_id, day) for one in circle.story.communities]
    if communities and circle.story.sharing == "any":
        freest = communities[0]
        for answer in communities:
            if FROM_FREE_TO_STRICT.index(answer.verdict) < FROM_FREE_TO_STRICT.index(freest.verdict):
                freest = answer
        communities = [freest]
    return all_must_agree(answers + communities)


def all_must_agree(answers):
    """The strictest verdict, the least that may be told, every condition."""
    verdict = max((a.verdict for a in answers), key=FROM_FREE_TO_STRICT.index)
    level = max((a.attribution for a in answers), key=FROM_MOST_TO_LEAST.index)
    features = frozenset(ALL).intersection(*(a.features for a in answers))
    conditions = frozenset().union(*(a.conditions for a in answers))
    return Plainly(verdict, no_more_than_told(level, features), features, conditions)


def no_more_than_told(level, features):
    """A level that is made of an organisation or a place is not reached without it."""
    if level == "full" and "organization" not in features:
        return "full_name"
    made_of = {"role_and_organization": "organization", "role_and_place": "place"}
    return "role_only" if level in made_of and made_of[level] not in features else level


def one_person(circle, contributor_id, asked, quote_id, day):
    """Every use, with every material and every act, is asked of a person."""
    if contributor_id not in circle.people:
        return Plainly("deny")
    person = circle.people[contributor_id]
    consents = []
    for consent in circle.consents:
        if consent.contributor_id == contributor_id and (not consent.story_ids or circle.story.id in consent.story_ids):
            consents.append(consent)
    answers = []
    for use in asked.uses:
        for material in asked.materials:
            for act in ("use", *asked.acts):
                answers.append(one_question(person, consents, (use, material, act, quote_id, day), asked.attribution))
    return all_must_agree(answers)


def one_question(person, consents, question, wanted):
    """What one person says to one question on one day."""
    day = question[-1]
    in_force = [c for c in consents if is_in_force(c, consents, person, day)]
    if not in_force or (person.guardian and person.guardian.assent == "dissent"):
        return Plainly("deny")
    speaking = [c for c in consents if last(c).state in ("given", "renewed")]
    nos = [p for c in speaking for p in c.provisions if matches(p, question) and shares_a_place(p, question)]
    yeses = [p for c in in_force for p in c.provisions if permits(p, question)]
    if any(p.decision == "deny" for p in nos):
        return Plainly("deny")
    asks = any(p.decision == "ask_first" for p in nos)
    if not yeses and not asks:
        return Plainly("deny")
    level, features = what_is_told(person, speaking, question, None)
    if wanted and FROM_MOST_TO_LEAST.index(wanted) < FROM_MOST_TO_LEAST.index(level):
        return Plainly("deny")
    if asks and not any(p.quote_id for p in yeses):
        return Plainly("ask_first")
    conditions = {p.condition for p in nos if p.decision == "conditional"}
    level, features = what_is_told(person, speaking, question, wanted)
    verdict = "allow_with_conditions" if conditions else "allow"
    if is_decided_for(person, day) and not wants_it_too(person):
        verdict = "ask_first"
    return Plainly(verdict, level, frozenset(features), frozenset(conditions))


def wants_it_too(person):
    """Tell whether somebody for whom a guardian decides said yes themselves."""
    return bool(person.guardian) and person.guardian.assent == "yes"


def last(consent):
    """Return the last thing that happened."""
    return consent.events[-1]


def is_in_force(consent, consents, person, day):
    """An agreement to use, given or renewed, begun and not ended, newer than every no, by whoever may decide."""
    if consent.stage != "release" or last(consent).state not in ("given", "renewed"):
        return False
    if consent.given_on and consent.given_on > day:
        return False
    if consent.valid_until and consent.valid_until < day:
        return False
    for other in consents:
        if stops_older_ones(other, day) and not is_newer(consent, other):
            return False
    signed = consent.given_on or day_of(last(consent))
    if is_decided_for(person, day):
        return last(consent).role == "guardian"
    if person.majority_on:
        asked_again = signed >= person.majority_on and day_of(last(consent)) >= person.majority_on
        return asked_again and last(consent).role != "guardian"
    return True


def stops_older_ones(consent, day):
    """A no does; so does an agreement to use that has run out, and a question about use that nobody answered."""
    state = last(consent).state
    if state in ("withdrawn", "revoked", "refused", "invalidated"):
        return True
    if consent.stage == "record":
        return False
    if state in ("given", "renewed"):
        return bool(consent.valid_until and consent.valid_until < day)
    return state == "expired" or (state in ("requested", "deferred") and not consent.supersedes_id)


def is_newer(consent, no):
    """Said later; and where it answers a no, signed no earlier than the day of it, and about stories if the no is."""
    if (last(consent).seq, last(consent).at) <= (last(no).seq, last(no).at):
        return False
    if last(no).state not in ("withdrawn", "revoked", "refused", "invalidated"):
        return True
    if no.story_ids and not consent.story_ids:
        return False
    return (consent.given_on or day_of(last(consent))) >= day_of(last(no))


def day_of(event):
    """Return the day something happened."""
    return date.fromisoformat(event.at[:10])


def is_decided_for(person, day):
    """A minor until the day of majority; an adult with a guardian and no such day."""
    if person.majority_on:
        return day < person.majority_on
    return person.guardian is not None


def matches(provision, question):
    """A decision speaks of a question unless one of its fields says otherwise; the place is looked at separately."""
    use, material, act, quote_id, day = question
    for said, asked in [
        (provision.use, use.key), (provision.purpose, use.purpose), (provision.channel, use.channel),
        (provision.audience, use.audience), (provision.material, material), (provision.quote_id, quote_id),
    ]:
        if said is not None and said != asked:
            return False
    if provision.starts_on and day < provision.starts_on:
        return False
    if provision.ends_on and day > provision.ends_on:
        return False
    return provision.act == act


EVERYWHERE = {"CA-QC", "CA-NS", "FR"}
PLACES = {None: EVERYWHERE, "world": EVERYWHERE, "CA": {"CA-QC", "CA-NS"}, "CA-QC": {"CA-QC"}, "FR": {"FR"}}


def permits(provision, question):
    """A yes must cover every place that is asked about."""
    yes = provision.decision in ("permit", "conditional") and matches(provision, question)
    return yes and PLACES[question[0].territory] <= PLACES[provision.territory]


def shares_a_place(provision, question):
    """A no stands in the way if it is about any place that is asked about."""
    return bool(PLACES[question[0].territory] & PLACES[provision.territory])


def what_is_told(person, speaking, question, wanted):
    """Only what every agreement lets be told, at the level that is left."""
    if person.kind == "community":
        return "full", ALL
    said = []
    for consent in speaking:
        if consent.stage == "release":
            said += [(level, consent.wishes) for level in levels(consent, question)]
    least = max([level for level, _ in said] + ([wanted] if wanted else []), key=FROM_MOST_TO_LEAST.index)
    features = set(ALL)
    for level, wishes in said:
        features &= wished(wishes, level) & wished(wishes, least)
    return no_more_than_told(least, features), features


def levels(consent, question):
    """The level said for this use; the agreement's own where none was, or where what was said covers only a part."""
    found, covered = [], False
    for provision in consent.provisions:
        if provision.attribution and provision.decision != "deny" and matches(provision, question):
            if shares_a_place(provision, question):
                found.append(provision.attribution)
            covered = covered or permits(provision, question)
    return found if covered else [*found, consent.attribution]


def wished(wishes, level):
    """Face and voice as the person said, organisation and place never more than the level; nothing when anonymous."""
    told = set(TOLD[level])
    if level == "anonymous":
        return told
    for name in ("face", "voice"):
        if getattr(wishes, name) is True:
            told.add(name)
    for name in ("face", "voice", "organization", "place"):
        if getattr(wishes, name) is False:
            told.discard(name)
    return told
