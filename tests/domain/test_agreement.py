"""Agreement: what nobody can mean is refused, and what speaks against itself is said while it is entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storybank.domain.agreement import Agreement, check, contradictions
from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.consent import ConsentState, Decision, Provision, Stage
from storybank.domain.use import Act, Material
from storybank.errors import Invalid
from storybank.words import Words

SPRING, SUMMER = date(2026, 4, 1), date(2026, 7, 1)
YES = Provision(Decision.PERMIT, "website")
NO, ASK = replace(YES, decision=Decision.DENY), replace(YES, decision=Decision.ASK_FIRST)
THE_NO_COUNTS = "The same thing is both permitted and refused: the no counts."
IT_IS_ASKED = "The same thing is both permitted and to be asked about first: it will be asked."


def answer(*provisions, level=Attribution.FULL_NAME, **about):
    return Agreement("amina", provisions, level, **about)


def said(*provisions, **about):
    return [str(one) for one in contradictions(answer(*provisions, **about))]


# ---- what nobody can mean ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("agreement", "message"), [
    (answer(YES, given_on=SUMMER, until=SPRING), "would end on 1 April 2026, before it was given on 1 July 2026"),
    (answer(replace(YES, starts_on=SUMMER, ends_on=SPRING)), "would end on 1 April 2026, before it begins on 1 July"),
    (answer(), "at least one use"),
    (answer(state=ConsentState.RENEWED), "at least one use"),
    (answer(Provision(Decision.CONDITIONAL, "website", condition="  ")), "needs the condition"),
])
def test_what_nobody_can_mean_is_refused(agreement, message):
    with pytest.raises(Invalid, match=message):
        check(agreement)


@pytest.mark.parametrize("agreement", [
    answer(YES), answer(YES, given_on=SPRING, until=SPRING), answer(replace(YES, starts_on=SPRING, ends_on=SPRING)),
    answer(YES, until=SPRING), answer(state=ConsentState.REFUSED), answer(state=ConsentState.REQUESTED),
    answer(stage=Stage.RECORD), answer(Provision(Decision.CONDITIONAL, "website", condition="beside my photo")),
    answer(YES, NO),
])
def test_what_somebody_may_well_mean_is_kept(agreement):
    check(agreement)


# ---- what speaks against itself ---------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [
    NO, Provision(Decision.DENY), Provision(Decision.DENY, purpose="awareness"), replace(NO, material=Material.CLIP),
    replace(NO, territory="CA-QC"), replace(NO, territory="world"), replace(NO, quote_id="q1"),
    replace(NO, starts_on=SPRING), replace(NO, audience="public"),
])
def test_a_yes_and_a_no_to_the_same_thing_are_told(other):
    assert said(YES, other) == [THE_NO_COUNTS] == said(other, YES)


@pytest.mark.parametrize("other", [
    replace(NO, use="print"), replace(NO, act=Act.TRAIN), YES, replace(YES, material=Material.CLIP),
])
def test_answers_to_different_things_stand_side_by_side(other):
    assert said(YES, other) == []


def test_decisions_that_never_meet_in_what_place_or_time_are_no_contradiction():
    assert said(replace(YES, material=Material.QUOTE), replace(NO, material=Material.CLIP)) == []
    assert said(replace(YES, territory="CA-ON"), replace(NO, territory="CA-QC")) == []
    assert said(replace(YES, ends_on=SPRING), replace(NO, starts_on=SUMMER)) == []
    assert said(replace(YES, starts_on=SUMMER), replace(NO, ends_on=SPRING)) == []
    assert said(replace(YES, ends_on=SPRING), replace(NO, starts_on=SPRING)) == [THE_NO_COUNTS]


def test_a_yes_that_is_also_to_be_asked_about_is_told_even_on_a_condition():
    conditional = Provision(Decision.CONDITIONAL, "website", condition="beside my photo")
    assert said(YES, ASK) == [IT_IS_ASKED] == said(conditional, ASK)


def test_each_contradiction_is_told_once():
    assert said(YES, NO, Provision(Decision.DENY), ASK) == [THE_NO_COUNTS, IT_IS_ASKED]


def test_a_decision_that_outlives_its_consent_is_told():
    assert said(replace(YES, ends_on=SUMMER), until=SPRING) == [
        "A decision lasts until 1 July 2026, longer than the consent itself: 1 April 2026."]
    assert said(replace(YES, ends_on=SPRING), until=SPRING) == []


def test_a_decision_that_names_more_than_the_consent_is_told():
    fuller = replace(YES, attribution=Attribution.FULL)
    assert said(fuller, level=Attribution.ROLE_ONLY) == [
        "A decision names the person more fully than the consent as a whole."]
    assert said(replace(YES, attribution=Attribution.ROLE_ONLY)) == []


@pytest.mark.parametrize("wishes", [Wishes(face=True), Wishes(voice=True)])
def test_being_seen_or_heard_without_attribution_is_told(wishes):
    assert said(YES, level=Attribution.ANONYMOUS, wishes=wishes) == [
        "The person wants no attribution, and also to be seen or heard: neither will be shown."]


@pytest.mark.parametrize("wishes", [Wishes(organization=True), Wishes(place=True)])
def test_an_employer_or_a_place_that_the_level_leaves_out_is_told(wishes):
    assert said(YES, level=Attribution.ROLE_ONLY, wishes=wishes) == [
        "The chosen way of naming leaves out the organisation or place that was agreed to."]
    assert said(YES, level=Attribution.FULL, wishes=wishes) == []


def test_a_contradiction_is_told_in_french():
    assert Words("fr").sentence(contradictions(answer(YES, NO))[0]) != THE_NO_COUNTS
