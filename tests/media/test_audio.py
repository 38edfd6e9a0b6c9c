"""Audio: stretches that follow one another without a gap, cut in silence, in little memory."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest

from media import audio
from media.audio import RATE, channels_of, piece, quietest, stretches
from storybank.domain.transcript import Span
from storybank.errors import Damaged
from tests.media.film import AMINA, MARIE, SOUND_ONLY, WEBM, beginning_of, made

ALL = Span(0, 10 * 3600 * 1000)


@pytest.fixture(scope="module")
def long_recording(tmp_path_factory):
    """Eighteen minutes of the demo's speech."""
    return made(tmp_path_factory.mktemp("long") / "long.m4a", "-stream_loop", 20, "-i", AMINA, "-vn", "-c", "copy")


def test_a_short_recording_is_one_stretch():
    (stretch,) = stretches(MARIE, ALL)
    assert stretch.start_ms == 0
    assert abs(stretch.end_ms - 27_400) < 60
    assert stretch.sound.dtype == np.float32
    assert 0.1 < np.abs(stretch.sound).max() <= 1.0


def test_stretches_follow_one_another_and_end_with_the_recording(long_recording):
    found = [(stretch.start_ms, stretch.end_ms) for stretch in stretches(long_recording, ALL)]
    assert found[0][0] == 0
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert all(295_000 <= end - start <= 315_000 for start, end in found[:-1])
    assert abs(found[-1][1] - 21 * 52_480) < 1_500


def test_cuts_fall_into_silence(long_recording):
    for stretch in list(stretches(long_recording, ALL))[:-1]:
        edge = np.abs(stretch.sound[-RATE // 5 :])
        assert edge.max() < 0.02


def test_memory_stays_small_however_long_the_recording(long_recording):
    next(stretches(MARIE, ALL))  # what is imported once is not counted
    tracemalloc.start()
    for _ in stretches(long_recording, ALL):
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 120_000_000


def test_listening_can_begin_anywhere():
    (whole,), (rest,) = stretches(AMINA, ALL), stretches(AMINA, Span(20_000, 60_000))
    assert rest.start_ms == 20_000
    assert abs(rest.end_ms - whole.end_ms) <= 60
    first = whole.sound[20 * RATE : 30 * RATE]
    again = rest.sound[: 10 * RATE]
    assert np.corrcoef(first, again)[0, 1] > 0.99


def test_a_track_that_starts_late_keeps_its_times(tmp_path):
    late = made(tmp_path / "late.mkv", "-i", AMINA, "-itsoffset", 2, "-i", AMINA, "-map", "0:v", "-map", "1:a", "-c",
                "copy", "-t", 20)
    (stretch,) = stretches(late, ALL)
    voice = np.nonzero(np.abs(stretch.sound) > 0.05)[0][0] / RATE
    assert abs(voice - 2.8) < 0.1


def test_sound_that_breaks_off_is_told_after_what_could_be_heard(tmp_path):
    whole = made(tmp_path / "whole.m4a", "-i", SOUND_ONLY, "-c", "copy", "-movflags", "+faststart")
    cut = beginning_of(whole, 0.5, tmp_path / "cut.m4a")
    heard = []
    with pytest.raises(Damaged, match="breaks off"):
        heard.extend(stretches(cut, ALL))
    assert heard and heard[0].end_ms > 5_000


def test_a_webm_is_heard_to_its_end():
    assert abs(list(stretches(WEBM, ALL))[-1].end_ms - 45_330) < 100


def test_the_quietest_half_second_is_found():
    noise = (np.random.default_rng(1).normal(0, 3000, (330 * RATE, 1))).astype(np.int16)
    noise[300 * RATE : 300 * RATE + RATE // 2] = 0
    assert abs(quietest(noise) / RATE - 300.25) < 0.11


def test_nothing_is_cut_before_it_must_be(monkeypatch):
    monkeypatch.setattr(audio, "LATEST_CUT_MS", 20_000)
    monkeypatch.setattr(audio, "EARLIEST_CUT_MS", 10_000)
    found = list(stretches(AMINA, ALL))
    assert len(found) > 2
    assert all(10_000 <= s.end_ms - s.start_ms <= 20_000 for s in found[:-1])


def test_nothing_is_heard_beyond_the_end_of_a_span():
    (whole,), (part,) = stretches(AMINA, ALL), stretches(AMINA, Span(20_000, 30_000))
    assert (part.start_ms, part.end_ms) == (20_000, 30_000)
    assert np.corrcoef(whole.sound[20 * RATE : 30 * RATE], part.sound)[0, 1] > 0.99


def test_a_short_span_is_had_at_once_and_beyond_the_end_there_is_none():
    assert piece(AMINA, Span(5_000, 8_000)).end_ms == 8_000
    assert len(piece(AMINA, Span(80_000, 90_000)).sound) == 0


def test_two_channels_are_kept_beside_their_mix_and_five_are_not(tmp_path):
    two = made(tmp_path / "two.wav", "-i", MARIE, "-t", 3, "-af", "pan=stereo|FL=c0|FR=0.5*c0")
    five = made(tmp_path / "five.wav", "-i", MARIE, "-t", 3, "-af", "pan=5.0|FL=c0|FR=c0|FC=c0|BL=c0|BR=c0")
    assert (channels_of(two), channels_of(five), channels_of(MARIE)) == (2, 1, 1)
    (stretch,) = stretches(two, ALL)
    assert np.allclose(stretch.sound * 32768, stretch.sides.mean(axis=1), atol=1)
    assert next(stretches(five, ALL)).sides is None
