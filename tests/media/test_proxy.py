"""Proxy: a light copy in which every moment is where it is in the original, upright, and loud enough."""

from __future__ import annotations

import json
import re
import subprocess

import av
import numpy as np
import pytest

from media.ffmpeg_media import FfmpegMedia
from media.tools import ffmpeg
from storybank.domain.clip import UPRIGHT, WIDE, Cut
from storybank.errors import Cancelled, Damaged
from tests.media.film import AMINA, SOUND_ONLY, Calm, StoppedAfter, beginning_of, made, pictures, sound

media = FfmpegMedia()

FLASH, CLICK, A_FRAME = 2.0, 2.0, 1 / 30
FILM = f"color=black:s=160x90:r=30:d=4,geq=lum='if(between(T,{FLASH},{FLASH}+0.2),235,16)':cb=128:cr=128"
VOICE = f"aevalsrc='if(between(t,{CLICK},{CLICK}+0.02),0.9*sin(2*PI*1000*t),0.002*sin(2*PI*200*t))':d=4:s=48000"
QUICK = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]


def copied(file, to, ticket=None):
    media.proxy(file, to, ticket or Calm())
    return to


def flash_of(file):
    """Return the second at which the picture turns white."""
    with av.open(str(file)) as film:
        begin = float((film.start_time or 0) / 1_000_000)
        return next(frame.time - begin for frame in film.decode(video=0)
                    if frame.to_ndarray(format="gray").mean() > 120)


def click_of(file):
    """Return the second at which the click is heard, as ffmpeg's own player of the file places it."""
    raw = subprocess.run([ffmpeg(), "-v", "error", "-i", str(file), "-map", "0:a:0", "-af",
                          "aresample=48000:async=1:first_pts=0", "-ac", "1", "-f", "f32le", "-"],
                         capture_output=True, check=True).stdout
    samples = np.abs(np.frombuffer(raw, "<f4"))
    return float(np.argmax(samples > samples.max() / 3)) / 48_000


def loudness(file):
    said = subprocess.run([ffmpeg(), "-hide_banner", "-i", str(file), "-af", "loudnorm=print_format=json", "-f", "null",
                           "-"], capture_output=True, text=True, check=True).stderr
    return float(json.loads(re.findall(r"\{[^{}]*\}", said)[-1])["input_i"])


