"""Unfound: a search that finds nothing says which word or filter is to blame."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storybank.domain.query import understood
from storybank.services.unfound import MOST_BLAMED, Unfound


@pytest.fixture
def unfound(house, tmp_path):
    house.a_story(tmp_path, text="Trust is the first prescription we write for the garden")
    house.a_story(tmp_path, "marie", "Marie Gagnon", "Le cœur du réseau")
    return Unfound(house.work, lambda: house.now.date())


def why(unfound, typed, **filters):
    return [str(one) for one in unfound.reasons(replace(understood(typed), **filters), {"measure": "Measure impact"})]


@pytest.mark.parametrize(("typed", "reason"), [
    ("zzzz", "Nothing in the library has “zzzz”."),
    ("trust zzzz -first", "Nothing in the library has “zzzz”."),
    ("zz*", "Nothing in the library has a word that begins with “zz”."),
    ('"first zzzz"', "Nothing in the library has “zzzz”."),
    ('"trust first"', "The words “trust first” never stand together so."),
    ('"trust garden"~2', "The words “trust garden” never stand so near each other."),
    ("trust réseau", "Each part of it is in the library, but not together in one place."),
    ("trust -first", "What is to be left out leaves nothing."),
    ("block:measure", "Nothing in the library answers to “building block: Measure impact”."),
    ("trust -block:measure zzzz", "Nothing in the library has “zzzz”."),
    ("((", "“((” holds no word to look for: search reads letters and numbers only."),
    ('"', "“\"” holds no word to look for: search reads letters and numbers only."),
    ("", "Nothing was asked for: type a word, or choose a filter."),
])  # fmt: skip
def test_the_word_that_is_to_blame_is_named(unfound, typed, reason):
    assert why(unfound, typed) == [reason]


@pytest.mark.parametrize("typed", ["trust", "", "(("])
def test_filters_that_leave_nothing_are_told(unfound, typed):
    assert why(unfound, typed, years=frozenset({"1999"})) == [
        "The filters leave nothing. Take one away, or search without them."]


def test_only_so_many_words_are_blamed(unfound):
    assert len(why(unfound, " ".join(f"zz{number}" for number in range(5000)))) == MOST_BLAMED


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_whatever_is_typed_has_a_reason(unfound, typed):
    assert why(unfound, typed)
