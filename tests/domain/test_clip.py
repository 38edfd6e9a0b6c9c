"""Captions stay within what can be read: two lines, so many characters, in time with the words."""

from __future__ import annotations

import itertools
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.captions import captions
from storybank.domain.clip import LINE_LIMIT, kept_clear, with_breath, within
from storybank.domain.transcript import Span
from tests.build import some_words

text = st.lists(st.text("abcdefg.,", min_size=1, max_size=14), min_size=1, max_size=60).map(" ".join)


def test_a_long_sentence_breaks_into_two_even_lines():
    cue = captions(some_words("Every link worker needs training, support and someone to call."), 0)[0]
    assert cue.text == "Every link worker needs training,\nsupport and someone to call."


def test_no_word_is_left_alone_on_a_caption_of_its_own():
    said = "Every link worker needs training, administrative support and someone to call at the end of a hard day."
    assert min(len(cue.text.split()) for cue in captions(some_words(said, each_ms=300), 0)) > 3


def test_times_are_of_the_clip_and_not_of_the_recording():
    assert captions(some_words("Trust first.", start_ms=60_000), 59_500)[0].start_ms == 500


def test_a_clip_keeps_a_breath_on_either_side():
    assert with_breath(Span(1000, 2000), Span(0, 60_000)) == Span(500, 2500)


def test_the_breath_never_reaches_another_word():
    assert with_breath(Span(1000, 2000), Span(950, 2050)) == Span(950, 2050)
    assert with_breath(Span(1000, 2000), Span(1000, 2000)) == Span(1000, 2000)


@given(text)
def test_captions_stay_within_the_limits_and_say_every_word(said):
    cues = captions(some_words(said), 0)
    assert " ".join(cue.text.replace("\n", " ") for cue in cues).split() == said.split()
    for cue in cues:
        lines = cue.text.split("\n")
        assert len(lines) <= 2
        assert all(len(line) <= LINE_LIMIT for line in lines)
        assert cue.start_ms < cue.end_ms
    assert all(a.end_ms <= b.start_ms for a, b in itertools.pairwise(cues))


SAID = Span(10_000, 12_000)


def test_a_breath_stops_at_what_lies_beside_the_words():
    free = kept_clear(Span(0, 60_000), SAID, [Span(5_000, 9_900), Span(12_100, 13_000)])
    assert with_breath(SAID, free) == Span(9_900, 12_100)


def test_a_stretch_that_touches_the_words_leaves_the_breath_as_it_is():
    assert kept_clear(Span(0, 60_000), SAID, [Span(9_000, 10_500)]) == Span(0, 60_000)


@given(st.lists(st.tuples(st.integers(-9_000, 30_000), st.integers(-9_000, 30_000))))
def test_stretches_lie_within_the_clip_in_order_and_cover_the_same_moments(pairs):
    found = within(SAID, [Span(*pair) for pair in pairs])
    assert all(0 <= one.start_ms < one.end_ms <= 2_000 for one in found)
    assert all(one.end_ms < after.start_ms for one, after in pairwise(found))
    for moment in range(0, 2_000, 7):
        asked = any(start <= moment + SAID.start_ms < end for start, end in pairs)
        assert asked == any(one.start_ms <= moment < one.end_ms for one in found)
