"""Guarding: a line gets every reason not to trust it, and keeps every word."""

from __future__ import annotations

from dataclasses import replace

from media.guarding import Guarding, breath, silent_share, stock_phrases
from storybank.domain.flag import Flag
from storybank.domain.guards import folded
from storybank.domain.transcript import Segment, Span

LINE = Segment(1_000, 4_000, "Trust comes first, then we write.")
HEARD = [Span(900, 4_100)]


def flags(line, speech=HEARD):
    return Guarding(()).flagged(breath(line), speech).flags


def test_an_ordinary_line_has_no_flag_and_no_word_is_lost():
    assert Guarding(()).flagged(breath(LINE), HEARD) == LINE


def test_text_where_nobody_speaks_is_flagged():
    assert flags(LINE, []) == (Flag.SILENCE,)
    assert flags(LINE, [Span(0, 400), Span(9_000, 9_900)]) == (Flag.SILENCE,)
    assert flags(LINE, [Span(1_000, 2_500)]) == ()


def test_a_share_of_silence_is_that_of_the_line_alone():
    assert silent_share(LINE, [Span(0, 2_200)]) == 0.5


def test_what_the_engine_takes_for_silence_is_flagged_however_sure_it_is():
    assert flags(replace(LINE, no_speech_probability=0.99, average_log_probability=-0.01)) == (Flag.NO_SPEECH,)


def test_a_pace_that_the_voice_put_right_is_not_held_against_a_line():
    hurried = replace(breath(replace(LINE, end_ms=1_500)), end_ms=4_000)
    assert hurried.flags == (Flag.TOO_FAST,)
    assert Guarding(()).flagged(hurried, HEARD).flags == ()


def test_the_same_line_three_times_is_flagged_for_each_voice_apart():
    guarding = Guarding(())
    said = [guarding.flagged(replace(LINE, voice=voice), HEARD).flags for voice in ("left", "right", "left", "left")]
    assert said == [(), (), (), (Flag.REPEATED,)]


def test_credits_of_subtitles_are_known_in_both_languages_and_each_once():
    assert flags(replace(LINE, text="Sous-titrage Société Radio-Canada")) == (Flag.STOCK_PHRASE,)
    assert flags(replace(LINE, text="So. Thanks for watching!")) == (Flag.STOCK_PHRASE,)
    known = [folded(phrase) for phrase in stock_phrases()]
    assert len(known) == len(set(known)) and all(len(phrase.split()) >= 2 for phrase in known)
