"""Coverage: only what the gate allows today is counted; what is missing, used too often or old is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.commission import Brief
from storybank.domain.consent import Decision, Provision
from storybank.domain.coverage import By, gaps_said
from storybank.services.covering import Covering
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm


@pytest.fixture
def two(house, tmp_path):
    """Two link workers of Ontario, quoted on two themes."""
    for name, person in (("amina", "Amina Diallo"), ("samuel", "Samuel Roy")):
        view = house.a_story(tmp_path, name, person)
        house.quoting.pick_lines(view.recordings[0].id, 1, 1, ["bridges"]).edit.do()
        setattr(house, name, view.people[0])
    house.quoting.pick_lines(house.browsing.story("amina").recordings[0].id, 2, 2, ["bridges", "measure"]).edit.do()
    house.covering = Covering(house.work, lambda: house.now.date())
    return house


def agree(house, person, decision=Decision.PERMIT, use="website", **about):
    house.consenting.put_on_file(
        Agreement(person.id, (Provision(decision, use, **about),), Attribution.FULL_NAME), [], Calm())


def cell(house, row="bridges", column="link_worker", by=By.STAKEHOLDER, use="website"):
    one = house.covering.matrix(use, by).cell(row, column)
    return one.usable, one.bound, one.ask_first, one.all


def test_silence_counts_as_nothing_that_may_be_used(two):
    assert cell(two) == (0, 0, 0, 3)


def test_only_the_chosen_use_counts_and_a_quote_counts_once_for_each_theme(two):
    agree(two, two.amina)
    assert cell(two) == (2, 0, 0, 3)
    assert cell(two, row="measure") == (1, 0, 0, 1)
    assert cell(two, use="print") == (0, 0, 0, 3)
    matrix = two.covering.matrix("website")
    assert matrix.column_total("link_worker").usable == 2


def test_conditions_and_who_wants_to_be_asked_first_are_told_apart(two):
    agree(two, two.amina, Decision.CONDITIONAL, condition="Show it to me first.")
    agree(two, two.samuel, Decision.ASK_FIRST)
    assert cell(two) == (2, 2, 1, 3)


def test_a_withdrawal_empties_the_cell_at_once(two):
    agree(two, two.amina)
    two.withdrawing.withdraw(Stop(two.amina.id))
    assert cell(two) == (0, 0, 0, 3)


def test_a_voice_that_is_nobodys_is_not_usable(two):
    agree(two, two.amina)
    story = two.browsing.story("amina")
    voice = two.voicing.add(story.recordings[0].id, "Somebody")
    two.voicing.give([story.lines[0].id], voice.id).do()
    assert cell(two)[0] == 1


def test_columns_are_provinces_and_languages_too(two):
    agree(two, two.amina)
    assert cell(two, column="ON", by=By.PROVINCE) == (2, 0, 0, 3)
    assert cell(two, column="en", by=By.LANGUAGE) == (2, 0, 0, 3)
    matrix = two.covering.matrix("website", By.PROVINCE)
    assert [one.key for one in matrix.columns] == ["ON"]
    assert "QC" in {one.key for one in matrix.missing}


def test_what_is_missing_is_named(two):
    agree(two, two.amina)
    said = [str(one) for one in gaps_said(two.covering.matrix("website"))]
    assert "No private funder on any theme." in said
    assert any(one.startswith("Nobody on ") for one in said)
    languages = [str(one) for one in gaps_said(two.covering.matrix("website", By.LANGUAGE))]
    assert "Nothing in French on any theme." in languages


def test_a_code_further_down_counts_for_the_theme_it_stands_under(two):
    agree(two, two.amina)
    before = cell(two)
    (deeper,) = [code for code in two.quoting.codes() if code.key == "bridges"]
    with two.work() as work:
        work.codebook.save(type(deeper)("referral", deeper.kind, "Referral", "Aiguillage", parent="bridges"))
        work.commit()
    two.quoting.retag(two.quoting.get("Q-0001").id, ["referral", "link_worker"]).do()
    assert cell(two) == before
    assert "referral" not in {row.key for row in two.covering.matrix("website").rows}


def test_what_left_often_and_whose_most_are_is_told(two, tmp_path):
    agree(two, two.amina)
    agree(two, two.samuel)
    for number in range(3):
        two.exporting.make_brief(Brief("Fund", "Minister", ("Fund.",)), ["Q-0001"], ["website"],
                                 tmp_path / f"{number}.docx", Calm())
    matrix = two.covering.matrix("website")
    (often,) = matrix.overused()
    assert (often.quote.code, len(often.used), often.most_used_for()) == ("Q-0001", 3, "website")
    assert matrix.concentration("bridges", "link_worker") == ("Amina Diallo", 2, 3)
    assert [one.quote.code for one in matrix.quotes("bridges", "link_worker")][-1] == "Q-0001"


def test_the_age_of_a_recording_is_told(two):
    two.collecting.describe(two.browsing.story("amina").story.id, recorded_on="2023-03-02")
    (entry, *_) = two.covering.matrix("website").entries
    assert entry.years(two.now.date()) == 2 and not entry.is_stale(two.now.date())
    assert entry.is_stale(two.now.date() + timedelta(days=2))
