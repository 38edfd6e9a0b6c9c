"""Seen: what was there is known again wherever its words or its edges went; what was not is new."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.saved import Mark
from storybank.domain.seen import MOST_SEEN, new_among, remembered

stretches = st.builds(lambda owner, start, length: Mark(owner, start, start + length),
                      st.sampled_from(["r1", "r2"]), st.integers(0, 500_000), st.integers(1, 60_000))
marks = st.lists(stretches | st.builds(Mark, st.sampled_from(["memo:1", "story:2"])), max_size=30)


@given(marks)
def test_what_was_seen_is_never_new(seen):
    assert new_among(seen, len(seen), remembered(seen, len(seen))) == 0


@given(marks)
def test_everything_is_new_where_nothing_was_seen(today):
    assert new_among(today, len(today), remembered([], 0)) == len(today)


def test_a_passage_that_was_cut_elsewhere_is_known_and_one_far_away_is_not():
    seen = remembered([Mark("r1", 60_000, 90_000)], 1)
    assert new_among([Mark("r1", 75_000, 105_000)], 1, seen) == 0
    assert new_among([Mark("r1", 90_000, 120_000), Mark("r2", 60_000, 90_000)], 2, seen) == 2


def test_voices_that_cross_for_a_moment_are_two():
    seen = remembered([Mark("r1", 60_000, 90_000)], 1)
    assert new_among([Mark("r1", 89_500, 120_000)], 1, seen) == 1


def test_of_more_than_can_be_remembered_only_the_number_counts():
    seen = remembered([], MOST_SEEN + 10)
    assert len(seen) == 1
    assert new_among([], MOST_SEEN + 13, seen) == 3
    assert new_among([], MOST_SEEN + 3, seen) == 0
