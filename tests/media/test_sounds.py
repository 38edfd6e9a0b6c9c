"""Sound alone, and reels: what radio and a hall are handed, with nothing of the recording's own story in it."""

from __future__ import annotations

import re

import av
import numpy as np
import pytest
from PIL import Image

from media.ffmpeg_media import FfmpegMedia
from media.tools import NobodyWaits, guarded_input, run
from storybank.domain.clip import Cut, Scene, Shape
from storybank.domain.transcript import Span
from storybank.errors import Cancelled, Invalid
from tests.media.film import AMINA, Calm, StoppedAfter, made, pictures, sound

media = FfmpegMedia()
MUTED = (Span(2_000, 2_600),)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the same excerpt in every form, twice, from a recording that tells a lot about itself."""
    folder = tmp_path_factory.mktemp("sounds")
    told = made(folder / "told.mp4", "-i", AMINA, "-t", 12, "-c", "copy", "-metadata", "title=Amina at home",
                "-metadata", "location=+49.28-123.12/", "-metadata", "comment=private")
    for name in ("one", "two"):
        for ending in ("mp3", "wav", "m4a"):
            media.sound(told, Cut(1_000, 6_000, muted=MUTED), folder / f"{name}.{ending}", Calm())
    return folder


@pytest.mark.parametrize("ending", ["mp3", "wav", "m4a"])
def test_an_excerpt_is_what_a_station_takes(folder, ending):
    file = folder / f"one.{ending}"
    with av.open(str(file)) as opened:
        stream = opened.streams.audio[0]
        assert stream.codec_context.name == {"mp3": "mp3float", "wav": "pcm_s16le", "m4a": "aac"}[ending]
        assert (stream.codec_context.sample_rate, stream.codec_context.channels) == (48_000, 2)
        assert abs(opened.duration / 1_000_000 - 5.0) < 0.06
    said = run([*guarded_input(file), "-map", "0:a", "-af", "ebur128=peak=true", "-f", "null", "-"], NobodyWaits())
    assert -17 <= float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]) <= -15
    assert float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[-1]) <= -1.0


@pytest.mark.parametrize("ending", ["mp3", "wav", "m4a"])
def test_an_excerpt_says_nothing_of_where_it_is_from_and_is_the_same_twice(folder, ending):
    content = (folder / f"one.{ending}").read_bytes()
    assert content == (folder / f"two.{ending}").read_bytes()
    assert not re.search(rb"Amina|private|49\.28|Lavf", content)


def test_what_may_not_be_heard_is_silent_in_an_excerpt(folder):
    samples, rate = sound(folder / "one.wav")
    samples = samples.reshape(-1, 2)[:, 0] / 32768 if samples.ndim == 1 else samples
    assert np.abs(samples[int(2.05 * rate):int(2.55 * rate)]).max() < 0.001
    assert np.abs(samples[:2 * rate]).max() > 0.1


def test_sound_in_a_form_we_do_not_write_is_refused(tmp_path):
    with pytest.raises(Invalid, match="ogg"):
        media.sound(AMINA, Cut(0, 1_000), tmp_path / "x.ogg", Calm())


# ---- reels ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reel")
    Image.new("RGB", (1920, 1080), (220, 60, 30)).save(folder / "card.png")
    media.clip(AMINA, Cut(1_000, 2_000, Shape("9x16", 180, 320)), folder / "clip.mp4", Calm())
    scenes = [Scene(folder / "card.png", 1.0), Scene(folder / "clip.mp4")]
    for name in ("one.mp4", "two.mp4"):
        media.reel(scenes, folder / name, Calm())
    return folder / "one.mp4"


def test_a_reel_shows_every_scene_one_after_the_other(reel):
    shown = pictures(reel)
    assert len(shown) == 60 and shown[0].shape == (1080, 1920, 3)
    assert np.abs(shown[15].mean(axis=(0, 1)) - [220, 60, 30]).max() < 8, "the colours of a card stay what they are"
    assert shown[45][:, 860:1060].std() > 10, "the film is there"


def test_a_reel_ends_as_it_begins_so_that_a_loop_has_no_seam(reel):
    shown = pictures(reel)
    assert np.abs(shown[0].astype(int) - shown[-1]).mean() < 6


def test_a_reel_sounds_where_its_films_do_and_plays_anywhere(reel):
    samples, rate = sound(reel)
    assert rate == 48_000 and np.abs(samples[: rate * 9 // 10]).max() < 0.001 < 0.05 < np.abs(samples[rate:]).max()
    with av.open(str(reel)) as film:
        assert float(film.streams.video[0].average_rate) == 30
        assert film.streams.audio[0].codec_context.channels == 2
    assert reel.read_bytes() == reel.with_name("two.mp4").read_bytes()


def test_a_reel_of_nothing_is_refused_and_a_stopped_one_leaves_nothing(tmp_path):
    with pytest.raises(Invalid):
        media.reel([], tmp_path / "reel.mp4", Calm())
    with pytest.raises(Cancelled):
        media.reel([Scene(AMINA)] * 2, tmp_path / "reel.mp4", StoppedAfter(2))
    assert list(tmp_path.iterdir()) == []
