"""The gate over random worlds: it says what the plain one says, and less agreed to is never more allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Gate
from storybank.domain.consent import ConsentEvent, ConsentState, Decision
from storybank.domain.contributor import Assent, Contributor, ContributorKind, Guardian
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.story import Participant, Sharing
from storybank.domain.use import Act, Material
from tests.domain import reference_gate
from tests.domain.reference_gate import Plainly
from tests.domain.worlds import (
    CONDITIONS,
    FIRST,
    HORIZON,
    QUOTE,
    SEVERAL_DAYS,
    USES,
    agreements_of,
    at,
    circles,
    provisions,
    questions,
    tells_less,
)

thorough = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def plainly(answer):
    if not answer.allowed:
        return Plainly(answer.verdict.value)
    features = frozenset(name for name in ("face", "voice", "organization", "place") if getattr(answer.features, name))
    return Plainly(answer.verdict.value, answer.attribution.value, features, frozenset(answer.conditions), answer.until)


def without_details(answer):
    return answer if answer.verdict in reference_gate.ALLOWED else Plainly(answer.verdict)


@settings(thorough, max_examples=400)
@given(circles(), questions)
def test_the_gate_says_of_a_story_what_the_plain_one_says(circle, asked):
    answer = Gate(asked).of_story(circle)
    event(answer.verdict)
    assert plainly(answer) == without_details(reference_gate.about_story(circle, asked, HORIZON))


@settings(thorough, max_examples=400)
@given(circles(), questions)
def test_the_gate_says_of_a_quote_what_the_plain_one_says(circle, asked):
    answer = Gate(asked).of_quote(circle, QUOTE)
    event(answer.verdict)
    assert plainly(answer) == without_details(reference_gate.about_quote(circle, QUOTE, asked, HORIZON))


def never_more(circle, narrower, asked, also_asked=None):
    """Assert that of the story and of the quote nothing is allowed in `narrower` that `circle` does not allow."""
    for ask in (lambda gate, one: gate.of_story(one), lambda gate, one: gate.of_quote(one, QUOTE)):
        before, after = ask(Gate(asked), circle), ask(Gate(also_asked or asked), narrower)
        event(f"{before.verdict} then {after.verdict}")
        if circle.story.sharing is Sharing.ANY:
            # Where one community is enough, another one speaks when the first falls silent, with conditions of its own.
            before = replace(before, conditions=())
        assert before.is_as_good_as(after), (before, after)


def one_changed(draw, circle, change, fits=lambda consent: True):
    """Return the circle with `change` made to one of its consents."""
    fitting = [n for n, consent in enumerate(circle.consents) if fits(consent)]
    assume(fitting)
    n = draw(st.sampled_from(fitting))
    consents = list(circle.consents)
    consents[n] = change(consents[n])
    return replace(circle, consents=consents)


def one_decision_changed(draw, circle, change, fits):
    """Return the circle with `change` made to one decision; to None, it is taken away."""
    def decide_otherwise(consent):
        n = draw(st.sampled_from([n for n, p in enumerate(consent.provisions) if fits(p)]))
        new = change(consent.provisions[n])
        rest = consent.provisions[n + 1 :]
        return replace(consent, provisions=(*consent.provisions[:n], *([new] if new else []), *rest))

    return one_changed(draw, circle, decide_otherwise, lambda consent: any(map(fits, consent.provisions)))


def is_plain_yes(provision):
    """Tell whether a decision only allows; one with a level or a condition of its own also limits."""
    return provision.decision is Decision.PERMIT and provision.attribution is None


@thorough
@given(st.data(), circles(), questions, provisions)
def test_another_no_never_allows_more(data, circle, asked, provision):
    denying = replace(provision, decision=Decision.DENY)
    never_more(circle, one_changed(
        data.draw, circle, lambda c: replace(c, provisions=(*c.provisions, denying))), asked)


@thorough
@given(st.data(), circles(), questions)
def test_one_yes_less_never_allows_more(data, circle, asked):
    never_more(circle, one_decision_changed(data.draw, circle, lambda p: None, is_plain_yes), asked)


SCOPES = [
    ("use", "website"), ("use", "print"), ("territory", "CA"), ("territory", "CA-QC"), ("territory", "FR"),
    ("material", Material.QUOTE), ("material", Material.CLIP), ("purpose", "campaign"), ("purpose", "policy"),
    ("channel", "print"), ("audience", "public"), ("quote_id", "q2"), ("starts_on", FIRST + timedelta(3)),
    ("ends_on", FIRST + timedelta(3)), ("ends_on", FIRST + timedelta(8)),
]


@thorough
@given(st.data(), circles(), questions, st.sampled_from(SCOPES))
def test_a_yes_to_less_never_allows_more(data, circle, asked, scope):
    field, value = scope
    narrower = one_decision_changed(data.draw, circle, lambda p: replace(p, **{field: value}),
                                    lambda p: is_plain_yes(p) and getattr(p, field) is None)
    never_more(circle, narrower, asked)


@thorough
@given(st.data(), circles(), questions, st.sampled_from([Decision.ASK_FIRST, Decision.CONDITIONAL]))
def test_a_condition_or_a_wish_to_be_asked_never_allows_more(data, circle, asked, decision):
    def bind(provision):
        return replace(provision, decision=decision, condition=CONDITIONS[0])

    never_more(circle, one_decision_changed(data.draw, circle, bind, is_plain_yes), asked)


@thorough
@given(st.data(), circles(), questions, st.sampled_from(SEVERAL_DAYS))
def test_an_agreement_that_ends_earlier_never_allows_more(data, circle, asked, day):
    never_more(circle, one_changed(
        data.draw, circle, lambda c: replace(c, valid_until=min(day, c.valid_until or day))), asked)


@thorough
@given(st.data(), circles(), questions)
def test_a_lower_level_never_allows_more(data, circle, asked):
    def lower(consent):
        return replace(consent, attribution=data.draw(st.sampled_from(tells_less(consent.attribution))))

    never_more(circle, one_changed(data.draw, circle, lower), asked)


@thorough
@given(st.data(), circles(), questions)
def test_a_lower_level_for_one_decision_never_allows_more(data, circle, asked):
    def lower(provision):
        return replace(provision, attribution=data.draw(st.sampled_from(tells_less(provision.attribution))))

    never_more(circle, one_decision_changed(data.draw, circle, lower, lambda p: p.attribution), asked)


@thorough
@given(st.data(), circles(), questions, st.sampled_from(["face", "voice", "organization", "place"]))
def test_a_wish_not_to_be_seen_heard_or_placed_never_allows_more(data, circle, asked, one):
    never_more(circle, one_changed(
        data.draw, circle, lambda c: replace(c, wishes=replace(c.wishes, **{one: False}))), asked)


@thorough
@given(st.data(), circles(), questions, st.booleans())
def test_another_person_in_it_never_allows_more(data, circle, asked, is_community):
    kind = ContributorKind.COMMUNITY if is_community else ContributorKind.PERSON
    new = Contributor("new", "new", "New", kind=kind)
    own = [replace(c, id="C-0009", code="C-0009", events=tuple(replace(e, seq=2000, at=at(70)) for e in c.events[-1:]))
           for c in data.draw(agreements_of(new))[:1]]
    assume(not (is_community and circle.story.communities and circle.story.sharing is Sharing.ANY))
    story = circle.story
    if is_community:
        story = replace(story, communities=(*story.communities, "new"))
    else:
        story = replace(story, participants=(*story.participants, Participant("new")))
    narrower = replace(circle, story=story, people={**circle.people, "new": new}, consents=[*circle.consents, *own])
    assume(circle.everyone and circle.in_quote(QUOTE))
    never_more(circle, narrower, asked)


@thorough
@given(circles(), questions, st.integers(0, 5000), st.integers(0, 5000), st.sampled_from(Treatment))
def test_another_restriction_never_allows_more(circle, asked, start_ms, length_ms, treatment):
    new = Restriction("new", "r1", start_ms, start_ms + length_ms, treatment)
    never_more(circle, replace(circle, restrictions=[*circle.restrictions, new]), asked)


@thorough
@given(st.data(), circles(), questions, st.sampled_from([Assent.UNKNOWN, Assent.DISSENT]))
def test_a_guardian_alone_is_never_allowed_more(data, circle, asked, assent):
    person = circle.people[data.draw(st.sampled_from(sorted(circle.people)))]
    willing = replace(person, guardian=Guardian("Rosa", assent=Assent.YES))
    unsure = replace(person, guardian=Guardian("Rosa", assent=assent))
    sure, less_sure = ({**circle.people, person.id: one} for one in (willing, unsure))
    never_more(replace(circle, people=sure), replace(circle, people=less_sure), asked)


MORE = {
    "uses": lambda asked: replace(asked, uses=USES),
    "materials": lambda asked: replace(asked, materials=(*asked.materials, Material.CLIP, Material.QUOTE)),
    "acts": lambda asked: replace(asked, acts=(*asked.acts, Act.EDIT)),
    "a longer time": lambda asked: replace(asked, until=asked.last + timedelta(4)),
    "a wider place": lambda asked: replace(asked, uses=tuple(replace(u, territory="world") for u in asked.uses)),
    "a name": lambda asked: replace(asked, attribution=asked.attribution or Attribution.FIRST_NAME),
}


@settings(thorough, max_examples=300)
@given(circles(), questions, st.sampled_from(sorted(MORE)))
def test_asking_for_more_never_allows_more(circle, asked, what):
    never_more(circle, circle, asked, MORE[what](asked))


@thorough
@given(circles(), questions)
def test_no_decisions_at_all_means_no(circle, asked):
    silent = replace(circle, consents=[replace(c, provisions=()) for c in circle.consents])
    assert not Gate(asked).of_story(silent).allowed
    assert not Gate(asked).of_quote(silent, QUOTE).allowed


TAKEN_BACK = [ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.INVALIDATED, ConsentState.REFUSED]


@thorough
@given(st.data(), circles(), questions, st.sampled_from(TAKEN_BACK))
def test_whatever_was_said_before_taking_back_refuses_on_every_day(data, circle, asked, state):
    everyone = sorted(circle.everyone)
    assume(everyone)
    person = data.draw(st.sampled_from(everyone))
    own = [c for c in circle.consents if c.contributor_id == person and c.covers_story("story-1")]
    assume(own)
    ended = data.draw(st.sampled_from(own))
    over = replace(ended, events=(*ended.events, ConsentEvent(state, at(80), seq=2000)))
    withdrawn = replace(circle, consents=[over if c is ended else c for c in circle.consents])
    answer = Gate(asked).of_story(withdrawn)
    assert answer.verdict == "deny"


@thorough
@given(circles(), questions)
def test_an_answer_holds_on_every_day_up_to_its_last_and_not_on_the_next(circle, asked):
    answer = Gate(asked).of_story(circle)
    if answer.allowed:
        until = answer.until or HORIZON
        assert Gate(replace(asked, until=until)).of_story(circle).is_as_good_as(answer)
    if answer.until:
        too_long = replace(asked, until=answer.until + timedelta(1))
        assert not Gate(too_long).of_story(circle).is_as_good_as(answer)


@thorough
@given(circles(), questions, st.sampled_from(["en", "fr"]))
def test_every_answer_has_a_reason_in_both_languages(circle, asked, language):
    answer = Gate(asked).of_story(circle)
    assert answer.reasons
    assert all(reason.said_in(language).endswith(".") for reason in answer.reasons)
