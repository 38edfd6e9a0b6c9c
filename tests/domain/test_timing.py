"""A text without times gets those at which an engine heard its words."""

from __future__ import annotations

import random
import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from storybank.domain.timing import LEAST_SHARE, sentences, timed
from storybank.domain.transcript import Span
from tests.build import some_words

STEMS, ENDS = ("gar", "lon", "pre", "wal", "tea"), ("den", "ly", "ks", "")
VOCABULARY = [f"{a}{b}{c}" for a in STEMS for b in "aeiou" for c in ENDS]
ROOM = Span(0, 100_000_000)
a_text = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=500)


def an_hour(seed, mistaken=0.2):
    """Return 9 000 words as people wrote them and as an engine heard them, a fifth of them wrong."""
    chance = random.Random(seed)
    said = some_words(" ".join(chance.choice(VOCABULARY) for _ in range(9000)))
    heard = []
    for word in said:
        kind = chance.random() / mistaken
        if kind >= 1 / 3:
            heard.append(word if kind > 2 / 3 else type(word)("misheard", word.start_ms, word.end_ms, 0.2))
    return said, heard


def test_an_hour_is_timed_in_seconds_and_to_the_word():
    said, heard = an_hour(1)
    begun = time.monotonic()
    found = timed([word.text for word in said], heard, ROOM)
    assert time.monotonic() - begun < 5
    right = sum(abs(a.start_ms - b.start_ms) < 500 for a, b in zip(found.words, said, strict=True))
    assert right > 0.97 * len(said)
    assert found.share > 0.7


def test_one_word_said_nine_thousand_times_takes_no_longer():
    begun = time.monotonic()
    found = timed(["yes"] * 9000, some_words("yes " * 9000), ROOM)
    assert (len(found.words), found.share) == (9000, 1.0)
    assert time.monotonic() - begun < 5


def test_a_text_of_something_else_is_known_as_such():
    said, _heard = an_hour(1)
    other, _heard = an_hour(2)
    assert timed([word.text for word in other], said, ROOM).share < LEAST_SHARE / 2


def test_a_part_of_what_was_said_is_found_where_it_was_said():
    said, heard = an_hour(1, mistaken=0.05)
    found = timed([word.text for word in said[5000:5400]], heard, ROOM)
    assert abs(found.words[0].start_ms - said[5000].start_ms) < 2000


def test_words_that_nobody_heard_stand_between_those_that_were_and_say_so():
    found = timed(["We", "meet", "every", "Tuesday", "in", "the"], some_words("We meet in the garden"), ROOM)
    assert [(word.text, word.estimated) for word in found.words][1:5] == [
        ("meet", False), ("every", True), ("Tuesday", True), ("in", False)]


@settings(max_examples=40, deadline=None)
@given(a_text, a_text)
def test_every_word_comes_back_in_its_order_and_no_time_runs_backwards(text, heard):
    found = timed(text, some_words(" ".join(heard)), ROOM).words
    assert [word.text for word in found] == text
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(found))
    assert all(word.start_ms <= word.end_ms for word in found)


def test_a_paragraph_becomes_lines_of_a_sentence_each():
    assert sentences("It began with tea at the library on Tuesday, when nobody came. Dr. Roy said: “Wait.” Then they "
                     "all came, one after the other, and we had no chairs left.") == [
        "It began with tea at the library on Tuesday, when nobody came.",
        "Dr. Roy said: “Wait.”", "Then they all came, one after the other, and we had no chairs left."]


@given(st.text("ab AB.!”» \n", max_size=800))
def test_no_word_is_lost_between_lines(text):
    assert " ".join(sentences(text)).split() == text.split()
