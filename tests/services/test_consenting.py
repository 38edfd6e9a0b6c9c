"""Consent: on record with its proof, taken back at once and everywhere, never without a trace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.consent import ConsentState
from storybank.errors import Invalid, NotFound
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm


def agree(house, person="Amina Diallo", *uses, **about):
    return house.consenting.record(house.people.find(person).id, uses or ["website"], Attribution.FULL_NAME,
                                   Calm(), **about)


def test_a_recorded_consent_shows_at_once_on_the_story(house, tmp_path):
    house.a_story(tmp_path)
    agree(house, "Amina Diallo", "website", "print")
    badge = house.browsing.cards()[0].badge
    assert (badge.state, badge.uses) == (ConsentState.GIVEN, ("website", "print"))


def test_the_signed_form_is_kept_with_its_hash(house, tmp_path):
    house.a_story(tmp_path)
    form = tmp_path / "form.pdf"
    form.write_bytes(b"signed")
    proof = agree(house, evidence=form).evidence[0]
    assert house.store.path(proof.place).read_bytes() == b"signed"
    assert len(proof.sha256) == 64


def test_a_consent_needs_a_use_that_exists(house, tmp_path):
    house.a_story(tmp_path)
    with pytest.raises(Invalid, match="website"):
        agree(house, "Amina Diallo", "teleportation")
    with pytest.raises(Invalid, match="at least one use"):
        house.consenting.record(house.people.all()[0].id, [], Attribution.FULL_NAME, Calm())


def test_somebody_unknown_is_not_found(house):
    with pytest.raises(NotFound, match="Nobody Here"):
        house.people.find("Nobody Here")


def test_a_withdrawal_is_seen_in_the_next_answer_and_keeps_the_proof(house, tmp_path):
    story = house.a_story(tmp_path)
    agree(house)
    reached = house.withdrawing.withdraw(Stop(story.people[0].id, reason="By telephone"))
    answer = house.consenting.permission(story.story.id, ["website"])
    assert not answer.allowed and "withdrew" in str(answer.reasons[0])
    assert house.browsing.cards()[0].badge.state is ConsentState.WITHDRAWN
    events = house.consenting.consents_of(story.people[0].id)[0].events
    assert [e.state for e in events] == [ConsentState.GIVEN, ConsentState.WITHDRAWN]
    assert [s.id for s in reached.stories] == [story.story.id]


def test_a_withdrawal_names_every_export_that_already_left(house, tmp_path):
    story = house.a_story(tmp_path)
    agree(house)
    house.quoting.pick_lines(story.recordings[0].id, 1, 1).edit.do()
    from storybank.domain.commission import Brief

    house.exporting.make_brief(Brief("T", "M", ("Fund it.",)), None, ["website"], tmp_path / "b.docx", Calm())
    assert [e.title for e in house.withdrawing.withdraw(Stop(story.people[0].id)).exports] == ["T"]


def test_somebody_who_never_agreed_can_still_say_stop(house, tmp_path):
    story = house.a_story(tmp_path)
    house.withdrawing.withdraw(Stop(story.people[0].id))
    assert house.browsing.cards()[0].badge.state is ConsentState.WITHDRAWN


def test_withdrawing_twice_adds_nothing(house, tmp_path):
    story = house.a_story(tmp_path)
    agree(house)
    house.withdrawing.withdraw(Stop(story.people[0].id))
    assert house.withdrawing.withdraw(Stop(story.people[0].id)).consents == ()


def test_a_newer_answer_supersedes_the_older_and_both_stay(house, tmp_path):
    story = house.a_story(tmp_path)
    agree(house, "Amina Diallo", "website", "print")
    agree(house, "Amina Diallo", "print")
    assert not house.consenting.permission(story.story.id, ["website"]).allowed
    assert len(house.consenting.consents_of(story.people[0].id)) == 2


def test_a_refusal_is_on_record_and_refuses(house, tmp_path):
    story = house.a_story(tmp_path)
    house.consenting.record(story.people[0].id, [], Attribution.ANONYMOUS, Calm(), state=ConsentState.REFUSED)
    assert "refused" in str(house.consenting.permission(story.story.id, ["website"]).reasons[0])


def test_a_form_that_was_signed_before_a_refusal_does_not_undo_it(house, tmp_path):
    story = house.a_story(tmp_path)
    house.consenting.record(story.people[0].id, [], Attribution.ANONYMOUS, Calm(), state=ConsentState.REFUSED)
    agree(house, given_on=house.now.date() - timedelta(days=30))
    assert "refused" in str(house.consenting.permission(story.story.id, ["website"]).reasons[0])
    agree(house)
    assert house.consenting.permission(story.story.id, ["website"]).allowed


def test_an_older_form_that_is_entered_late_does_not_replace_the_newer_one(house, tmp_path):
    story = house.a_story(tmp_path)
    agree(house, "Amina Diallo", "print", given_on=house.now.date() - timedelta(days=10))
    late = agree(house, "Amina Diallo", "website", given_on=house.now.date() - timedelta(days=90))
    assert late.last_state is ConsentState.SUPERSEDED
    assert not house.consenting.permission(story.story.id, ["website"]).allowed
    assert house.consenting.permission(story.story.id, ["print"]).allowed


def test_a_use_that_was_taken_back_is_not_given_again_by_a_form_signed_before(house, tmp_path):
    story = house.a_story(tmp_path)
    signed = house.now.date() - timedelta(days=90)
    agree(house, "Amina Diallo", "website", "print", given_on=signed)
    house.withdrawing.withdraw(Stop(story.people[0].id, uses=("website",)))
    house.now += timedelta(days=1)
    agree(house, "Amina Diallo", "website", "print", given_on=signed + timedelta(days=20))
    assert not house.consenting.permission(story.story.id, ["website"]).allowed
    agree(house, "Amina Diallo", "website", "print")
    assert house.consenting.permission(story.story.id, ["website"]).allowed


@pytest.mark.parametrize("state", [ConsentState.DEFERRED, ConsentState.REQUESTED, ConsentState.SUPERSEDED])
def test_a_refusal_cannot_be_made_an_open_question_again(house, tmp_path, state):
    story = house.a_story(tmp_path)
    agree(house)
    asked = house.renewing.ask(house.consenting.consents_of(story.people[0].id)[0].id, Calm())
    house.consenting.enter(asked.id, ConsentState.REFUSED)
    with pytest.raises(Invalid, match="record of its own"):
        house.consenting.enter(asked.id, state)
    assert not house.consenting.permission(story.story.id, ["website"]).allowed


def test_a_consent_lapses_by_itself(house, tmp_path):
    story = house.a_story(tmp_path)
    agree(house, until=date(2026, 3, 31))
    house.now += timedelta(days=40)
    assert house.browsing.cards()[0].badge.state is ConsentState.EXPIRED
    assert not house.consenting.permission(story.story.id, ["website"]).allowed


def test_a_consent_cannot_end_before_it_was_given(house, tmp_path):
    house.a_story(tmp_path)
    with pytest.raises(Invalid, match="before it was given"):
        agree(house, given_on=date(2026, 2, 1), until=date(2026, 1, 1))


def test_an_empty_form_proves_nothing(house, tmp_path):
    house.a_story(tmp_path)
    form = tmp_path / "form.pdf"
    form.touch()
    with pytest.raises(Invalid, match="proves nothing"):
        agree(house, evidence=form)


def test_of_two_people_with_one_name_nobody_is_guessed(house):
    first, second = house.people.add("Éloïse D’Arcy"), house.people.add("eloise d'arcy")
    with pytest.raises(Invalid, match="P-0001, P-0002"):
        house.people.find("ELOISE D'ARCY")
    assert [house.people.find(p.code) for p in (first, second)] == [first, second]


def test_a_person_lives_in_a_province_there_is(house):
    assert house.people.add("Zed", province="nova scotia").province == "NS"
    with pytest.raises(Invalid, match="no province or territory called Narnia"):
        house.people.add("Zed", province="Narnia")


def test_a_no_to_one_story_leaves_the_others(house, tmp_path):
    one, two = house.a_story(tmp_path, "one"), house.a_story(tmp_path, "two")
    agree(house)
    house.consenting.record(one.people[0].id, [], Attribution.ANONYMOUS, Calm(), state=ConsentState.REFUSED,
                            story_ids=[one.story.id])
    assert not house.consenting.permission(one.story.id, ["website"]).allowed
    assert house.consenting.permission(two.story.id, ["website"]).allowed
