"""Corrections keep the engine's times where its words stand, and share them out where they do not."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.transcript import Line, Span, realigned
from tests.build import some_words

text = st.lists(st.text("abcdé", min_size=1, max_size=6), min_size=1, max_size=12).map(" ".join)


def test_words_that_stand_keep_their_times_and_probability():
    words = realigned(some_words("trust is the first"), "Trust is our first", Span(0, 1600))
    assert [(w.text, w.start_ms, w.end_ms) for w in words] == [
        ("Trust", 0, 400), ("is", 400, 800), ("our", 800, 1200), ("first", 1200, 1600)]
    assert [w.probability for w in words] == [0.9, 0.9, None, 0.9]


def test_two_words_for_one_share_its_time():
    words = realigned(some_words("cannot"), "can not", Span(0, 400))
    assert [(w.start_ms, w.end_ms) for w in words] == [(0, 200), (200, 400)]


def test_a_correction_keeps_the_line_and_counts_up():
    line = Line("l", "r", 0, 0, 800, "hello word", some_words("hello word"), "en")
    better = line.reworded("  hello   world ")
    assert (better.text, better.revision, better.reviewed, better.corrected) == ("hello world", 1, True, True)


def test_words_that_the_engine_missed_stand_in_the_silence_around_the_line():
    line = Line("l", "r", 0, 10_000, 10_800, "the minister", some_words("the minister", 10_000), "en")
    better = line.reworded("That is a story the minister", Span(8_000, 12_000))
    assert better.words[0].start_ms < 9_300 and better.words[3].end_ms == 10_000
    assert (better.start_ms, better.end_ms) == (better.words[0].start_ms, 10_800)


@given(text, text)
def test_every_new_word_gets_a_time_inside_the_line_and_none_runs_backwards(old, new):
    before = some_words(old)
    words = realigned(before, new, Span(0, before[-1].end_ms))
    assert [w.text for w in words] == new.split()
    assert all(w.start_ms <= w.end_ms for w in words)
    assert all(a.start_ms <= b.start_ms for a, b in itertools.pairwise(words))
    assert all(w.start_ms >= 0 and w.end_ms <= before[-1].end_ms for w in words)
