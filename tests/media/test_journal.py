"""The journal: whatever is said, chunks follow one another, none is long, and every line is in one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from media.journal import Journal
from storybank.domain.transcript import Segment, Span

HOUR = 3_600_000


def chunks_of(lines, end_ms, start_ms=0, speech=()):
    """Return the chunks of lines that come one after the other."""
    journal, chunks = Journal(start_ms, 5), []
    journal.hear(speech)
    for start, end in lines:
        journal.say(Segment(start, end, "said"))
        chunks += journal.chunks("en")
    journal.reach(end_ms)
    return [*chunks, *journal.chunks("en"), *journal.close(end_ms, "en")]


def lines_of(steps, start_ms=0):
    """Return lines made of pauses and lengths."""
    lines, at = [], start_ms
    for pause, length in steps:
        lines.append((at + pause, at + pause + length))
        at += pause + length
    return lines, at


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(60, 28_000)), max_size=20), st.integers(0, HOUR))
def test_chunks_leave_no_gap_and_hold_every_line_and_less_than_a_minute(steps, start_ms):
    lines, end_ms = lines_of(steps, start_ms)
    chunks = chunks_of(lines, end_ms + 1, start_ms)
    assert (chunks[0].start_ms, chunks[-1].end_ms) == (start_ms, end_ms + 1)
    assert [chunk.index for chunk in chunks] == list(range(5, 5 + len(chunks)))
    assert all(before.end_ms == after.start_ms for before, after in pairwise(chunks))
    assert all(0 < chunk.end_ms - chunk.start_ms < 60_000 for chunk in chunks)
    assert [(s.start_ms, s.end_ms) for chunk in chunks for s in chunk.segments] == lines
    assert all(c.start_ms <= s.start_ms and s.end_ms <= c.end_ms for c in chunks for s in c.segments)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 60_000), st.integers(1, 8_000)), min_size=1, max_size=30))
def test_two_people_who_speak_at_once_are_never_cut_apart(told):
    lines = sorted((start, start + length) for start, length in told)
    end_ms = max(end for _, end in lines) + 1
    for chunk in chunks_of(lines, end_ms):
        assert all(chunk.start_ms <= s.start_ms and s.end_ms <= chunk.end_ms for s in chunk.segments)


def test_a_chunk_is_there_as_soon_as_half_a_minute_is_complete():
    journal, sizes = Journal(0, 0), []
    for number in range(20):
        journal.say(Segment(number * 5_000, number * 5_000 + 4_000, "said"))
        sizes += [(number, chunk.end_ms) for chunk in journal.chunks("en")]
    assert sizes == [(7, 29_800), (12, 59_800), (18, 89_800)]


def test_speech_is_cut_where_the_chunk_is():
    chunks = chunks_of([], 60_000, speech=[Span(1_000, 2_000), Span(29_000, 31_000)])
    assert [chunk.speech for chunk in chunks] == [(Span(1_000, 2_000), Span(29_000, 30_000)), (Span(30_000, 31_000),)]


def test_a_long_silence_is_journalled_by_the_half_minute():
    assert [chunk.end_ms for chunk in chunks_of([], 100_000)] == [30_000, 60_000, 90_000, 100_000]
