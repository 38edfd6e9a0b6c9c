"""Holding: words are found again by their moments, then by themselves; never by chance, and never silently."""

from __future__ import annotations

import random
from dataclasses import replace
from time import perf_counter

import pytest

from storybank.domain.holding import Ground
from storybank.domain.quote import Anchor, Hold
from storybank.domain.transcript import Line
from storybank.domain.wordwise import pieces
from tests.build import a_quote, some_words

SAID = ("Trust is the first prescription we write.", "Neighbours cook for one another every week.",
        "Nobody asks what is wrong with me.", "We walk to the river, and we talk.")


def lines(*texts, shift=0, name="l"):
    found, at = [], shift
    for number, text in enumerate(texts):
        words = some_words(text, at)
        found.append(Line(f"{name}{number}", "r1", number, at, words[-1].end_ms if words else at, text, words, "en"))
        at = (words[-1].end_ms if words else at) + 500
    return found


def quoted(ground, first, a, last, b):
    anchor = Anchor(f"l{first}", a, f"l{last}", b)
    there = ground.read(anchor)
    before, after = ground.around(anchor)
    return a_quote(there.text, anchor=anchor, start_ms=there.words[0].start_ms, end_ms=there.words[-1].end_ms,
                   before=before, after=after)


@pytest.fixture
def ground():
    return Ground(lines(*SAID))


def test_words_that_are_still_there_hold(ground):
    quote = quoted(ground, 1, 1, 1, 4)
    footing = ground.footing(quote)
    assert (footing.hold, footing.anchor, footing.text) == (Hold.HOLDS, quote.anchor, "cook for one another")


def test_the_same_words_in_other_lines_and_a_little_later_hold(ground):
    quote = quoted(ground, 0, 4, 1, 2)
    other = Ground(lines("Trust is the", "first prescription we write. Neighbours cook", "for one another every week.",
                         shift=900, name="n"))
    footing = other.footing(quote)
    assert footing.hold is Hold.HOLDS
    assert footing.anchor == Anchor("n1", 1, "n2", 0)


def test_words_put_right_at_their_place_are_changed_and_told_word_by_word(ground):
    quote = quoted(ground, 1, 0, 1, 6)
    other = Ground(lines(SAID[0], "Neighbors cook for each other every week.", *SAID[2:]))
    footing = other.footing(quote)
    assert (footing.hold, footing.text) == (Hold.CHANGED, "Neighbors cook for each other every week.")
    assert [(one.then, one.now) for one in pieces(quote.text, footing.text) if not one.is_same] == [
        ("Neighbours", "Neighbors"), ("one another", "each other")]


def test_a_comma_is_a_change_too(ground):
    quote = quoted(ground, 3, 0, 3, 7)
    assert Ground(lines(*SAID[:3], "We walk to the river and we talk.")).footing(quote).hold is Hold.CHANGED


def test_words_of_which_nothing_is_left_are_lost(ground):
    quote = quoted(ground, 2, 0, 2, 6)
    footing = Ground(lines(*SAID[:2], SAID[3])).footing(quote)
    assert (footing.hold, footing.anchor, footing.text) == (Hold.LOST, None, "")
    assert Ground([]).footing(quote).hold is Hold.LOST


def test_long_words_are_found_anywhere_in_the_recording(ground):
    quote = quoted(ground, 1, 0, 1, 6)
    far = Ground(lines(SAID[0], *(f"Something else number {n} was said." for n in range(40)), SAID[1]))
    footing = far.footing(quote)
    assert (footing.hold, footing.anchor.first_line_id) == (Hold.HOLDS, "l41")
    assert far.footing(replace(quote, text="Neighbours cook for one another each week.")).hold is Hold.CHANGED


def test_a_short_word_is_not_taken_for_the_same_word_elsewhere(ground):
    quote = quoted(ground, 0, 0, 0, 1)
    assert quote.text == "Trust is"
    other = Ground(lines("Well.", *SAID[1:], *(f"Something {n}." for n in range(40)), "And what Trust is nobody says."))
    assert other.footing(quote).hold is Hold.LOST


def test_words_that_somebody_else_says_elsewhere_are_not_this_quote(ground):
    quote = quoted(ground, 1, 0, 1, 6)
    others = lines("Well.", *(f"Something {n} was said." for n in range(40)), SAID[1])
    assert Ground(others).footing(quote).hold is Hold.HOLDS
    named = [replace(line, speaker_id="george") for line in others]
    assert Ground(named).footing(quote).hold is Hold.LOST


def test_of_two_places_that_read_alike_it_is_the_one_between_the_same_words():
    text = ("So we walk and we talk.", "Then it rains.", "But we walk and we talk.", "Then we sing.")
    ground = Ground(lines(*text))
    quote = quoted(ground, 2, 1, 2, 5)
    shuffled = Ground(lines("Hm.", "Hm hm hm hm hm hm.", *text, name="n"))
    assert shuffled.footing(quote).anchor.first_line_id == "n4"


def test_hands_that_moved_the_words_are_believed(ground):
    quote = quoted(ground, 2, 0, 2, 0)
    other = Ground(lines(*SAID[:2], "Nobodies asks what is wrong with me.", SAID[3]))
    assert other.footing(quote, quote.anchor).hold is Hold.CHANGED
    swapped = Ground(lines(*SAID[:2], "Everyone asks what is wrong with me.", SAID[3]))
    assert swapped.footing(quote, quote.anchor).hold is Hold.CHANGED
    gone = Ground(lines(*SAID[:2], "Asks what is wrong with me.", SAID[3]))
    assert gone.footing(quote, quote.anchor, {"l2"}).hold is Hold.LOST


def test_only_lines_that_changed_can_hold_words_that_were_taken_away(ground):
    again = lines(*SAID, SAID[1])
    quote = quoted(Ground(again), 1, 0, 1, 6)
    without = Ground([*again[:1], replace(again[1], text="Yes.", words=some_words("Yes.", 3300)), *again[2:]])
    assert without.footing(quote, Anchor("l1", 0, "l1", 0), {"l1"}).hold is Hold.LOST


def test_two_hundred_quotes_find_their_words_in_a_new_transcript_without_going_through_all_pairs():
    rng = random.Random(5)
    words = ["".join(rng.choice("abcdefgh") for _ in range(rng.randint(2, 8))) for _ in range(3000)]
    said = [" ".join(rng.choice(words) for _ in range(10)) for _ in range(1000)]
    ground = Ground(lines(*said))
    quotes = [quoted(ground, n, 2, n + 1, 5) for n in rng.sample(range(998), 200)]
    heard = [" ".join(rng.choice(words) if rng.random() < 0.1 else w for w in t.split()) for t in said]
    before = perf_counter()
    other = Ground(lines(*heard, shift=400, name="n"))
    holds = [other.footing(quote).hold for quote in quotes]
    assert perf_counter() - before < 8  # half a second on a machine that does nothing else; minutes for all pairs
    assert holds.count(Hold.LOST) <= 2 and {Hold.HOLDS, Hold.CHANGED} <= set(holds)
