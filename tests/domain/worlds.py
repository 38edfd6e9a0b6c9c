"""Worlds: random people, agreements, decisions, dates and questions for the gate, and ways to allow less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.clearance import Circle
from storybank.domain.consent import (
    PERMITTING,
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    Provision,
    Role,
    Stage,
)
from storybank.domain.contributor import Assent, Contributor, ContributorKind, Guardian
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.story import Participant, Sharing, Story
from storybank.domain.transcript import Span
from storybank.domain.use import Act, Asked, Material, Use
from tests.build import a_quote

FIRST = date(2026, 3, 1)
"""The day of which, or soon after which, everything is asked."""
HORIZON = FIRST + timedelta(45)
"""A day after everything in these worlds."""
QUOTE = a_quote(speaker_id=None)
USES = (
    Use("website", "campaign", "website", "public", "website", "site Web", "CA"),
    Use("print", "campaign", "print", "public", "print", "imprimé", "CA-QC"),
    Use("brief", "policy", "print", "officials", "brief", "mémoire", "world"),
)


SEVERAL_DAYS = [FIRST + timedelta(n) for n in range(-3, 12, 2)]


def changed(value, changes, at_most=2):
    """Return `value` with a few of `changes`, pairs of a field and what it may be."""
    return st.lists(st.sampled_from(changes), max_size=at_most).map(lambda some: replace(value, **dict(some)))


def each(field, *values):
    return [(field, value) for value in values]


_PROVISIONS = [
    *each("decision", Decision.DENY, Decision.ASK_FIRST, *[Decision.CONDITIONAL] * 5),
    *each("use", "website", "print"), *each("territory", "CA", "CA-QC", "world"),
    *each("material", Material.QUOTE, Material.CLIP), *each("attribution", *Attribution),
    *each("starts_on", *SEVERAL_DAYS), *each("ends_on", *SEVERAL_DAYS), *each("purpose", "campaign", "policy"),
    *each("channel", "print"), *each("audience", "public"), *each("act", Act.EDIT, Act.EDIT, Act.EDIT),
    *each("quote_id", "q1", "q1", "q2"),
]
CONDITIONS = ("Ask my sister.", "Not with pictures.")
provisions = st.builds(
    lambda p, condition: replace(p, condition=condition) if p.decision is Decision.CONDITIONAL else p,
    changed(Provision(Decision.PERMIT), _PROVISIONS, 3), st.sampled_from(CONDITIONS),
)
YES = (Provision(Decision.PERMIT), Provision(Decision.PERMIT, act=Act.EDIT))
SILENCE = ()

_ENDS = [s for s in ConsentState if s not in (*PERMITTING, ConsentState.EXPIRED)]
_WISHES = [Wishes(**{one: said}) for one in ("face", "voice", "organization", "place") for said in (True, False)]
_CONSENTS = [
    *each("attribution", *Attribution, *Attribution), *each("wishes", *_WISHES, *_WISHES),
    *each("given_on", *[FIRST + timedelta(n) for n in (-25, -15, -5, -1, 4)]), *each("valid_until", *SEVERAL_DAYS),
    *each("story_ids", frozenset({"story-1"}), frozenset({"story-1"}), frozenset({"other"})),
    *each("stage", Stage.RECORD), *each("supersedes_id", "C-0001"),
]
_EVENTS = [*each("role", *Role, Role.GUARDIAN, Role.PERSON), *each("state", *[ConsentState.RENEWED] * 12, *_ENDS)]
_PEOPLE = [
    *each("majority_on", *[FIRST + timedelta(n) for n in (-20, -5, 2, 4)]),
    *each("guardian", *[Guardian("Rosa", assent=one) for one in (*Assent, Assent.YES, Assent.YES)]),
]
_PRESENCE = [
    *each("speaks", False), *each("audible", False), *each("visible", False), *each("recording_id", "r1", "r2"),
    *each("spans", *[(Span(start, start + 1500),) for start in range(0, 6000, 500)]),
]


def at(half_day):
    """Return a moment: half days from a month before `FIRST` to a few days after it."""
    return f"{FIRST + timedelta(half_day // 2 - 30)}T{10 + half_day % 2}:00:00+00:00"


def agreements(role):
    """Return strategies of somebody's agreements, mostly a plain yes given in that role."""
    event = st.builds(lambda event, seq: replace(event, seq=seq), changed(
        ConsentEvent(ConsentState.GIVEN, "", role=role), _EVENTS, 1), st.integers(1, 70))
    consent = st.builds(
        lambda consent, usual, more, events: replace(consent, provisions=(*usual, *more), events=tuple(events)),
        changed(Consent("", "", "", Attribution.FULL, (), ()), _CONSENTS, 3),
        st.sampled_from([YES, YES, YES, YES, SILENCE]), st.lists(provisions, max_size=3),
        st.lists(event, min_size=1, max_size=2),
    )
    so_many = [st.lists(consent, min_size=n, max_size=n) for n in range(4)]
    return st.sampled_from([1, 1, 1, 2, 2, 3, 0]).flatmap(so_many.__getitem__)


