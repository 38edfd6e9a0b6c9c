"""The gate over several agreements, days and quotes at once: what each says counts, and nobody is asked for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storybank.domain.attribution import Attribution, Features, Wishes
from storybank.domain.clearance import Gate, Permission, Verdict
from storybank.domain.consent import Decision, Provision, Stage
from storybank.domain.contributor import ContributorKind
from storybank.domain.story import Participant
from storybank.domain.transcript import Span
from storybank.domain.use import Asked, Material
from tests.build import TODAY, WEBSITE, a_circle, a_person, a_quote, a_story, asking, cleared, decided, yes

LATER = "2026-02-01T10:00:00+00:00"
GEORGE = a_person("george", "George Campbell")


def on_condition(**about):
    return Provision(Decision.CONDITIONAL, condition="Show me first.", **about)


def test_a_condition_of_an_agreement_that_ran_out_still_binds_a_newer_yes():
    ended = decided(on_condition(), valid_until=TODAY - timedelta(1))
    assert asking(ended, decided(yes(), code="C-0002", at=LATER)).conditions == ("Show me first.",)


def test_a_condition_for_one_province_binds_a_use_in_the_whole_country():
    assert asking(decided(yes(), on_condition(territory="CA-QC"))).conditions == ("Show me first.",)


def test_a_condition_that_begins_later_ends_the_answer_before_it():
    begins = TODAY + timedelta(7)
    answer = asking(decided(yes(), on_condition(starts_on=begins)))
    assert (answer.conditions, answer.until) == ((), begins - timedelta(1))


def test_how_somebody_agreed_to_be_recorded_says_nothing_about_how_they_are_named():
    recorded = decided(stage=Stage.RECORD, attribution=Attribution.ANONYMOUS, code="C-0002")
    assert asking(decided(yes(), attribution=Attribution.FULL), recorded).attribution is Attribution.FULL


def test_two_agreements_of_one_person_tell_only_what_both_do():
    name, employer = (decided(yes(), attribution=level, code=code) for level, code in (
        (Attribution.FULL_NAME, "C-0001"), (Attribution.ROLE_AND_ORGANIZATION, "C-0002")))
    answer = asking(name, employer)
    assert (answer.attribution, answer.features) == (Attribution.ROLE_ONLY, Features(voice=True))


def test_a_face_that_went_with_a_name_goes_when_the_name_does():
    named = decided(yes(), attribution=Attribution.FULL)
    shown = decided(yes(), attribution=Attribution.ROLE_ONLY, wishes=Wishes(face=True), code="C-0002")
    assert not asking(named, shown).features.face


def test_exactly_the_name_that_was_allowed_may_be_asked_for():
    first_name = decided(yes(), attribution=Attribution.FIRST_NAME)
    assert asking(first_name, wanted=Attribution.FIRST_NAME).allowed


def test_a_full_credit_is_refused_to_whoever_keeps_back_their_organisation():
    consent = decided(yes(), attribution=Attribution.FULL, wishes=Wishes(organization=False))
    assert not asking(consent, wanted=Attribution.FULL).allowed
    assert asking(consent, wanted=Attribution.FULL_NAME).allowed


def test_a_community_does_not_decide_how_a_person_is_named():
    nation = a_person("nation", "Inuvik Council", kind=ContributorKind.COMMUNITY)
    theirs = decided(yes(), person="nation", code="C-0002", attribution=Attribution.ANONYMOUS)
    answer = asking(decided(yes(), attribution=Attribution.FULL), theirs, people=[a_person(), nation],
                    story=a_story("amina", communities=("nation",)), wanted=Attribution.FULL)
    assert (answer.allowed, answer.attribution, answer.features.face) == (True, Attribution.FULL, True)


FREELY = Permission(Verdict.ALLOW_WITH_CONDITIONS, (), Attribution.FULL_NAME, conditions=("a",),
                    features=Features(face=True, voice=True))


@pytest.mark.parametrize("less", [
    {"verdict": Verdict.DENY}, {"attribution": Attribution.FIRST_NAME}, {"features": Features(voice=True)},
    {"conditions": ("a", "b")},
])
def test_an_answer_that_takes_anything_away_is_not_as_good(less):
    stricter = replace(FREELY, **less)
    assert FREELY.is_as_good_as(stricter)
    assert not stricter.is_as_good_as(FREELY)
    assert FREELY.is_as_good_as(FREELY)


def test_one_gate_asks_for_each_quote_those_who_are_there():
    story = replace(a_story(), participants=(Participant("amina"), Participant("george", spans=(Span(5000, 6000),))))
    gate, circle = Gate(Asked((WEBSITE,), TODAY)), a_circle(decided(yes()), people=[a_person(), GEORGE], story=story)
    assert gate.of_quote(circle, a_quote()).allowed
    assert not gate.of_quote(circle, a_quote(id="q2", start_ms=4500, end_ms=5500)).allowed
    assert not gate.of_story(circle).allowed


def test_words_alone_carry_neither_voice_nor_face():
    one = cleared(decided(yes(), attribution=Attribution.FULL))
    assert one.materials == {Material.QUOTE}
    assert (one.carries_voice, one.shows_face, one.may_be_clip) == (False, False, False)


def test_the_only_person_in_a_story_is_its_speaker():
    story = replace(a_story(), participants=(Participant("amina", speaks=False),))
    assert cleared(decided(yes()), story=story, quote=a_quote(speaker_id=None)).speaker.id == "amina"
