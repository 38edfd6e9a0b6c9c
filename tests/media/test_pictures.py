"""Stills and waveforms: the person upright and lit, the voice where it is."""

from __future__ import annotations

import pytest

from media.ffmpeg_media import FfmpegMedia
from storybank.errors import Cancelled, Invalid
from tests.media.film import AMINA, MARIE, SIDEWAYS, SOUND_ONLY, Calm, StoppedAfter, made, picture

media = FfmpegMedia()


def test_a_poster_shows_the_person_upright(tmp_path):
    media.poster(SIDEWAYS, media.probe(SIDEWAYS), tmp_path / "poster.jpg")
    shown = picture(tmp_path / "poster.jpg")
    assert shown.shape == (360, 640, 3)
    top, bottom = shown[:60].mean(axis=(0, 1)), shown[-40:, 200:440].mean(axis=(0, 1))
    assert top[2] > 200 and bottom[2] > bottom[0] + 40  # light wall above, blue jumper below


def test_a_poster_is_not_the_black_with_which_a_film_begins(tmp_path):
    dark = made(tmp_path / "dark.mp4", "-t", 12, "-i", MARIE, "-vf", "fade=in:st=3:d=1", "-preset", "ultrafast")
    media.poster(dark, media.probe(dark), tmp_path / "poster.jpg")
    assert picture(tmp_path / "poster.jpg").mean() > 90


def test_sound_alone_has_no_poster(tmp_path):
    media.poster(SOUND_ONLY, media.probe(SOUND_ONLY), tmp_path / "poster.jpg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at_ms", [0, 20_000, 52_499, 90_000])
def test_a_still_can_be_taken_anywhere(tmp_path, at_ms):
    media.still(AMINA, at_ms, tmp_path / "still.png", width=320)
    assert picture(tmp_path / "still.png").shape == (180, 320, 3)


def test_a_still_of_sound_alone_is_refused(tmp_path):
    with pytest.raises(Invalid, match="sound only"):
        media.still(SOUND_ONLY, 1000, tmp_path / "still.png")


def test_an_hdr_picture_is_made_right_for_every_screen(tmp_path):
    bright = made(tmp_path / "hlg.mp4", "-t", 4, "-i", AMINA, "-vf",
                  "zscale=t=arib-std-b67:p=bt2020:m=bt2020nc:tin=bt709:pin=bt709:min=bt709,format=yuv420p10le",
                  "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-tag:v", "hvc1")
    facts = media.probe(bright)
    assert facts.video.hdr
    media.poster(bright, facts, tmp_path / "poster.jpg")
    assert 60 < picture(tmp_path / "poster.jpg").mean() < 230


def test_the_waveform_has_fifty_values_a_second_and_shows_the_voice():
    ticket = Calm()
    peaks = media.waveform(AMINA, ticket)
    assert abs(len(peaks) - 52.48 * 50) <= 5
    assert min(peaks) >= 0 and max(peaks) == 1.0
    assert max(peaks[:35]) < 0.05 < max(peaks[45:100])  # Amina begins after 0.8 s
    assert ticket.reported[-1] > 0.95


def test_a_waveform_can_be_stopped():
    with pytest.raises(Cancelled):
        media.waveform(AMINA, StoppedAfter(1))