AGREEMENTS = {role: agreements(role) for role in (Role.PERSON, Role.GUARDIAN)}


def agreements_of(person):
    """Return strategies of what a person agreed to, mostly by whoever may say it."""
    own = AGREEMENTS[Role.GUARDIAN if person.majority_on or person.guardian else Role.PERSON]
    return own.map(lambda consents: [replace(c, contributor_id=person.id) for c in consents])


def in_order(consents):
    """Return the consents with identifiers, and their events put at different places of one chain."""
    numbered = []
    for n, consent in enumerate(consents, 1):
        places = sorted(16 * event.seq + 2 * n + m for m, event in enumerate(consent.events))
        events = tuple(replace(e, seq=seq, at=at(seq // 16)) for e, seq in zip(consent.events, places, strict=True))
        numbered.append(replace(consent, id=f"C-{n:04}", code=f"C-{n:04}", events=events))
    return numbered


_SOMEONE = changed(Contributor("", "", ""), _PEOPLE, 1)
_PART = changed(Participant(""), _PRESENCE)
_RESTRICTIONS = st.lists(max_size=1, elements=changed(
    Restriction("x", "r1", 3500, 5000, Treatment.MUTE),
    [*each("start_ms", 4000), *each("treatment", *Treatment), *each("recording_id", "r2")],
))
_HOW_MANY = st.sampled_from([(1, 0), (1, 0), (1, 0), (1, 1), (1, 2), (2, 0), (2, 0), (2, 1), (3, 0), (3, 2)])


@st.composite
def circles(draw):
    """Return a story with people, communities, agreements and restrictions."""
    persons, nations = draw(_HOW_MANY)
    people = [replace(draw(_SOMEONE), id=name, name=name.title()) for name in ("amina", "george", "marie")[:persons]]
    people += [Contributor(name, name, name.title(), kind=ContributorKind.COMMUNITY)
               for name in ("inuvik", "wemindji")[:nations]]
    consents = [consent for person in people for consent in draw(agreements_of(person))]
    participants = tuple(replace(draw(_PART), contributor_id=p.id) for p in people if not p.is_community)
    story = Story("story-1", "S-0001", "Trust", "trust", "en", participants, sharing=draw(st.sampled_from(Sharing)),
                  communities=tuple(p.id for p in people if p.is_community))
    return Circle(story, {p.id: p for p in people}, in_order(consents), draw(_RESTRICTIONS))


questions = changed(Asked(USES[:1], FIRST + timedelta(2)), [
    *each("uses", USES[1:2], USES[2:], USES[:2], USES[:2], USES), *each("on", *SEVERAL_DAYS[2:5]),
    *each("until", *SEVERAL_DAYS), *each("acts", (Act.EDIT,), (Act.EDIT, Act.TRANSLATE)),
    *each("materials", (Material.CLIP,), (Material.QUOTE, Material.CLIP)), *each("attribution", *Attribution),
])


def tells_less(level):
    """Return the levels that tell nothing that `level` does not."""
    return [one for one in Attribution if one.rank <= level.rank and one.features & level.features == one.features]
