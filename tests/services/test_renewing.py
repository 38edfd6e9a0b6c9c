"""Renewing: no consent runs out unnoticed, and asking again changes nothing until there is an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.commission import Brief
from storybank.domain.consent import ConsentState, Decision, Provision, Role, Stage
from storybank.domain.contributor import Assent, Guardian
from storybank.errors import Invalid, NotFound
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm

TODAY = date(2026, 3, 1)
YES = (Provision(Decision.PERMIT, "website"),)


@pytest.fixture
def ending(house):
    """Put an agreement on file that ends so many days from today; return it."""

    def ends(days, name="Amina Diallo", **about):
        person = next((p for p in house.people.all() if p.name == name), None) or house.people.add(name)
        until = None if days is None else TODAY + timedelta(days=days)
        return house.consenting.put_on_file(Agreement(person.id, YES, given_on=date(2025, 1, 5), until=until, **about),
                                            [], Calm())

    return ends


@pytest.mark.parametrize(("days", "warning"), [
    (0, 7), (7, 7), (8, 14), (14, 14), (15, 30), (30, 30), (31, 90), (90, 90), (-1, None),
])
def test_what_ends_falls_under_its_warning_to_the_day(house, ending, days, warning):
    consent = ending(days)
    (one,) = house.renewing.board()
    assert (one.consent, one.days, one.within, one.ends_on) == (consent, days, warning, consent.valid_until)


@pytest.mark.parametrize("days", [91, None])
def test_what_is_further_away_or_has_no_end_is_not_on_the_board(house, ending, days):
    ending(days)
    assert house.renewing.board() == []
    assert len(house.renewing.board(within_days=100)) == (days is not None)


def test_the_most_pressing_comes_first(house, ending):
    ending(60, "Later"), ending(-3, "Over"), ending(5, "Soon")
    assert [one.person.name for one in house.renewing.board()] == ["Over", "Soon", "Later"]


def test_only_what_stands_and_is_about_use_runs_out(house, ending):
    stopped, recorded = ending(5), ending(5, "George Campbell", stage=Stage.RECORD)
    ending(5, "Priya Sharma", state=ConsentState.REFUSED)
    house.withdrawing.withdraw(Stop(stopped.contributor_id))
    assert recorded.stands(TODAY) is False and house.renewing.board() == []


def test_a_minor_must_be_asked_again_on_coming_of_age(house, ending):
    person = house.people.add("Sam Young")
    guardian = Guardian("Pat Young", assent=Assent.YES)
    house.people.save(replace(person, majority_on=TODAY + timedelta(12), guardian=guardian))
    ending(400, "Sam Young", role=Role.GUARDIAN, by="Pat Young")
    (one,) = house.renewing.board()
    assert (one.ends_on, one.days, one.within) == (TODAY + timedelta(12), 12, 14)
    house.people.save(replace(house.people.find("Sam Young"), majority_on=TODAY + timedelta(500)))
    assert house.renewing.board() == [], "the agreement itself ends before that"


def test_what_is_out_there_stands_beside_the_consent_it_rests_on(house, tmp_path):
    for name, person in (("amina", "Amina Diallo"), ("george", "George Campbell")):
        story = house.a_story(tmp_path, name, person)
        house.quoting.pick_lines(story.recordings[0].id, 1, 1).edit.do()
        house.consenting.record(story.people[0].id, ["website"], Attribution.FULL_NAME, Calm(),
                                until=TODAY + timedelta(5))
    brief = Brief("T", "M", ("Fund it.",))
    made = [house.exporting.make_brief(brief, [quote], ["website"], tmp_path / f"{quote}.docx", Calm()).code
            for quote in ("Q-0001", "Q-0001", "Q-0002")]

    def live():
        return {one.person.name: [e.code for e in one.live] for one in house.renewing.board()}

    assert live() == {"Amina Diallo": made[:2], "George Campbell": made[2:]}
    house.withdrawing.withdraw(Stop(house.people.find("George Campbell").id))
    assert live() == {"Amina Diallo": made[:2]}


def test_asking_leaves_the_old_answer_standing(house, tmp_path):
    story = house.a_story(tmp_path)
    old = house.consenting.record(story.people[0].id, ["website"], Attribution.FULL_NAME, Calm(),
                                  until=TODAY + timedelta(5))
    question = house.renewing.ask(old.id, Calm(), by="Paula Privacy")
    assert (question.last_state, question.supersedes_id, question.events[0].by) == (
        ConsentState.REQUESTED, old.id, "Paula Privacy")
    assert (question.provisions, question.attribution) == (old.provisions, old.attribution)
    assert house.consenting.permission(story.story.id, ["website"]).allowed
    assert house.browsing.story("amina").badge.state is ConsentState.GIVEN
    assert house.consenting.consent(old.code) == old
    assert house.renewing.board()[0].renewal == question


def test_a_question_that_nobody_answered_does_not_outlive_the_old_answer(house, tmp_path):
    story = house.a_story(tmp_path)
    old = house.consenting.record(story.people[0].id, ["website"], Attribution.FULL_NAME, Calm(),
                                  until=TODAY + timedelta(5))
    house.renewing.ask(old.id, Calm())
    house.now += timedelta(days=6)
    assert not house.consenting.permission(story.story.id, ["website"]).allowed


def test_asking_twice_is_refused_with_the_question_there_is(house, ending):
    old = ending(5)
    question = house.renewing.ask(old.code, Calm())
    with pytest.raises(Invalid, match=question.code):
        house.renewing.ask(old.id, Calm())
    house.consenting.enter(question.id, ConsentState.DEFERRED)
    with pytest.raises(Invalid, match=question.code):
        house.renewing.ask(old.id, Calm())


def test_what_does_not_stand_is_not_renewed(house, ending):
    old = ending(5)
    house.withdrawing.withdraw(Stop(old.contributor_id))
    with pytest.raises(Invalid, match="does not stand"):
        house.renewing.ask(old.id, Calm())
    with pytest.raises(NotFound):
        house.renewing.ask("C-0099", Calm())


def test_the_answer_supersedes_the_question_and_the_old_answer_and_all_stay(house, ending):
    old = ending(5)
    question = house.renewing.ask(old.id, Calm())
    new = house.consenting.put_on_file(
        Agreement(old.contributor_id, YES, state=ConsentState.RENEWED, until=TODAY + timedelta(700),
                  supersedes_id=old.id), [], Calm())
    assert [(c.code, c.last_state) for c in house.consenting.consents_of(old.contributor_id)] == [
        (old.code, ConsentState.SUPERSEDED), (question.code, ConsentState.SUPERSEDED), (new.code, ConsentState.RENEWED)]
    assert house.renewing.board() == []


def test_a_no_to_the_renewal_ends_the_old_answer_at_once(house, tmp_path):
    story = house.a_story(tmp_path)
    old = house.consenting.record(story.people[0].id, ["website"], Attribution.FULL_NAME, Calm(),
                                  until=TODAY + timedelta(5))
    question = house.renewing.ask(old.id, Calm())
    house.consenting.enter(question.id, ConsentState.REFUSED)
    assert not house.consenting.permission(story.story.id, ["website"]).allowed
