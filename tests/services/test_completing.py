"""Completing: words that exist, words that were meant, and ways to ask for less that find something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybank.domain.easing import easier
from storybank.domain.query import understood
from storybank.domain.query_language import parts_of
from storybank.services.completing import Completing


@pytest.fixture
def completing(house, tmp_path):
    house.a_story(tmp_path, text="Trust is the first prescription we write, prescriptions for trust and gardens")
    house.a_story(tmp_path, "marie", "Marie Gagnon", "Le cœur du réseau, les réseaux communautaires de Québec")
    return Completing(house.work, lambda: house.now.date())


def eased(completing, typed, **filters):
    return {one.typed: (str(one.said), one.total, one.keep_filters)
            for one in completing.easings(understood(typed, **filters))}


def test_words_are_completed_as_they_are_mostly_written(completing):
    assert completing.words("coe") == ["cœur"]
    assert completing.words("RESEA") == ["réseau", "réseaux"]
    assert completing.words("que") == ["Québec"]
    assert completing.words('trust "first pres')[0] == 'trust "first prescription'
    assert completing.words("-gard") == ["-gardens"]


def test_stems_and_single_letters_are_no_completions(completing):
    assert completing.words("communautair") == ["communautaires"]
    assert completing.words("t") == completing.words("") == completing.words("trust ") == []
    assert completing.words("pre", most=1) == ["prescription"]
    assert completing.words("pre", most=0) == []


def test_fields_and_their_values_are_completed_in_both_languages(completing):
    assert "speaker:" in completing.words("spea")
    assert "trust locuteur:" in completing.words("trust locu")
    assert completing.words("speaker:gag") == ['speaker:"Marie Gagnon"']
    assert completing.words('x -speaker:"mar') == ['x -speaker:"Marie Gagnon"']
    assert completing.words("a:cit") == ["a:citation"]
    assert completing.words("has:") == ["has:memo", "has:quote", "has:translation"]
    assert completing.words("territoire:que") == ["territoire:Québec"]
    assert completing.words("year:20,20") == []
    assert len(completing.words("block:", most=3)) == 3


def test_a_slip_is_told_as_what_was_meant_wherever_it_stands(completing):
    assert completing.did_you_mean(understood("prescritpion trust"))[0] == "prescription trust"
    assert completing.did_you_mean(understood('"first perscription" -rivers'))[0] == '"first prescription" -rivers'
    assert completing.did_you_mean(understood("rezeau")) == ["réseau", "réseaux"]
    assert completing.did_you_mean(understood("kardens")) == ["gardens"]


def test_words_that_are_there_are_never_corrected(completing):
    for typed in ("trust", "trust gardens", "", "xyzxyzxyz", "speaker:nobody", "garden"):
        assert completing.did_you_mean(understood(typed)) == []


def test_every_easing_finds_something_and_says_what_it_gives_up(completing):
    assert eased(completing, "trust -first") == {"trust": ("Search without -first", 1, True)}
    assert eased(completing, "=garden") == {"garden": ("Any form of “garden”", 1, True)}
    assert eased(completing, '"trust first"')['"trust first"~5'][1] == 1
    assert eased(completing, "trust xyzzy")["trust"] == ("Search without xyzzy", 1, True)
    assert "trust OR xyzzy" in eased(completing, "trust xyzzy")
    assert eased(completing, "xyzzy") == {}


def test_where_the_filters_are_to_blame_they_are_named(completing):
    french = frozenset({"fr"})
    assert eased(completing, "trust", languages=french) == {"trust": ("Search without the filters", 1, False)}
    both = completing.easings(understood("trust xyzzy", blocks=frozenset({"bridges"})))
    assert both and not any(one.keep_filters for one in both)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*'ab ="-()|~*:5é', " OR ", "NOT ", "speaker:", "a:"]), max_size=30).map("".join))
def test_whatever_was_typed_can_be_eased(typed):
    read = parts_of(typed)
    for one in easier(typed):
        assert one.typed != read.text
        understood(one.typed)


def test_a_query_with_everything_checked_can_be_eased(completing):
    query = replace(understood("trust"), usable_for="website")
    assert [one.keep_filters for one in completing.easings(query)] == [False]
