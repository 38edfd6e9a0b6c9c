"""The gate, decision by decision: what was said about uses, places, materials, acts, names and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storybank.domain.attribution import Attribution, Features, Wishes
from storybank.domain.clearance import Gate, Verdict
from storybank.domain.consent import ConsentState, Decision, Provision, Stage
from storybank.domain.use import Act, Asked, Material
from storybank.errors import Refused
from tests.build import PRINT, TODAY, WEBSITE, a_circle, a_person, a_quote, asking, cleared, decided, no_to, yes

ASK = Decision.ASK_FIRST
MEDIA = (Material.CLIP, Material.AUDIO, Material.STILL)


def said(answer):
    return [str(reason) for reason in answer.reasons]


def test_a_yes_says_who_agreed_to_what():
    answer = asking(decided(yes("website")))
    assert said(answer) == ["Amina Diallo agreed to this use: website."]
    assert (answer.verdict, answer.consents, answer.until) == (Verdict.ALLOW, ("C-0001",), None)


def test_an_answer_names_the_event_it_rests_on():
    consent = decided(yes())
    numbered = replace(consent, events=(replace(consent.events[0], seq=7),))
    assert asking(numbered).events == (("C-0001", 7),)


def test_a_condition_is_read_aloud():
    consent = decided(Provision(Decision.CONDITIONAL, "website", condition="Show me the page first."))
    answer = asking(consent)
    assert (answer.verdict, answer.conditions) == (Verdict.ALLOW_WITH_CONDITIONS, ("Show me the page first.",))
    assert "On the condition: Show me the page first." in said(answer)


def test_a_plain_yes_beside_a_condition_does_not_lift_it():
    consent = decided(yes(), Provision(Decision.CONDITIONAL, "website", condition="Show me the page first."))
    assert asking(consent).conditions == ("Show me the page first.",)


def test_who_wants_to_be_asked_first_is_not_bypassed_by_a_yes():
    answer = asking(decided(yes(), Provision(ASK, "website")))
    assert (answer.verdict, said(answer)) == (
        Verdict.ASK_FIRST, ["Amina Diallo wants to be asked first for this use: website."])


def test_a_yes_for_the_very_quote_answers_ask_first_and_no_other_quote():
    consent = decided(Provision(ASK, "website"), yes("website", quote_id="q1"))
    assert asking(consent).verdict is Verdict.ALLOW
    assert asking(consent, quote=a_quote(id="q2")).verdict is Verdict.ASK_FIRST


def test_a_no_for_the_very_quote_stops_that_quote_alone():
    consent = decided(yes(), no_to(quote_id="q1"))
    gate, circle = Gate(Asked((WEBSITE,), TODAY)), a_circle(consent)
    assert not gate.of_quote(circle, a_quote(id="q1")).allowed
    assert gate.of_quote(circle, a_quote(id="q2")).allowed
    assert gate.of_story(circle).allowed


def test_a_no_beats_a_wish_to_be_asked_even_when_the_quote_was_agreed_to():
    answer = asking(decided(yes(quote_id="q1"), Provision(ASK, "website"), no_to("website")))
    assert said(answer) == ["Amina Diallo said no to this use: website."]


QUEBEC = replace(WEBSITE, territory="CA-QC")
WORLD = replace(WEBSITE, territory="world")
NOWHERE = replace(WEBSITE, territory="")


@pytest.mark.parametrize(("territory", "use", "allowed"), [
    ("CA", QUEBEC, True), ("CA", WEBSITE, True), ("CA-QC", WEBSITE, False), ("CA", WORLD, False),
    ("world", WORLD, True), ("CA-Q", QUEBEC, False), ("CA", NOWHERE, False),
])
def test_a_yes_for_a_place_covers_what_lies_within_it_and_no_more(territory, use, allowed):
    assert asking(decided(yes(territory=territory)), uses=[use]).allowed is allowed


@pytest.mark.parametrize(("territory", "use", "allowed"), [
    ("CA-QC", WEBSITE, False), ("CA", QUEBEC, False), ("CA-QC", WORLD, False), ("CA-NS", QUEBEC, True),
    ("FR", WEBSITE, True), ("CA", NOWHERE, False),
])
def test_a_no_for_a_place_stops_every_use_that_reaches_it(territory, use, allowed):
    assert asking(decided(yes(), no_to(territory=territory)), uses=[use]).allowed is allowed


@pytest.mark.parametrize("field", ["purpose", "channel", "audience"])
def test_a_decision_about_a_purpose_a_channel_or_an_audience_counts_for_uses_of_it_alone(field):
    own, other = getattr(WEBSITE, field), "another"
    assert asking(decided(yes(**{field: own}))).allowed
    assert not asking(decided(yes(**{field: other}))).allowed
    assert not asking(decided(yes(), no_to(**{field: own}))).allowed
    assert asking(decided(yes(), no_to(**{field: other}))).allowed


def test_a_yes_to_written_quotes_is_no_yes_to_clips():
    consent = decided(yes(material=Material.QUOTE))
    answer = asking(consent, materials=[Material.QUOTE, Material.CLIP])
    assert said(answer) == ["Amina Diallo did not agree to clips for this use: website."]


def test_a_quote_goes_without_the_clip_that_would_be_good_to_have():
    cleared_quote = cleared(decided(yes(material=Material.QUOTE), yes(material=Material.AUDIO)), also=MEDIA)
    assert cleared_quote.materials == {Material.QUOTE, Material.AUDIO}
    assert (cleared_quote.may_be_clip, cleared_quote.shows_face, cleared_quote.carries_voice) == (False, False, True)


def test_what_a_clip_was_agreed_to_under_counts_where_the_clip_goes_along():
    consent = decided(yes(material=Material.QUOTE),
                      Provision(Decision.CONDITIONAL, material=Material.CLIP, condition="Not my street.",
                                ends_on=TODAY + timedelta(9)))
    with_clip = cleared(consent, also=[Material.CLIP]).permission
    assert (with_clip.conditions, with_clip.until) == (("Not my street.",), TODAY + timedelta(9))
    assert cleared(consent).permission.conditions == ()


@pytest.mark.parametrize(("act", "name"), [
    (Act.EDIT, "editing"), (Act.TRANSLATE, "translation"), (Act.ADVERTISE, "paid advertising"),
    (Act.TRAIN, "training of a machine"),
])
def test_editing_translation_and_advertising_need_their_own_yes(act, name):
    assert said(asking(decided(yes()), acts=[act])) == [f"Amina Diallo did not agree to this: {name}."]
    assert asking(decided(yes(), yes(act=act)), acts=[act]).allowed
    assert said(asking(decided(yes(), no_to(act=act)), acts=[act])) == [f"Amina Diallo said no to this: {name}."]
    assert asking(decided(yes(), no_to(act=act))).allowed


def test_a_yes_to_editing_is_no_yes_to_the_use():
    assert not asking(decided(yes(act=Act.EDIT)), acts=[Act.EDIT]).allowed


@pytest.mark.parametrize(("level", "features"), [
    (Attribution.FULL, Features(face=True, voice=True, organization=True, place=True)),
    (Attribution.FULL_NAME, Features(face=True, voice=True, place=True)),
    (Attribution.FIRST_NAME, Features(face=True, voice=True, place=True)),
    (Attribution.ROLE_AND_ORGANIZATION, Features(voice=True, organization=True)),
    (Attribution.ROLE_AND_PLACE, Features(voice=True, place=True)),
    (Attribution.ROLE_ONLY, Features(voice=True)),
    (Attribution.ANONYMOUS, Features()),
])
def test_each_level_tells_its_share_where_nothing_else_was_said(level, features):
    answer = asking(decided(yes(), attribution=level))
    assert (answer.attribution, answer.features) == (level, features)


@pytest.mark.parametrize("one", ["face", "voice", "organization", "place"])
def test_face_voice_organisation_and_place_can_each_be_refused(one):
    answer = asking(decided(yes(), attribution=Attribution.FULL, wishes=Wishes(**{one: False})))
    assert [name for name in ("face", "voice", "organization", "place") if not getattr(answer.features, name)] == [one]


def test_a_face_may_be_shown_without_a_name_where_the_person_said_so():
    assert asking(decided(yes(), attribution=Attribution.ROLE_ONLY, wishes=Wishes(face=True))).features.face


def test_an_organisation_that_the_level_keeps_back_is_not_told_whatever_was_wished():
    answer = asking(decided(yes(), attribution=Attribution.ROLE_ONLY, wishes=Wishes(organization=True, place=True)))
    assert answer.features == Features(voice=True)


def test_without_a_name_there_is_neither_face_nor_voice_whatever_was_wished():
    wishes = Wishes(face=True, voice=True, organization=True, place=True)
    assert asking(decided(yes(), attribution=Attribution.ANONYMOUS, wishes=wishes)).features == Features()


@pytest.mark.parametrize(("level", "refused", "left"), [
    (Attribution.FULL, "organization", Attribution.FULL_NAME),
    (Attribution.ROLE_AND_ORGANIZATION, "organization", Attribution.ROLE_ONLY),
    (Attribution.ROLE_AND_PLACE, "place", Attribution.ROLE_ONLY),
])
def test_a_level_is_not_reached_without_what_it_is_made_of(level, refused, left):
    assert asking(decided(yes(), attribution=level, wishes=Wishes(**{refused: False}))).attribution is left


def test_of_two_people_neither_tells_an_organisation_that_the_other_keeps_back():
    two = [a_person(), a_person("george", "George Campbell")]
    answer = asking(decided(yes(), attribution=Attribution.FULL_NAME),
                    decided(yes(), person="george", attribution=Attribution.ROLE_AND_ORGANIZATION), people=two,
                    quote=a_quote())
    assert (answer.attribution, answer.features) == (Attribution.ROLE_ONLY, Features(voice=True))


def test_a_decision_may_tell_more_or_less_than_the_agreement():
    more = decided(yes(), yes("website", attribution=Attribution.FULL_NAME), attribution=Attribution.ROLE_ONLY)
    less = decided(yes(), yes("website", attribution=Attribution.ROLE_ONLY), attribution=Attribution.FULL_NAME)
    assert [asking(c).attribution for c in (more, less)] == [Attribution.FULL_NAME, Attribution.ROLE_ONLY]
    assert [asking(c, uses=[PRINT]).attribution for c in (more, less)] == [Attribution.ROLE_ONLY, Attribution.FULL_NAME]


def test_less_told_in_one_province_is_less_told_wherever_that_province_is_reached():
    in_quebec = yes(territory="CA-QC", attribution=Attribution.ROLE_ONLY)
    consent = decided(yes(), in_quebec, attribution=Attribution.FULL_NAME)
    assert asking(consent).attribution is Attribution.ROLE_ONLY


def test_more_told_in_one_province_is_not_more_told_in_the_country():
    consent = decided(yes(), yes(territory="CA-QC", attribution=Attribution.FULL), attribution=Attribution.ROLE_ONLY)
    assert asking(consent).attribution is Attribution.ROLE_ONLY
    assert asking(consent, uses=[QUEBEC]).attribution is Attribution.FULL


def test_a_fuller_name_than_was_allowed_is_refused():
    with pytest.raises(Refused, match="did not agree to be named so fully"):
        cleared(decided(yes(), attribution=Attribution.FIRST_NAME), wanted=Attribution.FULL_NAME)


def test_a_name_that_was_not_asked_for_is_not_told():
    answer = asking(decided(yes(), attribution=Attribution.FULL), wanted=Attribution.ROLE_AND_PLACE)
    assert (answer.attribution, answer.features) == (Attribution.ROLE_AND_PLACE, Features(voice=True, place=True))


def test_the_last_day_is_the_last_on_which_the_answer_still_holds():
    last = TODAY + timedelta(10)
    for consent in (decided(yes(ends_on=last)), decided(yes(), valid_until=last),
                    decided(yes(), no_to("website", starts_on=last + timedelta(1))),
                    decided(yes(attribution=Attribution.FULL, ends_on=last), yes(), attribution=Attribution.ROLE_ONLY)):
        answer = asking(consent)
        assert answer.until == last
        assert asking(consent, until=last).is_as_good_as(answer)
        assert not asking(consent, until=last + timedelta(1)).is_as_good_as(answer)


def test_a_yes_begins_on_its_first_day():
    assert not asking(decided(yes(starts_on=TODAY + timedelta(1)))).allowed
    assert asking(decided(yes(starts_on=TODAY)), until=TODAY + timedelta(400)).allowed


def test_a_no_for_a_week_in_the_middle_of_a_campaign_stops_it():
    monday = TODAY + timedelta(20)
    consent = decided(yes(), no_to(starts_on=monday, ends_on=monday + timedelta(6)))
    assert asking(consent).until == monday - timedelta(1)
    assert asking(consent, until=monday - timedelta(1)).allowed
    assert not asking(consent, until=monday + timedelta(60)).allowed
    assert asking(consent, on=monday + timedelta(7), until=monday + timedelta(60)).until is None


def test_a_yes_that_is_taken_up_again_only_later_stops_a_campaign_in_between():
    consent = decided(yes(ends_on=TODAY + timedelta(3)), yes(starts_on=TODAY + timedelta(5)))
    assert not asking(consent, until=TODAY + timedelta(9)).allowed


def test_the_last_day_of_all_dates_is_no_stumbling_block():
    assert asking(decided(yes(ends_on=date.max), valid_until=date.max)).until is None


def test_every_answer_that_rests_on_it_says_that_a_consent_has_no_evidence():
    two = [a_person(), a_person("george", "George Campbell")]
    unproven = decided(yes(), evidence=())
    condition = decided(Provision(Decision.CONDITIONAL, condition="Ask my sister."), person="george", code="C-0002")
    first = decided(Provision(ASK), evidence=())
    for answer in (asking(unproven), asking(unproven, condition, people=two), asking(first)):
        assert "Consent C-0001 has no evidence on file." in said(answer)
    assert not any("evidence" in reason for reason in said(asking(decided(yes()))))


def test_an_agreement_that_has_run_out_keeps_its_noes():
    ended = decided(yes("website"), no_to("print"), valid_until=TODAY - timedelta(1))
    newer = decided(yes(), code="C-0002", at="2026-02-01T10:00:00+00:00")
    assert asking(ended, newer).allowed
    assert said(asking(ended, newer, uses=[PRINT])) == ["Amina Diallo said no to this use: print."]


def test_an_agreement_to_be_recorded_permits_no_use_and_its_no_counts():
    recorded = decided(yes(), stage=Stage.RECORD)
    assert said(asking(recorded)) == [
        "Amina Diallo agreed to be recorded, and has not been asked about using it yet."]
    refusing = decided(no_to("website"), stage=Stage.RECORD, code="C-0002")
    assert not asking(decided(yes()), refusing).allowed


def test_an_open_question_about_being_recorded_leaves_an_agreement_to_use_alone():
    asked_again = decided(stage=Stage.RECORD, state=ConsentState.REQUESTED, at="2026-02-01T10:00:00+00:00", code="C-2")
    over = decided(stage=Stage.RECORD, valid_until=TODAY - timedelta(9), at="2026-02-01T10:00:00+00:00", code="C-3")
    assert asking(decided(yes()), asked_again, over).allowed


def test_nothing_that_would_go_out_clears_nothing():
    with pytest.raises(Refused, match="Nothing was named that would go out"):
        cleared(decided(yes()), materials=())
