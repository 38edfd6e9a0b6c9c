"""Facetting: what may be used is counted by use, as the gate answers today and as the search itself would count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.found import FACETS
from storybank.domain.query import understood
from storybank.domain.restriction import Treatment
from storybank.domain.story import Participant
from storybank.domain.transcript import Span
from storybank.services.facetting import USABLE_FOR, Facetting
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm


@pytest.fixture
def facets(house, tmp_path):
    """Amina agreed to the website, Marie to the website and print, George to nothing."""
    house.views = {name: house.a_story(tmp_path, name, person, f"Trust, says {person}, is all we have")
                   for name, person in (("amina", "Amina Diallo"), ("marie", "Marie Gagnon"), ("george", "George Roy"))}
    for person, uses in (("Amina Diallo", ["website"]), ("Marie Gagnon", ["website", "print"])):
        house.consenting.record(house.people.find(person).id, uses, Attribution.FULL_NAME, Calm())
    return Facetting(house.work, lambda: house.now.date())


def usable(facets, typed, **filters):
    return {one.key: (one.hits, one.stories) for one in facets.of(understood(typed, **filters))[USABLE_FOR]}


def test_each_use_tells_what_the_gate_allows_today(facets):
    assert usable(facets, "trust") == {"website": (2, 2), "print": (1, 1)}


def test_a_use_that_is_checked_still_shows_the_others(facets):
    told = facets.of(understood("trust", usable_for="print"))
    assert usable(facets, "trust", usable_for="print") == {"website": (2, 2), "print": (1, 1)}
    assert [(one.key, one.hits) for one in told["languages"]] == [("en", 1)]


def test_who_withdraws_is_not_counted_any_more(facets, house):
    house.withdrawing.withdraw(Stop(house.people.find("Marie Gagnon").id))
    assert usable(facets, "trust") == {"website": (1, 1)}


def test_a_passage_that_may_not_go_out_is_not_counted(facets, house):
    line = house.views["amina"].lines[0]
    house.people.restrict(house.views["amina"].recordings[0].id, line.start_ms, line.end_ms, Treatment.CUT)
    assert usable(facets, "trust")["website"] == (1, 1)


def test_every_use_counts_as_much_as_a_search_for_it_finds(facets, house):
    marie, george = house.views["marie"], house.people.find("George Roy")
    house.people.place(marie.story.id, [Participant(house.people.find("Marie Gagnon").id),
                                        Participant(george.id, spans=(Span(0, 500),))])
    for typed in ("trust", "walking", "trust OR walking", "speaker:marie"):
        for use, told in usable(facets, typed).items():
            found = house.searching.find(replace(understood(typed), usable_for=use))
            assert (found.total, found.stories) == told


def test_nothing_asked_is_nothing_counted(facets):
    assert facets.of(understood("")) == dict.fromkeys((*FACETS, USABLE_FOR), ())
