"""Concordance: every place of the found words, with the words beside them, at the moment they are said."""

from __future__ import annotations

import pytest

from storybank.domain.found import Beside
from storybank.domain.query import understood

SAID = ("Trust is slow. They say trust comes first.", "And then nothing else.")
LATER = ("We garden on Mondays because trust matters.", "Réseau, the réseaux: a network of trust!")


@pytest.fixture
def both(shelf):
    shelf.story(*SAID)
    shelf.story(*LATER, slug="marie", person="Marie Gagnon")
    return shelf


def lined_up(shelf, typed, beside=Beside.STORY, most=500, width=8, **filters):
    with shelf.work() as work:
        return work.places.of(understood(typed, **filters), None, beside, most, width)


def rows(*rest, **more):
    return [(one.left, one.node, one.right) for one in lined_up(*rest, **more).rows]


def test_every_place_is_told_and_not_one_a_passage(both):
    assert rows(both, "trust", width=2) == [
        ("", "Trust", "is slow"), ("They say", "trust", "comes first"), ("Mondays because", "trust", "matters. Réseau"),
        ("network of", "trust", "!")]
    assert lined_up(both, "trust").total == 4


def test_the_most_frequent_neighbours_stand_together(both):
    assert [left.split()[-1:] for left, _node, _right in rows(both, "trust", Beside.LEFT)] == [
        [], ["because"], ["of"], ["say"]]
    assert [right.split()[:1] for _left, _node, right in rows(both, "trust", Beside.RIGHT)] == [
        ["!"], ["comes"], ["is"], ["matters."]]
    assert [left.split()[-2:-1] for left, _node, _right in rows(both, "trust", Beside.LEFT_2)][1:] == [
        ["Mondays"], ["network"], ["They"]]


def test_accents_and_capitals_do_not_part_what_is_sorted(both):
    told = rows(both, "the OR réseaux OR réseau", Beside.NODE)
    assert [node for _left, node, _right in told] == ["Réseau", "réseaux", "the"]


def test_the_moment_is_that_of_the_word_itself(both):
    with both.work() as work:
        words = [word for line in work.transcripts.lines("r-amina") for word in line.words]
    assert [one.moment_ms for one in lined_up(both, "nothing OR slow").rows] == [words[2].start_ms, words[10].start_ms]


def test_the_line_of_the_word_is_told(both):
    lines = both.lines("r-amina")
    assert [one.line_id for one in lined_up(both, "slow OR nothing").rows] == [lines[0].id, lines[1].id]


def test_where_a_passage_ends_the_words_of_the_next_one_go_on(shelf):
    shelf.story(*(f"{n} " + " ".join(["word"] * 38) for n in ("One", "Two", "Three", "Four")), "Here it ends.")
    places = rows(shelf, "one OR three OR two", width=3)
    assert places[0] == ("", "One", "word word word")
    assert places[1][0] == places[2][0] == "word word word"
    assert rows(shelf, "here", width=2) == [("word word", "Here", "it ends.")]


def test_phrases_and_words_near_each_other_are_lined_up(both):
    assert rows(both, '"trust comes first"', width=1) == [("say", "trust comes first", ". And")]
    assert rows(both, "zzz") == rows(both, "") == rows(both, "-trust") == []


def test_the_total_counts_what_there_was_no_room_for(both):
    told = lined_up(both, "trust", most=1)
    assert (len(told.rows), told.total, told.complete) == (1, 4, True)
    assert rows(both, "trust", most=-1) == []
