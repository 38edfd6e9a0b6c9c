"""Synonyms: the organisation's own rings, which search reads at once."""

from __future__ import annotations

import pytest

from storybank.domain.events import SynonymsChanged
from storybank.domain.query import understood
from storybank.domain.rings import starter_rings
from storybank.domain.saved import Ring
from storybank.errors import Invalid
from storybank.services.synonyms import Synonyms


@pytest.fixture
def synonyms(house):
    return Synonyms(house.work)


def test_a_new_library_has_the_rings_that_are_shipped(synonyms):
    assert {ring.words for ring in synonyms.rings()} == {ring.words for ring in starter_rings()}
    assert 15 <= len(synonyms.rings()) <= 25


def test_a_ring_that_is_made_changed_or_removed_changes_what_is_found(house, synonyms, tmp_path):
    house.a_story(tmp_path)

    def total(typed):
        return house.searching.find(understood(typed)).total

    assert total("strolling") == 0
    ring = synonyms.save(Ring("", ("walking", " strolling ", "Walking")))
    assert ring.id and ring.words == ("Walking", "strolling")
    assert total("strolling") == total("walking") == 1
    synonyms.save(Ring(ring.id, ("strolling", "nothing else")))
    assert total("strolling") == 0
    synonyms.remove(ring.id)
    assert ring.id not in {one.id for one in synonyms.rings()}


@pytest.mark.parametrize("words", [(), ("alone",), ("same", "Sâme"), ("a", "…"), tuple(map(str, range(30))),
                                   ("a", "b" * 100)])
def test_a_ring_that_joins_nothing_or_too_much_is_refused(synonyms, words):
    before = synonyms.rings()
    with pytest.raises(Invalid):
        synonyms.save(Ring("", words))
    assert synonyms.rings() == before


def test_a_change_is_told(house, synonyms):
    heard = []
    house.hub.subscribe(heard.append)
    ring = synonyms.save(Ring("", ("one", "two")))
    assert heard == [SynonymsChanged(ring.id)]
