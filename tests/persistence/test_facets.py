"""Facets: each counts what the whole query finds, as if its own boxes were not checked, and agrees with the search."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storybank.domain import names
from storybank.domain.coding import Coder, Coding
from storybank.domain.found import FACETS
from storybank.domain.query import understood

ENGLISH = ("We planted gardens together.", "The link workers answer the call.", "Trust comes before the gardens.")
FRENCH = ("La prescription sociale brise l'isolement.", "Les jardins, the gardens, aident.",
          "La confiance, trust, vient.")  # fmt: skip
WORDS = ("gardens", "the", "trust OR prescription", "gardens -trust", "the OR la", "zzz", "speaker:marie", "is:tagged")
KEYS = ("en", "ON", "bridges", "enter", "funder", "2026", "p-marie")


@pytest.fixture
def both(shelf):
    first = shelf.story(*ENGLISH, stakeholder="link_worker", province="ON")
    second = shelf.story(*FRENCH, slug="marie", person="Marie Gagnon", language="fr", stakeholder="funder",
                         province="QC")  # fmt: skip
    shelf.quote(first, 0, "bridges", "enter")
    shelf.quote(first, 2, "bridges", "link_worker", "funder")
    tagged(shelf, shelf.quote(second, 1), "Robin", "bridges")
    with shelf.work() as work:
        for story, day in (("s-amina", "2024-05-01"), ("s-marie", "2026-01-09")):
            work.stories.save(replace(work.stories.get(story), recorded_on=day))
        work.commit()
    return shelf


def tagged(shelf, quote, name, *codes):
    with shelf.work() as work:
        coder = Coder(names.new_id(), name)
        work.codings.save_coder(coder)
        work.quotes.save(replace(quote, codes=frozenset(codes)))
        work.codings.put(quote.id, [Coding(names.new_id(), quote.id, code, coder.id, "") for code in codes])
        work.commit()
    return coder


def counted(shelf, typed, story_ids=None, **filters):
    with shelf.work() as work:
        return {name: {one.key: (one.hits, one.stories) for one in facets}
                for name, facets in work.facets.count(understood(typed, **filters), story_ids).items()}


def found(shelf, typed, story_ids=None, **filters):
    with shelf.work() as work:
        return work.index.count(understood(typed, **filters), story_ids)


def test_what_was_found_is_counted_by_each_facet(both):
    told = counted(both, "gardens")
    assert told["languages"] == {"en": (1, 1), "fr": (1, 1)}
    assert told["provinces"] == {"ON": (1, 1), "QC": (1, 1)}
    assert told["years"] == {"2024": (1, 1), "2026": (1, 1)}
    assert told["speakers"] == {"p-amina": (1, 1), "p-marie": (1, 1)}
    assert told["blocks"] == {"bridges": (2, 2)}
    assert told["codes"] == {"enter": (1, 1)}
    assert told["stakeholders"] == {"link_worker": (1, 1), "funder": (2, 2)}
    assert sorted(told["coders"].values()) == [(1, 1), (1, 1)]


def test_a_facet_counts_as_if_its_own_boxes_were_not_checked(both):
    told = counted(both, "gardens", languages=frozenset({"en"}))
    assert told["languages"] == {"en": (1, 1), "fr": (1, 1)}
    assert told["provinces"] == {"ON": (1, 1)}


def test_what_has_most_hits_comes_first_and_nothing_without_any(both):
    with both.work() as work:
        facets = work.facets.count(understood("the OR trust OR la"), None)["stakeholders"]
    assert [one.hits for one in facets] == sorted((one.hits for one in facets), reverse=True)
    assert all(one.hits and one.stories for one in facets)
    assert counted(both, "zzz") == {name: {} for name in FACETS}


def test_stories_that_may_not_be_used_are_not_counted(both):
    assert counted(both, "gardens", ["s-marie"])["languages"] == {"fr": (1, 1)}


def test_hits_are_told_by_story(both):
    with both.work() as work:
        assert work.facets.by_story(understood("gardens")) == {"s-amina": 1, "s-marie": 1}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(WORDS), st.dictionaries(st.sampled_from(FACETS), st.sampled_from(KEYS), max_size=2))
def test_whoever_checks_a_box_finds_as_much_as_it_said(both, typed, checked):
    filters = {name: frozenset({key}) for name, key in checked.items()}
    for name, facets in counted(both, typed, **filters).items():
        for key, told in facets.items():
            assert found(both, typed, **{**filters, name: frozenset({key})}) == told
