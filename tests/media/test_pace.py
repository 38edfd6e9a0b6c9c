"""Word times hold together: no bunches, nothing running backwards, the last word lasting as long as the voice."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from media.pace import steadied
from storybank.domain.transcript import Word


def said(*words):
    return [Word(text, start, end, 0.9) for text, start, end in words]


def test_a_bunch_shares_its_time_with_the_word_that_had_taken_it():
    words = steadied(said(("I", 0, 300), ("did", 300, 360), ("not", 360, 420), ("speak", 420, 2400)), 2400)
    assert [w.start_ms for w in words] == [0, 200, 800, 1400]


def test_a_voice_that_goes_on_belongs_to_the_last_words():
    words = steadied(said(("in", 0, 200), ("British", 200, 600), ("Columbia.", 600, 740)), 1700)
    assert words[-1].end_ms == 1700


def test_a_voice_that_goes_on_too_long_says_something_else():
    words = said(("Trust", 0, 400), ("first.", 400, 900))
    assert list(steadied(words, 20_000)) == words


def test_words_at_an_ordinary_pace_are_left_alone():
    words = said(("Trust", 0, 400), ("comes", 400, 800), ("first.", 800, 1300))
    assert list(steadied(words, 1300)) == words


lengths = st.lists(st.tuples(st.text("abc", min_size=1, max_size=12), st.integers(60, 3000)), min_size=1, max_size=30)


@given(lengths, st.integers(0, 8000))
def test_times_never_run_backwards_and_every_word_stays(lengths, more):
    words, at = [], 0
    for text, length in lengths:
        words.append(Word(text, at, at + length, 0.5))
        at += length
    steady = steadied(words, at + more)
    assert [w.text for w in steady] == [w.text for w in words]
    assert all(a.start_ms <= a.end_ms <= b.start_ms for a, b in pairwise(steady))
    assert steady[0].start_ms == 0 and at <= steady[-1].end_ms <= at + more
