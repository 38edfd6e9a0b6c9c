"""Unitizing: what is counted in time, by lines and where anybody coded; and where coders differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.reliability import cells
from storybank.domain.transcript import Span
from storybank.domain.unitizing import Coded, Difference, Given, Unit, disagreements, joined, ratings

LINES = (Span(0, 10_000), Span(10_000, 20_000), Span(30_000, 40_000))
BOTH = frozenset({"a", "b"})


def coded(*given_, finished=BOTH, lines=LINES, length=50_000):
    return Coded("r1", length, lines, finished, tuple(Given(who, code, Span(*span)) for who, code, *span in given_))


def counted(one, unit=Unit.TIME, spoken=True, coders=("a", "b")):
    return ratings([one], coders, ["policy"], unit, spoken=spoken)["policy"]


def test_time_is_weighed_in_milliseconds_over_what_is_spoken_or_over_all():
    one = coded(("a", "policy", 0, 10_000), ("b", "policy", 5_000, 12_000))
    assert counted(one) == {(1, 0): 5_000, (1, 1): 5_000, (0, 1): 2_000, (0, 0): 18_000}
    assert counted(one, spoken=False)[0, 0] == 38_000


def test_only_what_anybody_coded_may_be_counted():
    one = coded(("a", "policy", 0, 10_000), ("b", "policy", 5_000, 12_000))
    assert counted(one, Unit.CODED) == {(1, 0): 5_000, (1, 1): 5_000, (0, 1): 2_000}


def test_a_line_is_coded_when_half_of_it_is():
    one = coded(("a", "policy", 0, 5_000), ("b", "policy", 0, 4_999), ("a", "policy", 10_000, 12_000),
                ("a", "policy", 15_000, 18_000))
    assert counted(one, Unit.LINES) == {(1, 0): 2.0, (0, 0): 1.0}


def test_overlapping_quotes_of_one_coder_count_once():
    one = coded(("a", "policy", 0, 10_000), ("a", "policy", 5_000, 10_000), ("b", "policy", 0, 10_000))
    assert counted(one) == {(1, 1): 10_000, (0, 0): 20_000}


def test_a_recording_that_only_one_is_done_with_is_not_counted():
    assert counted(coded(("a", "policy", 0, 10_000), finished=frozenset({"a"}))) == {}
    assert disagreements(coded(("a", "policy", 0, 10_000), finished=frozenset({"a"})), ["a", "b"], {"policy"}) == []


def test_a_third_coder_who_is_not_done_is_missing_there():
    assert (1, 1, None) in counted(coded(("a", "policy", 0, 9_000), ("b", "policy", 0, 9_000)), coders=("a", "b", "c"))


def test_who_gave_a_code_and_who_did_not_is_told():
    found = disagreements(coded(("a", "policy", 0, 10_000)), ["a", "b"], {"policy"})
    assert [(d.gave, d.gave_not, d.kind) for d in found] == [((("a", Span(0, 10_000)),), ("b",), Difference.SOME)]


def test_other_borders_are_a_difference_and_a_blink_is_none():
    far = disagreements(coded(("a", "policy", 0, 9_000), ("b", "policy", 1_000, 12_000)), ["a", "b"], {"policy"})
    assert [(d.span, d.kind) for d in far] == [(Span(0, 12_000), Difference.BORDERS)]
    near = coded(("a", "policy", 0, 9_000), ("b", "policy", 200, 9_100))
    assert disagreements(near, ["a", "b"], {"policy"}) == []


def test_codes_that_are_not_asked_about_are_left_out():
    assert disagreements(coded(("a", "measure", 0, 9_000)), ["a", "b"], {"policy"}) == []


spans = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 49_000), st.integers(1, 20_000)), max_size=12)


@given(spans, st.booleans())
def test_time_adds_up_as_if_each_millisecond_were_looked_at(given_, spoken):
    one = coded(*((who, "policy", start, start + length) for who, start, length in given_), length=80_000)
    pair = cells(counted(one, spoken=spoken), 0, 1)
    own = {who: joined(g.span for g in one.given if g.coder_id == who) for who in "ab"}
    whole = joined(LINES) if spoken else [Span(0, 80_000)]

    def covered(who):
        return sum(max(0, min(s.end_ms, w.end_ms) - max(s.start_ms, w.start_ms)) for s in own[who] for w in whole)

    assert pair.whole == sum(w.length_ms for w in whole)
    assert pair.both + pair.first_only == covered("a")
    assert pair.both + pair.second_only == covered("b")
