"""The gate, person by person: what happened to an agreement since, who may give it, and everyone who is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storybank.domain.answer import may_process
from storybank.domain.clearance import Gate, Verdict
from storybank.domain.consent import ConsentState, Decision, Provision, Role, Stage
from storybank.domain.contributor import Assent, ContributorKind, Guardian, Label
from storybank.domain.story import Participant, Sharing
from storybank.domain.transcript import Span
from storybank.domain.use import Act, Asked
from storybank.errors import Refused
from tests.build import (
    PRINT,
    TODAY,
    WEBSITE,
    a_circle,
    a_person,
    a_quote,
    a_story,
    asking,
    cleared,
    decided,
    no_to,
    yes,
)

FEBRUARY, MARCH = "2026-02-01T10:00:00+00:00", "2026-02-20T10:00:00+00:00"
GEORGE = a_person("george", "George Campbell")
NATION = a_person("nation", "Inuvik Council", kind=ContributorKind.COMMUNITY)
OTHER_NATION = a_person("other", "Wemindji Council", kind=ContributorKind.COMMUNITY)


def test_a_general_agreement_does_not_undo_a_no_to_one_story_and_one_that_names_it_does():
    stop = decided(state=ConsentState.WITHDRAWN, at=FEBRUARY, story_ids=frozenset({"story-1"}), code="C-0002")
    renewed = decided(yes(), state=ConsentState.RENEWED, at=MARCH, code="C-0003")
    answer = asking(decided(yes()), stop, renewed)
    assert not answer.allowed and "withdrew" in first_reason(answer)
    assert not may_process(a_person(), (decided(yes()), stop, renewed), Act.TRANSCRIBE, TODAY).allowed
    named = decided(yes(), at=MARCH, story_ids=frozenset({"story-1", "story-2"}), code="C-0004")
    assert asking(decided(yes()), stop, renewed, named).allowed


def test_a_record_that_only_says_no_lets_no_machine_begin_again():
    stop = decided(state=ConsentState.WITHDRAWN, at=FEBRUARY)
    narrower = decided(no_to("print"), at=MARCH, code="C-0002")
    assert not may_process(a_person(), (stop, narrower), Act.TRANSCRIBE, TODAY).allowed
    recorded = decided(at=MARCH, stage=Stage.RECORD, code="C-0003")
    assert may_process(a_person(), (stop, recorded), Act.TRANSCRIBE, TODAY).allowed


def test_a_story_that_was_put_away_is_refused_though_everybody_agreed_again():
    for about, reason in (({"sealed_on": "2026-02-20"}, "sealed on 20 Feb"), ({"erased_on": "2026-02-20"}, "erased")):
        for speaker in ("amina", "george"):
            answer = asking(decided(yes()), story=a_story("amina", **about), quote=a_quote(speaker_id=speaker))
            assert not answer.allowed and reason in first_reason(answer)


def first_reason(answer):
    return str(answer.reasons[0])


@pytest.mark.parametrize(("state", "reason"), [
    (ConsentState.WITHDRAWN, "Amina Diallo withdrew their consent on 1 February 2026."),
    (ConsentState.REVOKED, "The organisation revoked the consent of Amina Diallo on 1 February 2026."),
    (ConsentState.INVALIDATED, "The consent of Amina Diallo was found void on 1 February 2026."),
    (ConsentState.REFUSED, "Amina Diallo refused consent on 1 February 2026."),
    (ConsentState.REQUESTED, "Amina Diallo was asked for consent and has not answered yet."),
    (ConsentState.DEFERRED, "Amina Diallo asked for time to think, and has not answered yet."),
    (ConsentState.SUPERSEDED, "Every consent of Amina Diallo was closed or entered in error: none stands."),
    (ConsentState.NARROWED, "Every consent of Amina Diallo was closed or entered in error: none stands."),
    (ConsentState.ENTERED_IN_ERROR, "There is no consent on file for Amina Diallo."),
])
def test_only_given_and_renewed_permit_and_the_reason_says_what_happened(state, reason):
    answer = asking(decided(yes(), then=[(state, FEBRUARY)]))
    assert (answer.verdict, first_reason(answer)) == (Verdict.DENY, reason)
    assert asking(decided(yes(), then=[(ConsentState.RENEWED, FEBRUARY)])).allowed


def test_a_question_about_renewing_does_not_silence_the_standing_consent():
    standing = decided(yes(), valid_until=TODAY)
    for state in (ConsentState.REQUESTED, ConsentState.DEFERRED):
        asked = decided(yes(), state=state, at=FEBRUARY, code="C-0002", supersedes_id="C-0001")
        assert asking(standing, asked).consents == ("C-0001",)
        later = asking(standing, asked, on=TODAY + timedelta(1))
        assert "has not answered yet" in first_reason(later) or "time to think" in first_reason(later)


def test_a_renewal_that_is_refused_is_a_no():
    refused = decided(state=ConsentState.REFUSED, at=FEBRUARY, code="C-0002", supersedes_id="C-0001")
    assert not asking(decided(yes()), refused).allowed


@pytest.mark.parametrize("no", [ConsentState.REFUSED, ConsentState.WITHDRAWN])
def test_a_no_to_being_recorded_stops_an_older_yes_to_use_as_well(no):
    recording = decided(yes(), stage=Stage.RECORD, code="C-0002", then=[(no, FEBRUARY)])
    assert not asking(decided(yes()), recording).allowed


@pytest.mark.parametrize("closed", [ConsentState.NARROWED, ConsentState.SUPERSEDED])
def test_a_newer_agreement_speaks_for_the_one_it_closed(closed):
    older = decided(yes(), no_to("print"), then=[(closed, FEBRUARY)])
    newer = decided(yes("print"), code="C-0002", at=FEBRUARY, supersedes_id="C-0001")
    assert not asking(older, newer).allowed
    assert asking(older, newer, uses=[PRINT]).consents == ("C-0002",)
    taken_back = decided(yes("print"), code="C-0002", at=FEBRUARY, then=[(ConsentState.WITHDRAWN, MARCH)])
    assert not asking(older, taken_back, uses=[PRINT]).allowed


def test_an_old_form_entered_after_a_withdrawal_does_not_undo_it():
    withdrawn = decided(yes(), then=[(ConsentState.WITHDRAWN, FEBRUARY)])
    old_form = decided(yes(), code="C-0002", at=MARCH, given_on=date(2026, 1, 15))
    assert "withdrew" in first_reason(asking(withdrawn, old_form))
    assert asking(withdrawn, replace(old_form, given_on=date(2026, 2, 1))).allowed
    assert asking(withdrawn, replace(old_form, given_on=None)).allowed


def test_a_form_that_was_signed_before_an_open_question_answers_it():
    asked = decided(state=ConsentState.REQUESTED, at=FEBRUARY)
    assert asking(asked, decided(yes(), code="C-0002", at=MARCH, given_on=date(2026, 1, 15))).allowed


def test_of_a_yes_and_a_no_of_the_same_moment_the_no_counts():
    assert not asking(decided(yes()), decided(state=ConsentState.REFUSED, code="C-0002")).allowed


def test_the_noes_of_an_agreement_that_was_taken_back_do_not_outlive_a_new_yes():
    withdrawn = decided(yes(), no_to("website"), then=[(ConsentState.WITHDRAWN, FEBRUARY)])
    assert asking(withdrawn, decided(yes(), code="C-0002", at=MARCH)).allowed


def a_minor(assent=Assent.YES, majority_on=TODAY + timedelta(30)):
    return a_person(majority_on=majority_on, guardian=Guardian("Fatou Diallo", "mother", "parent", assent))


BY_GUARDIAN = decided(yes(), role=Role.GUARDIAN)


def test_a_minor_needs_a_guardian():
    assert asking(BY_GUARDIAN, people=[a_minor()]).allowed
    answer = asking(decided(yes()), people=[a_minor()])
    assert (answer.verdict, first_reason(answer)) == (
        Verdict.DENY, "Amina Diallo is a minor, and no guardian agreed.")


def test_a_minors_own_yes_beside_the_guardians_takes_nothing_away():
    own = decided(yes(), code="C-0002")
    answer = asking(BY_GUARDIAN, own, people=[a_minor()])
    assert (answer.allowed, answer.consents) == (True, ("C-0001",))


def test_a_minor_who_does_not_want_it_is_heard_whatever_the_guardian_said():
    answer = asking(BY_GUARDIAN, people=[a_minor(Assent.DISSENT)])
    assert (answer.verdict, first_reason(answer)) == (
        Verdict.DENY, "Amina Diallo does not want this, whatever was agreed to for them.")


@pytest.mark.parametrize("person", [a_minor(Assent.UNKNOWN), replace(a_minor(), guardian=None)])
def test_a_minor_who_was_not_asked_is_asked_first(person):
    answer = asking(BY_GUARDIAN, people=[person])
    assert (answer.verdict, first_reason(answer)) == (
        Verdict.ASK_FIRST, "Amina Diallo has not been asked whether they want this themselves.")


def test_what_a_guardian_said_ends_the_day_before_the_minor_comes_of_age():
    grown_on = TODAY + timedelta(30)
    assert asking(BY_GUARDIAN, people=[a_minor()]).until == grown_on - timedelta(1)
    answer = asking(BY_GUARDIAN, people=[a_minor()], on=grown_on)
    assert first_reason(answer) == "Amina Diallo came of age on 31 March 2026 and has not been asked again."


def test_whoever_came_of_age_and_was_asked_again_decides_alone():
    grown = a_minor(majority_on=date(2026, 2, 1))
    again = decided(yes(), code="C-0002", at=FEBRUARY)
    assert asking(BY_GUARDIAN, again, people=[grown]).consents == ("C-0002",)
    assert not asking(decided(yes()), people=[grown]).allowed
    signed_before, entered_before = replace(again, given_on=date(2026, 1, 31)), decided(yes(), given_on=TODAY)
    assert not asking(signed_before, people=[grown]).allowed
    assert not asking(entered_before, people=[grown]).allowed
    assert not asking(decided(yes(), at=MARCH, role=Role.GUARDIAN), people=[grown]).allowed


def test_for_an_adult_who_cannot_a_guardian_decides():
    adult = a_minor(majority_on=None)
    assert asking(BY_GUARDIAN, people=[adult]).allowed
    assert first_reason(asking(decided(yes()), people=[adult])) == (
        "A guardian decides for Amina Diallo, and has not agreed.")


def shared(*nations, sharing=Sharing.ALL):
    story = a_story("amina", communities=tuple(n.id for n in nations), sharing=sharing)
    return {"story": story, "people": [a_person(), *nations]}


def test_a_community_is_asked_beside_the_person():
    circle = shared(NATION)
    assert "Inuvik Council" in first_reason(asking(decided(yes()), **circle))
    assert not asking(decided(yes(), person="nation"), **circle).allowed
    both = asking(decided(yes()), decided(yes(), person="nation", code="C-0002"), **circle)
    assert (both.allowed, both.attribution) == (True, decided().attribution)


@pytest.mark.parametrize(("sharing", "allowed"), [(Sharing.ALL, False), (Sharing.ANY, True)])
def test_of_several_communities_all_are_asked_unless_any_is_enough(sharing, allowed):
    consents = decided(yes()), decided(yes(), person="other", code="C-0002")
    assert asking(*consents, **shared(NATION, OTHER_NATION, sharing=sharing)).allowed is allowed
    assert not asking(consents[0], **shared(NATION, OTHER_NATION, sharing=sharing)).allowed


def test_the_labels_of_a_community_go_along_as_they_were_written():
    label = Label("TK Attribution", "Name us.", uri="https://localcontexts.org/label/tk-a/")
    circle = shared(replace(NATION, labels=(label,)))
    assert cleared(decided(yes()), decided(yes(), person="nation", code="C-0002"), **circle).labels == (label,)


@pytest.mark.parametrize(("presence", "is_asked"), [
    ({}, True), ({"recording_id": "r1"}, True), ({"recording_id": "r2"}, False),
    ({"spans": (Span(3999, 5000),)}, True), ({"spans": (Span(4000, 5000),)}, False),
    ({"spans": (Span(0, 1000),)}, False), ({"spans": (Span(0, 1001),)}, True),
    ({"spans": (Span(8000, 9000), Span(2000, 2500))}, True),
    ({"speaks": False, "audible": False}, True), ({"speaks": False, "audible": False, "visible": False}, False),
])
def test_everyone_who_is_there_while_a_quote_is_said_is_asked_and_nobody_else(presence, is_asked):
    story = a_story("amina")
    story = replace(story, participants=(*story.participants, Participant("george", **presence)))
    answer = asking(decided(yes()), people=[a_person(), GEORGE], story=story)
    assert answer.allowed is not is_asked


def test_a_story_as_a_whole_asks_everyone_who_is_anywhere_in_it():
    story = replace(a_story("amina"), participants=(Participant("amina"), Participant("george", spans=(Span(0, 1),))))
    circle = a_circle(decided(yes()), people=[a_person(), GEORGE], story=story)
    assert not Gate(Asked((WEBSITE,), TODAY)).of_story(circle).allowed


def test_the_speaker_is_asked_though_nobody_put_them_into_the_story():
    quote = a_quote(speaker_id="george")
    answer = asking(decided(yes()), people=[a_person(), GEORGE], story=a_story("amina"), quote=quote)
    assert "George Campbell" in first_reason(answer)


def test_somebody_who_is_not_on_file_is_a_no():
    answer = asking(decided(yes()), story=a_story("amina", communities=("unknown",)))
    assert first_reason(answer) == "Somebody whose permission is needed is not on file."


def test_a_quote_of_nobody_is_not_put_into_the_mouth_of_the_first_of_two():
    both = decided(yes()), decided(yes(), person="george", code="C-0002")
    quote = a_quote(speaker_id=None)
    with pytest.raises(Refused, match="Nobody is named as the speaker of quote Q-0001"):
        cleared(*both, people=[a_person(), GEORGE], quote=quote)
    silent = replace(a_story(), participants=(Participant("amina", speaks=False), Participant("george")))
    assert cleared(*both, people=[a_person(), GEORGE], quote=quote, story=silent).speaker == GEORGE
    assert cleared(both[0], quote=quote).speaker.id == "amina"


def test_a_machine_in_the_house_needs_no_yes():
    for act in (Act.TRANSCRIBE, Act.ANALYSE):
        for consents in ([], [decided(yes("print"))], [decided(yes(), valid_until=TODAY - timedelta(1))]):
            assert may_process(a_person(), consents, act, TODAY).allowed


@pytest.mark.parametrize("scope", [
    {}, {"use": "website"}, {"material": "video"}, {"territory": "CA"}, {"quote_id": "q1"},
])
def test_a_no_to_a_machine_stops_it_whatever_else_it_was_about(scope):
    for act in (Act.TRANSCRIBE, Act.ANALYSE):
        answer = may_process(a_person(), [decided(yes(), no_to(act=act, **scope))], act, TODAY)
        assert not answer.allowed
        assert "said no to this" in first_reason(answer)


def test_a_no_to_one_machine_is_no_no_to_another_and_ends_with_its_period():
    consent = decided(no_to(act=Act.ANALYSE, ends_on=TODAY))
    assert may_process(a_person(), [consent], Act.TRANSCRIBE, TODAY).allowed
    assert not may_process(a_person(), [consent], Act.ANALYSE, TODAY).allowed
    assert may_process(a_person(), [consent], Act.ANALYSE, TODAY + timedelta(1)).allowed


def test_a_machine_asks_first_where_somebody_wants_that():
    consent = decided(yes(), Provision(Decision.ASK_FIRST, act=Act.TRANSCRIBE))
    answer = may_process(a_person(), [consent], Act.TRANSCRIBE, TODAY)
    assert (answer.verdict, first_reason(answer)) == (
        Verdict.ASK_FIRST, "Amina Diallo wants to be asked first for this: transcription by a machine.")


@pytest.mark.parametrize("state", [
    ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.REFUSED, ConsentState.INVALIDATED,
])
def test_a_machine_stops_when_consent_is_taken_back_until_there_is_a_new_one(state):
    over = decided(yes(), then=[(state, FEBRUARY)])
    assert not may_process(a_person(), [over], Act.TRANSCRIBE, TODAY).allowed
    recorded = decided(stage=Stage.RECORD, code="C-0002", at=MARCH)
    assert may_process(a_person(), [over, recorded], Act.TRANSCRIBE, TODAY).allowed
    for day in (date(2026, 1, 1), date(2027, 1, 1)):
        assert not may_process(a_person(), [over, replace(recorded, given_on=day)], Act.TRANSCRIBE, TODAY).allowed


def test_a_machine_stops_for_a_minor_who_does_not_want_it():
    assert not may_process(a_minor(Assent.DISSENT), [BY_GUARDIAN], Act.TRANSCRIBE, TODAY).allowed


def test_training_a_machine_needs_a_yes_of_its_own():
    assert first_reason(may_process(a_person(), [decided(yes())], Act.TRAIN, TODAY)) == (
        "Amina Diallo did not agree to this: training of a machine.")
    assert not may_process(a_person(), [], Act.TRAIN, TODAY).allowed
    agreed = decided(yes(), yes(act=Act.TRAIN))
    assert may_process(a_person(), [agreed], Act.TRAIN, TODAY).allowed
    some = replace(agreed, provisions=(*agreed.provisions, no_to(act=Act.TRAIN, material="video")))
    assert not may_process(a_person(), [some], Act.TRAIN, TODAY).allowed