STRANGE = {
    "plain": [["-f", "lavfi", "-i", FILM, "-f", "lavfi", "-i", VOICE, *QUICK], ".mp4"],
    "sound late": [["-f", "lavfi", "-i", FILM, "-itsoffset", "0.7", "-f", "lavfi", "-i", VOICE, *QUICK], ".mkv"],
    "picture late": [["-itsoffset", "0.9", "-f", "lavfi", "-i", FILM, "-f", "lavfi", "-i", VOICE, "-map", "0",
                      "-map", "1", *QUICK], ".mkv"],
    "begins late": [["-f", "lavfi", "-i", FILM, "-f", "lavfi", "-i", VOICE, *QUICK, "-output_ts_offset", "100"], ".ts"],
    "two frame rates": [["-f", "lavfi", "-i", FILM, "-f", "lavfi", "-i", VOICE, "-vf",
                         "select='lt(t,1.5)+not(mod(n,2))'", "-fps_mode", "vfr", *QUICK], ".mp4"],
    "a gap in the sound": [["-f", "lavfi", "-i", FILM, "-f", "lavfi", "-i", VOICE, "-af",
                            "aselect='not(between(t,0.5,1.3))'", *QUICK], ".mkv"],
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_flash_and_a_click_are_where_they_are_in_the_original(tmp_path, name):
    arguments, suffix = STRANGE[name]
    original = made(tmp_path / f"original{suffix}", *arguments)
    copy = copied(original, tmp_path / "copy.mp4")
    assert abs(flash_of(copy) - flash_of(original)) <= A_FRAME + 0.001
    assert abs(click_of(copy) - click_of(original)) <= 0.005
    assert abs(media.probe(copy).duration_ms - media.probe(original).duration_ms) <= 120


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return the copy of eight seconds of a large film that is quiet, with the names and places it came with."""
    folder = tmp_path_factory.mktemp("copy")
    film = made(folder / "film.mov", "-t", 8, "-i", AMINA, "-vf", "scale=2560:1440", "-af", "volume=-20dB", *QUICK,
                "-metadata", "title=Amina Diallo", "-metadata", "location=+43.2-079.8/")
    return copied(film, folder / "copy.mp4")


def test_the_copy_is_light_even_and_can_be_sought_every_second(copy):
    facts = media.probe(copy)
    assert (facts.video.codec, facts.video.width, facts.video.height) == ("h264", 1280, 720)
    assert (facts.video.frame_rate, facts.video.variable_frame_rate) == (30, False)
    assert (facts.audio.codec, facts.audio.sample_rate) == ("aac", 48_000)
    with av.open(str(copy)) as film:
        keys = [float(packet.pts * packet.time_base) for packet in film.demux(video=0) if packet.is_keyframe]
    assert max(np.diff(keys)) <= 1.001
    everything = copy.read_bytes()
    assert everything.find(b"moov") < everything.find(b"mdat"), "it can be played before it is read"
    assert b"Amina" not in everything and b"+43" not in everything


def test_the_copy_is_as_loud_as_one_wants_to_listen(copy):
    assert abs(loudness(copy) + 16) < 1.5


def test_silence_stays_silent(tmp_path):
    silent = made(tmp_path / "silent.m4a", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono:d=2", "-c:a", "aac")
    samples, _rate = sound(copied(silent, tmp_path / "copy.m4a"))
    assert np.abs(samples).max() < 0.001


def test_sound_alone_has_a_copy_of_sound(tmp_path):
    facts = media.probe(copied(SOUND_ONLY, tmp_path / "copy.m4a"))
    assert facts.video is None
    assert abs(facts.duration_ms - media.probe(SOUND_ONLY).duration_ms) < 120


@pytest.mark.parametrize(("channels", "rate"), [("5.0", 48_000), ("mono", 8_000)])
def test_any_number_of_channels_at_any_rate_can_be_listened_to(tmp_path, channels, rate):
    voice = made(tmp_path / "voice.wav", "-f", "lavfi", "-i",
                 f"sine=d=2:r={rate},aformat=channel_layouts={channels}", "-c:a", "pcm_s16le")
    facts = media.probe(copied(voice, tmp_path / "copy.m4a"))
    assert (facts.audio.sample_rate, facts.audio.channels) == (48_000, 2 if channels == "5.0" else 1)


QUARTERS = ("color=gray:s=320x180:r=10:d=1.2,drawbox=0:0:160:90:red:fill,drawbox=160:0:160:90:green:fill,"
            "drawbox=0:90:160:90:blue:fill")
"""Red, green, blue and grey quarters, from the upper left as one reads."""


def corners(image):
    """Return which colour leads in the upper left, upper right and lower left."""
    high, wide = image.shape[:2]
    places = (high // 6, wide // 6), (high // 6, wide * 5 // 6), (high * 5 // 6, wide // 6)
    return tuple("rgb"[int(np.argmax(image[place]))] if np.ptp(image[place].astype(int)) > 60 else "-"
                 for place in places)


@pytest.mark.parametrize(("turned", "seen"), [(90, "g-r"), (180, "-bg"), (270, "br-")])
def test_a_turned_picture_stands_upright_everywhere(tmp_path, turned, seen):
    flat = made(tmp_path / "flat.mp4", "-f", "lavfi", "-i", QUARTERS, "-f", "lavfi", "-i", "sine=d=1.2", *QUICK)
    original = made(tmp_path / "turned.mov", "-display_rotation", turned, "-i", flat, "-c", "copy")
    copy = copied(original, tmp_path / "copy.mp4")
    media.poster(original, media.probe(original), tmp_path / "poster.jpg")
    media.still(original, 500, tmp_path / "still.png")
    media.clip(original, Cut(0, 300, WIDE if turned == 180 else UPRIGHT), tmp_path / "clip.mp4", Calm())
    for shown in (copy, tmp_path / "poster.jpg", tmp_path / "still.png", tmp_path / "clip.mp4"):
        image = pictures(shown)[0]
        assert "".join(corners(image)) == seen, shown.name
        assert (image.shape[0] > image.shape[1]) == (turned != 180), shown.name
    assert media.probe(copy).video.rotation == 0


def test_a_phones_hdr_film_with_its_other_tracks_has_a_copy_for_any_screen(tmp_path):
    (tmp_path / "where.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\n43.2, -79.8\n")
    phone = made(tmp_path / "IMG_0001.mov", "-t", 2, "-i", AMINA, "-i", tmp_path / "where.srt", "-map", "0:v",
                 "-map", "0:a", "-map", "1:s", "-c:s", "mov_text", "-vf",
                 "zscale=t=arib-std-b67:p=bt2020:m=bt2020nc:tin=bt709:pin=bt709:min=bt709,format=yuv420p10le",
                 "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-tag:v", "hvc1",
                 "-timecode", "01:00:00:00")
    assert media.probe(phone).video.hdr
    copy = copied(phone, tmp_path / "copy.mp4")
    facts = media.probe(copy)
    with av.open(str(copy)) as film:
        assert [stream.type for stream in film.streams] == ["video", "audio"]
        assert film.streams.video[0].codec_context.pix_fmt == "yuv420p"
    assert not facts.video.hdr
    seen, meant = pictures(copy)[10], pictures(AMINA)[4]
    assert np.corrcoef(seen.ravel(), meant.ravel())[0, 1] > 0.97
    assert 80 < seen.mean() < 230


def test_a_copy_can_be_stopped_and_leaves_nothing(tmp_path):
    with pytest.raises(Cancelled):
        media.proxy(AMINA, tmp_path / "copy.mp4", StoppedAfter(3))
    assert list(tmp_path.iterdir()) == []


def test_it_says_how_far_it_is(tmp_path):
    ticket = Calm()
    copied(SOUND_ONLY, tmp_path / "copy.m4a", ticket)
    assert ticket.reported == sorted(ticket.reported)
    assert ticket.reported[-1] == 1.0


def test_a_recording_that_breaks_off_has_no_copy(tmp_path):
    cut = beginning_of(AMINA, 0.5, tmp_path / "cut.mp4")
    with pytest.raises(Damaged):
        media.proxy(cut, tmp_path / "copy.mp4", Calm())
    assert not (tmp_path / "copy.mp4").exists()
