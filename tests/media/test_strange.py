"""Strange recordings: endless, hours long, silent, in five channels or wrong about themselves; all are bounded."""

from __future__ import annotations

import os
import time

import numpy as np
import psutil
import pytest

from media import peaks
from media.ffmpeg_media import FfmpegMedia
from storybank.domain.clip import WIDE, Cut
from storybank.errors import Invalid, StorybankError
from tests.media.film import AMINA, Calm, made, pictures

media = FfmpegMedia()
QUICK = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]


def every_look(file, folder):
    """Return what each look at a file is, by name."""
    return {
        "probe": lambda: media.probe(file),
        "waveform": lambda: media.waveform(file, Calm()),
        "proxy": lambda: media.proxy(file, folder / "copy.mp4", Calm()),
        "poster": lambda: media.poster(file, media.probe(file), folder / "poster.jpg"),
        "still": lambda: media.still(file, 0, folder / "still.png"),
    }


@pytest.mark.skipif(os.name == "nt", reason="there are no such devices on Windows")
@pytest.mark.parametrize("what", ["zero", "random", "pipe", "link to a device"])
def test_what_never_ends_is_refused_at_once_by_every_look(tmp_path, what):
    file = {"zero": "/dev/zero", "random": "/dev/urandom"}.get(what) or tmp_path / "film.mp4"
    if what == "pipe":
        os.mkfifo(file)
    elif what == "link to a device":
        file.symlink_to("/dev/zero")
    begun = time.monotonic()
    for name, look in every_look(type(tmp_path)(file), tmp_path).items():
        with pytest.raises(Invalid, match="not a video or sound recording"):
            look()
        assert time.monotonic() - begun < 5, name


@pytest.mark.parametrize("name", ["bent.mp4", "bent.mkv", "bent.mp3", "bent.wav"])
def test_a_recording_bent_in_its_middle_is_looked_at_or_refused_in_plain_words(tmp_path, name):
    whole = made(tmp_path / f"whole-{name}", "-t", 4, "-i", AMINA, *(["-vn"] if name[-3:] in ("mp3", "wav") else QUICK))
    content = bytearray(whole.read_bytes())
    noise = np.random.default_rng(7).integers(0, 256, len(content) // 4, "u1").tobytes()
    content[len(content) // 3: len(content) // 3 + len(noise)] = noise
    (tmp_path / name).write_bytes(content)
    begun = time.monotonic()
    for look in every_look(tmp_path / name, tmp_path).values():
        try:
            look()
        except StorybankError as refused:
            assert str(refused.message)
            assert "ffmpeg" not in str(refused.message)
    assert time.monotonic() - begun < 30


def test_ten_hours_are_known_in_a_moment_and_seen_in_little_memory(tmp_path):
    minute = made(tmp_path / "minute.m4a", "-f", "lavfi", "-i", "sine=r=8000:d=60", "-c:a", "aac", "-b:a", "12k")
    long = made(tmp_path / "long.m4a", "-stream_loop", 599, "-i", minute, "-c", "copy")
    begun, before = time.monotonic(), psutil.Process().memory_info().rss
    assert media.probe(long).duration_ms > 35_900_000
    assert time.monotonic() - begun < 5
    assert psutil.Process().memory_info().rss - before < 40_000_000


def test_a_recording_that_says_it_lasts_for_days_is_not_believed(tmp_path):
    film = made(tmp_path / "film.mkv", "-f", "lavfi", "-i", "sine=d=2", "-c:a", "pcm_s16le", "-af",
                "asetpts='PTS+if(gt(T,1),400*3600/TB,0)'")
    with pytest.raises(Invalid, match="says that it is 400 hours long"):
        media.probe(film)


def test_what_grows_while_it_is_read_is_read_as_long_as_it_was(tmp_path):
    voice = made(tmp_path / "voice.wav", "-f", "lavfi", "-i", "sine=d=60")
    assert len(peaks.waveform(voice, 1000, Calm())) <= 3.1 * peaks.A_SECOND


@pytest.mark.parametrize("layout", ["mono", "5.0"])
@pytest.mark.parametrize("rate", [8_000, 96_000])
def test_any_sound_has_a_waveform(tmp_path, layout, rate):
    voice = made(tmp_path / "voice.wav", "-f", "lavfi", "-i", f"sine=d=2:r={rate},aformat=channel_layouts={layout}")
    values = media.waveform(voice, Calm())
    assert abs(len(values) - 100) <= 2
    assert max(values) == 1.0


def test_silence_has_a_flat_waveform(tmp_path):
    silence = made(tmp_path / "silence.wav", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono:d=2")
    assert max(media.waveform(silence, Calm())) == 0.0


def counted(to):
    """Return a film with two frame rates whose grey tells the moment: 16 at its start, 60 more a second."""
    grey = "color=black:s=320x180:r=30:d=3,geq=lum='16+60*T':cb=128:cr=128"
    return made(to, "-f", "lavfi", "-i", grey, "-f", "lavfi", "-i", "sine=d=3", "-vf",
                "select='if(lt(t,1.5),1,not(mod(n,3)))'", "-fps_mode", "vfr", *QUICK)


def moment_in(image):
    """Return the moment that a picture's grey tells, in seconds."""
    return (float(image[60:120, 120:200].mean()) * 219 / 255) / 60


@pytest.mark.parametrize("at_ms", [600, 1000, 2000, 2600])
def test_a_picture_out_of_two_frame_rates_is_of_its_moment(tmp_path, at_ms):
    film = counted(tmp_path / "film.mp4")
    assert media.probe(film).video.variable_frame_rate
    media.still(film, at_ms, tmp_path / "still.png", width=320)
    assert abs(moment_in(pictures(tmp_path / "still.png")[0]) - at_ms / 1000) <= 0.12


def test_a_clip_out_of_two_frame_rates_keeps_its_moments(tmp_path):
    film = counted(tmp_path / "film.mp4")
    media.clip(film, Cut(1000, 2500, WIDE, picture=True), tmp_path / "clip.mp4", Calm())
    shown = pictures(tmp_path / "clip.mp4")
    assert len(shown) == 45
    for number in (0, 10, 25, 40):
        image = shown[number][330:390, 600:680]
        assert abs((float(image.mean()) * 219 / 255) / 60 - (1 + number / 30)) <= 0.12
