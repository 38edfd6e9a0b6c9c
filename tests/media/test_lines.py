"""Lines and windows: what stands between an engine and a transcript people can quote from."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from media.journal import Reached
from media.lines import ends_sentence, lines, sentences
from media.listening import can_be_said, that_fit, threads, words
from media.voice import LONGEST_WINDOW_MS, windows
from storybank.domain.flag import Flag
from storybank.domain.transcript import Segment, Span, Word

WHOLE = Span(0, 60_000)


def said(text, start_ms, each_ms=400):
    told = tuple(Word(word, start_ms + i * each_ms, start_ms + (i + 1) * each_ms, 0.9)
                 for i, word in enumerate(text.split()))
    return Segment(start_ms, told[-1].end_ms, text, told, -0.3)


def texts(*segments, spans=()):
    return [line.text for line in lines(segments, spans, WHOLE)]


def test_a_breath_of_two_sentences_is_two_lines():
    assert texts(said("Trust comes first. Then we write.", 0)) == ["Trust comes first.", "Then we write."]


def test_a_sentence_in_two_breaths_is_one_line():
    assert texts(said("I did not", 0), said("leave the house.", 1_300)) == ["I did not leave the house."]


def test_a_long_pause_ends_a_line_even_within_a_sentence():
    assert texts(said("I did not", 0), said("leave the house.", 4_000)) == ["I did not", "leave the house."]


def test_a_title_ends_no_sentence():
    assert [piece.text for piece in sentences(said("Dr. Campbell came.", 0))] == ["Dr. Campbell came."]
    assert ends_sentence("year.»") and ends_sentence("Why?") and not ends_sentence("Mme.")


def test_a_line_begins_where_the_voice_begins():
    spans = [Span(800, 3_000), Span(4_000, 6_000)]
    first, second = lines([said("Trust comes first.", 400), said("We write.", 4_300)], spans, WHOLE)
    assert (first.start_ms, second.start_ms) == (800, 4_000)
    assert first.words[0].start_ms == 800


def test_a_line_ends_where_the_voice_ends():
    (line,) = lines([said("Trust comes first.", 0)], [Span(0, 1_450)], WHOLE)
    assert line.end_ms == line.words[-1].end_ms == 1_450


def test_an_engine_without_word_times_still_gives_words():
    (line,) = lines([Segment(0, 3_000, "Trust comes first.")], [Span(0, 3_000)], WHOLE)
    assert [word.text for word in line.words] == ["Trust", "comes", "first."]
    assert line.words[0].start_ms == 0 and line.words[-1].end_ms == 3_000


any_words = st.lists(
    st.tuples(st.sampled_from(["trust", "we.", "first,", "Dr.", "end!"]), st.integers(0, 20_000),
              st.integers(-50, 2_000)),
    min_size=1, max_size=40,
)


@given(any_words, st.lists(st.integers(0, 20_000), max_size=8))
def test_whatever_an_engine_says_words_stay_and_times_hold(told, edges):
    spoken = tuple(Word(text, start, start + length, 0.5) for text, start, length in told)
    spans = [Span(a, b) for a, b in pairwise(sorted({*edges, 0, 20_000}))][::2]
    segment = Segment(spoken[0].start_ms, spoken[-1].end_ms, " ".join(w.text for w in spoken), spoken)
    found = list(lines([segment], spans, WHOLE))
    assert [word.text for line in found for word in line.words] == [word.text for word in spoken]
    every = [word for line in found for word in line.words]
    assert all(0 <= word.start_ms <= word.end_ms <= WHOLE.end_ms for word in every)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(every))


@given(st.lists(st.tuples(st.integers(50, 60_000), st.integers(210, 5_000)), max_size=30))
def test_windows_hold_all_that_is_spoken_and_fit_the_engine(lengths):
    spans, at = [], 0
    for length, pause in lengths:
        spans.append(Span(at, at + length))
        at += length + pause
    heard_in = windows(spans, Span(0, at))
    assert all(window.length_ms <= LONGEST_WINDOW_MS for window in heard_in)
    for span in spans:
        covered = sum(max(0, min(span.end_ms, w.end_ms) - max(span.start_ms, w.start_ms)) for w in heard_in)
        assert covered >= span.length_ms


def test_a_long_silence_is_not_heard():
    heard_in = windows([Span(1_000, 4_000), Span(16_000, 19_000)], Span(0, 20_000))
    assert [(w.start_ms, w.end_ms) for w in heard_in] == [(800, 4_100), (15_800, 19_100)]


def test_a_word_that_the_engine_parted_is_one_again():
    told = words([(" l", 0.0, 0.2, 0.9), ("'aînée", 0.2, 0.6, 0.5), (" rit", 0.6, 1.0, 0.8)])
    assert [(word.text, word.start_ms, word.end_ms) for word in told] == [("l'aînée", 0, 600), ("rit", 600, 1000)]
    assert told[0].probability == 0.5


def test_numbers_of_an_engine_become_pythons():
    (told,) = words([("yes", np.float64(0.1), np.float64(0.5), np.float32(0.25))])
    assert (type(told.start_ms), type(told.probability)) == (int, float)


def test_what_nobody_could_say_in_the_time_was_not_said():
    sound = np.zeros(16_000 * 10, np.float32)
    assert can_be_said("Thank you.", 9.0, sound)
    assert not can_be_said("Thank you for watching this video until its end.", 9.6, sound)
    assert can_be_said("What was heard at first is kept. " * 20, 0.0, sound)


def test_passages_of_two_languages_are_never_one_line():
    english, french = said("I did not", 0), said("quitter la maison.", 1_300)
    assert texts(replace(english, language="en"), replace(french, language="fr")) == ["I did not", "quitter la maison."]


def test_what_is_odd_about_a_breath_is_odd_about_the_line_it_becomes_part_of():
    first, second = replace(said("I did not", 0), flags=(Flag.LOOP,)), said("leave the house.", 1_300)
    (line,) = lines([first, second], (), WHOLE)
    assert (line.text, line.flags) == ("I did not leave the house.", (Flag.LOOP,))


def test_how_far_the_engine_came_is_told_only_where_no_line_is_waiting():
    heard = [said("I did not", 0), Reached(1_400), said("leave the house.", 1_500), Reached(9_000), Reached(20_000)]
    told = [item.ms if isinstance(item, Reached) else item.text for item in lines(heard, (), WHOLE)]
    assert told == ["I did not leave the house.", 9_000, 20_000]


def test_the_first_words_to_know_are_told_as_far_as_there_is_room():
    def tokens_in(text):
        return len(text.split())

    assert that_fit(("Amina Diallo", "Niagara"), tokens_in) == "Amina Diallo, Niagara"
    assert that_fit(("Amina Diallo", "word " * 222, "Niagara"), tokens_in) == "Amina Diallo"
    assert that_fit((), tokens_in) is None


def test_the_machine_keeps_a_core_for_its_owner(monkeypatch):
    for cores, used in ((1, 1), (2, 2), (8, 7)):
        monkeypatch.setattr("psutil.cpu_count", lambda logical, cores=cores: cores)
        assert threads(0) == used
    assert threads(3) == 3
