"""Restrictions: what is not free in a stretch is cut, silenced, taken out or blurred, or nothing goes."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.clearance import Gate
from storybank.domain.restriction import REDACTED, Restriction, Treatment, without
from storybank.domain.transcript import Word
from storybank.domain.use import Asked, Material
from storybank.errors import Refused
from tests.build import TODAY, WEBSITE, a_circle, a_quote, a_recording, cleared, decided, some_words, yes

QUOTE = a_quote()
"""From 1000 to 4000 ms of recording r1."""


def on(start_ms, end_ms, treatment=Treatment.MUTE, recording="r1"):
    return Restriction("x-1", recording, start_ms, end_ms, treatment, "names a patient")


def with_these(*restrictions, text=None):
    return cleared(decided(yes()), restrictions=restrictions, text=text)


def test_a_quote_that_touches_a_cut_goes_nowhere():
    with pytest.raises(Refused, match="may not go out at all"):
        with_these(on(3999, 9000, Treatment.CUT))


@pytest.mark.parametrize("beside", [
    on(0, 1000, Treatment.CUT), on(4000, 9000, Treatment.CUT), on(0, 60_000, Treatment.CUT, recording="r2"),
])
def test_a_cut_beside_a_quote_or_in_another_recording_leaves_it_free(beside):
    assert with_these(beside).quote.text == QUOTE.text


def test_a_cut_leaves_the_rest_of_the_story_free():
    circle = a_circle(decided(yes()), restrictions=(on(1000, 2000, Treatment.CUT),))
    gate = Gate(Asked((WEBSITE,), TODAY))
    assert gate.of_story(circle).allowed
    assert not gate.of_quote(circle, QUOTE).allowed
    assert gate.of_quote(circle, replace(QUOTE, id="q2", start_ms=2000)).allowed


@pytest.mark.parametrize("treatment", [Treatment.MUTE, Treatment.REDACT])
def test_words_that_may_not_be_read_are_gone_from_a_cleared_quote(treatment):
    one = with_these(on(2000, 2500, treatment), text=f"Trust {REDACTED} prescription.")
    assert one.quote.text == f"Trust {REDACTED} prescription."
    assert one.restrictions == (on(2000, 2500, treatment),)


@pytest.mark.parametrize("treatment", [Treatment.MUTE, Treatment.REDACT])
def test_without_knowing_which_words_are_meant_none_goes_out(treatment):
    assert with_these(on(2000, 2500, treatment)).quote.text == REDACTED


def test_a_blur_leaves_the_words_and_goes_along():
    one = with_these(on(2000, 2500, Treatment.BLUR), text="something else")
    assert one.quote.text == QUOTE.text
    assert one.restrictions == (on(2000, 2500, Treatment.BLUR),)


def test_only_the_restrictions_that_touch_a_quote_go_along():
    near, far = on(3000, 3500), on(5000, 6000)
    assert with_these(near, far, text="").restrictions == (near,)


def test_a_restriction_counts_whatever_goes_out():
    circle = a_circle(decided(yes()), restrictions=(on(2000, 2500, Treatment.CUT),))
    for material in Material:
        assert not Gate(Asked((WEBSITE,), TODAY, materials=(material,))).of_quote(circle, QUOTE).allowed


def test_the_restricted_text_is_what_leaves_and_the_quote_on_file_stays():
    with_these(on(2000, 2500), text="")
    assert QUOTE.text == "Trust is the first prescription."
    assert with_these(on(2000, 2500), text="").quote.text == ""


@pytest.mark.parametrize(("treatment", "silences", "hides"), [
    (Treatment.CUT, True, True), (Treatment.MUTE, True, False), (Treatment.REDACT, True, False),
    (Treatment.BLUR, False, True),
])
def test_each_treatment_silences_hides_or_both(treatment, silences, hides):
    one = on(0, 1, treatment)
    assert (one.silences, one.hides) == (silences, hides)


WORDS = some_words("My patient Rosa lives on Elm Street now")
"""Eight words, 400 ms each."""


def read(*restrictions):
    return " ".join(word.text for word in without(WORDS, restrictions))


def test_one_sign_stands_for_each_run_of_words_that_may_not_be_read():
    assert read(on(800, 1200), on(2000, 2800, Treatment.REDACT)) == f"My patient {REDACTED} lives on {REDACTED} now"
    assert read(on(0, 9000)) == REDACTED
    assert read(on(0, 800, Treatment.BLUR)) == "My patient Rosa lives on Elm Street now"


def test_a_word_that_is_touched_at_all_is_taken_out():
    assert read(on(1199, 1201)) == f"My patient {REDACTED} on Elm Street now"
    assert read(on(1200, 1200 + 1)) == f"My patient Rosa {REDACTED} on Elm Street now"


def test_runs_that_meet_are_one_and_keep_their_times():
    kept = without(WORDS, [on(800, 1200), on(1200, 1600)])
    sign = next(word for word in kept if word.text == REDACTED)
    assert (sign.start_ms, sign.end_ms) == (800, 1600)


def test_a_word_without_length_is_taken_out_where_it_lies():
    point = replace(WORDS[0], start_ms=500, end_ms=500)
    assert [word.text for word in without([point], [on(500, 600)])] == [REDACTED]
    assert [word.text for word in without([point], [on(0, 500)])] == ["My"]


stretches = st.tuples(st.integers(0, 3500), st.integers(0, 900)).map(lambda at: (at[0], sum(at)))
some = st.lists(st.builds(lambda at, how: on(*at, how), stretches, st.sampled_from(Treatment)), max_size=4)


@given(some)
def test_no_restricted_word_is_ever_read_and_no_free_one_lost(restrictions):
    silent = [r for r in restrictions if r.silences]
    free = [w for w in WORDS if not any(r.start_ms < w.end_ms and w.start_ms < r.end_ms for r in silent)]
    kept = without(WORDS, restrictions)
    assert [word for word in kept if word.text != REDACTED] == free
    assert all(a.end_ms <= b.start_ms for a, b in itertools.pairwise(kept))


@given(some, some)
def test_another_restriction_never_lets_more_be_read(restrictions, more):
    words = {word for word in without(WORDS, [*restrictions, *more]) if word.text != REDACTED}
    assert words <= set(without(WORDS, restrictions))


def test_the_recording_of_a_quote_decides_which_restrictions_are_its_own():
    assert a_recording().id == QUOTE.recording_id
    assert with_these(on(2000, 2500, recording="r2")).restrictions == ()


def test_a_word_whose_time_was_estimated_goes_if_a_restriction_lies_anywhere_between_the_words_heard_around_it():
    words = [Word("we", 0, 400), Word("secretly", 500, 900, estimated=True), Word("met", 901, 1300, estimated=True),
             Word("there", 5000, 5400), Word("again", 5500, 5900)]
    left = without(words, [Restriction("x", "r", 3000, 4000, Treatment.MUTE)])
    assert [word.text for word in left] == ["we", "[…]", "there", "again"]


def test_at_the_ends_an_estimated_word_may_lie_some_seconds_away():
    words = [Word("we", 6000, 6400, estimated=True), Word("met", 7000, 7400)]
    near, far = (Restriction("x", "r", ms, ms + 500, Treatment.CUT) for ms in (2000, 0))
    assert [word.text for word in without(words, [near])] == ["[…]", "met"]
    assert [word.text for word in without(words, [far])] == ["we", "met"]
