"""Alignment: words come back as they were written, at times that can be, whatever the engine says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from media.alignment import align, parts
from media.voice import LONGEST_WINDOW_MS
from storybank.domain.transcript import Passage, Span, Word
from tests.media.film import AMINA


class Says:
    """Ears that give the times they were told, over and over."""

    def __init__(self, *told):
        self.told = told

    def times(self, sound, words, language):
        return [self.told[number % len(self.told)] for number in range(len(words))] if self.told else []


def words_of(text, start_ms, each_ms):
    return tuple(Word(word, start_ms + i * each_ms, start_ms + (i + 1) * each_ms, estimated=True)
                 for i, word in enumerate(text.split()))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 60), st.floats(-1, 60)), min_size=1, max_size=5), st.integers(1, 12))
def test_times_are_in_order_and_inside_whatever_the_engine_says(told, count):
    passage = Passage("a", Span(500, 6_500), words_of("word " * count, 500, 300), "en")
    ((_, found),) = align(Says(*told), AMINA, [passage])
    assert [word.text for word in found] == ["word"] * count
    assert all(500 <= word.start_ms <= word.end_ms <= 6_500 for word in found)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(found))


def test_what_the_engine_cannot_find_keeps_its_times():
    passage = Passage("a", Span(500, 6_500), words_of("Nobody said this.", 500, 300), "en")
    assert list(align(Says(), AMINA, [passage])) == [("a", passage.words)]


def test_a_passage_without_words_or_without_time_comes_back_as_it_was():
    nothing, no_time = Passage("a", Span(0, 5_000), (), "en"), Passage("b", Span(5, 5), words_of("No.", 5, 0), "en")
    assert list(align(Says((0.1, 0.2)), AMINA, [nothing, no_time])) == [("a", ()), ("b", no_time.words)]


@given(st.integers(1, 300), st.integers(0, 3_000))
def test_a_long_passage_is_cut_between_words_into_parts_that_can_be_heard(count, each_ms):
    words = words_of("word " * count, 1_000, each_ms)
    cut = parts(Passage("a", Span(0, 1_000 + count * each_ms), words, "en"))
    assert tuple(word for part in cut for word in part.words) == words
    assert all(part.span.length_ms <= LONGEST_WINDOW_MS for part in cut)
