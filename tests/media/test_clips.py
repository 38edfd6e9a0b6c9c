"""Clips: exact to the frame, equally loud, captioned, and without a word about who made them."""

from __future__ import annotations

import re

import av
import numpy as np
import pytest

from media.captions import script
from media.ffmpeg_media import FfmpegMedia
from media.tools import NobodyWaits, guarded_input, run
from storybank.domain.clip import SQUARE, UPRIGHT, WIDE, Cue, Cut, Shape
from storybank.domain.transcript import Span
from storybank.errors import Cancelled, Invalid
from tests.media.film import AMINA, SIDEWAYS, SOUND_ONLY, Calm, StoppedAfter, made, picture, pictures, sound

media = FfmpegMedia()
SMALL = Shape("16x9", 640, 360)
CAPTION = (Cue(0, 1500, "Trust is the first\nprescription we write."),)


def a_clip(to, file=AMINA, start_ms=7_310, length_ms=1_500, **about):
    media.clip(file, Cut(start_ms, start_ms + length_ms, **{"shape": SMALL, **about}), to, Calm())
    return to


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return a_clip(tmp_path_factory.mktemp("clips") / "plain.mp4")


def test_a_clip_is_as_long_as_its_cut_to_the_frame(tmp_path):
    clip = a_clip(tmp_path / "clip.mp4", length_ms=1_234)
    with av.open(str(clip)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert video.frames == round(1.234 * 30)
        assert abs(float(video.duration * video.time_base) - 1.234) < 1 / 30
        assert abs(float(audio.duration * audio.time_base) - 1.234) < 1 / 30
    assert len(pictures(clip)) == round(1.234 * 30)


def test_a_clip_begins_at_its_very_frame(tmp_path):
    counted = made(tmp_path / "counted.mp4", "-f", "lavfi", "-i", "color=s=320x180:r=25:d=8", "-f", "lavfi", "-i",
                   "sine=d=8", "-vf", "geq=lum='16+4*mod(N,50)':cb=128:cr=128", "-g", 250, "-crf", 5)
    clip = a_clip(tmp_path / "clip.mp4", counted, start_ms=3_240, length_ms=1_000, shape=Shape("16x9", 320, 180))
    shown = pictures(clip)
    assert len(shown) == 25
    brightness = [frame.mean() for frame in pictures(counted)]
    nearest = min(range(60, 100), key=lambda frame: abs(brightness[frame] - shown[0].mean()))
    assert nearest == 81  # 3.24 s at 25 frames a second


def test_a_clip_keeps_its_colours(tmp_path, plain):
    media.still(AMINA, 7_310 + 660, tmp_path / "still.png", width=640)
    assert np.abs(picture(tmp_path / "still.png")[280:, 240:400].mean(axis=(0, 1))
                  - pictures(plain)[20][280:, 240:400].mean(axis=(0, 1))).max() < 6


def test_a_clip_is_what_every_platform_takes(plain):
    with av.open(str(plain)) as film:
        video, audio = film.streams.video[0].codec_context, film.streams.audio[0].codec_context
        assert (video.name, video.profile, video.pix_fmt) == ("h264", "High", "yuv420p")
        assert (audio.name, audio.sample_rate, audio.channels) == ("aac", 48_000, 2)
    assert plain.read_bytes().find(b"moov") < plain.read_bytes().find(b"mdat")


def test_nothing_about_the_recording_goes_with_the_clip(tmp_path):
    told = made(tmp_path / "told.mp4", "-t", 12, "-i", AMINA, "-c", "copy", "-metadata", "title=Amina at home",
                "-metadata", "location=+49.28-123.12/", "-metadata", "comment=private")
    with av.open(str(a_clip(tmp_path / "clip.mp4", told))) as film:
        kept = {**film.metadata, **film.streams.video[0].metadata, **film.streams.audio[0].metadata}
    assert not {key.lower() for key in kept} & {"title", "location", "comment", "encoder", "creation_time"}
    assert b"Amina" not in (tmp_path / "clip.mp4").read_bytes()


def test_a_clip_is_the_same_twice_to_the_byte(tmp_path):
    about = {"length_ms": 600, "captions": CAPTION, "title": "Amina Diallo", "shape": Shape("9x16", 180, 320),
             "lit": tuple(Span(at, at + 100) for at in range(0, 700, 100))}
    assert a_clip(tmp_path / "one.mp4", **about).read_bytes() == a_clip(tmp_path / "two.mp4", **about).read_bytes()


def test_a_film_of_sixty_frames_a_second_leaves_with_thirty(tmp_path):
    quick = made(tmp_path / "quick.mp4", "-f", "lavfi", "-i", "testsrc=s=160x90:r=60:d=2", "-f", "lavfi", "-i",
                 "sine=d=2")
    with av.open(str(a_clip(tmp_path / "clip.mp4", quick, 200, 1_000, shape=Shape("16x9", 160, 90)))) as film:
        assert film.streams.video[0].average_rate == 30


def test_captions_are_burned_into_the_picture_where_they_belong(tmp_path, plain):
    captioned = pictures(a_clip(tmp_path / "clip.mp4", captions=CAPTION))[20].astype(int)
    changed = np.abs(captioned - pictures(plain)[20].astype(int)).max(axis=2) > 60
    rows, columns = np.nonzero(changed)
    assert rows.min() > 360 * 0.7 and rows.max() < 360 * 0.98
    assert columns.min() > 640 * 0.05 and columns.max() < 640 * 0.95


def test_captions_stand_out_from_their_ground(tmp_path):
    frame = pictures(a_clip(tmp_path / "clip.mp4", captions=CAPTION))[20].astype(float)
    words = frame[int(360 * 0.8) : int(360 * 0.93), 220:420].mean(axis=2)
    assert np.percentile(words, 97) > 200 and np.percentile(words, 30) < 100


def test_the_name_of_who_speaks_is_shown_and_goes(tmp_path, plain):
    named = pictures(a_clip(tmp_path / "clip.mp4", title="Amina Diallo, Link worker"))
    differs = [np.abs(a.astype(int) - b).max() > 100 for a, b in zip(named, pictures(plain), strict=True)]
    assert not differs[0] and differs[30]


@pytest.mark.parametrize("shape", [WIDE, SQUARE, UPRIGHT], ids=lambda shape: shape.name)
def test_every_shape_is_filled(tmp_path, shape):
    frame = pictures(a_clip(tmp_path / "clip.mp4", shape=shape, length_ms=300, captions=CAPTION))[3]
    assert frame.shape[:2] == (shape.height, shape.width)
    assert min(frame[:40].mean(), frame[-40:].mean()) > 20, "no black bars"


def test_a_phones_upright_picture_is_not_laid_on_its_side(tmp_path):
    frame = pictures(a_clip(tmp_path / "clip.mp4", SIDEWAYS, length_ms=300))[2]
    assert frame[:60].mean() > frame[-40:, 200:440].mean() + 40


def test_no_face_where_the_face_may_not_be_shown(tmp_path):
    frame = pictures(a_clip(tmp_path / "clip.mp4", picture=False, captions=CAPTION))[20].astype(int)
    ground = np.abs(frame - [0x12, 0x30, 0x2F]).max(axis=2) < 12
    assert ground[:60].all(), "nothing of the room is left"
    assert (frame[100:200] - [0x63, 0xC7, 0xBB]).__abs__().max(axis=2).min() < 30, "the voice is seen"


def test_sound_alone_makes_a_clip_too(tmp_path):
    clip = a_clip(tmp_path / "clip.mp4", SOUND_ONLY, start_ms=5_000, captions=CAPTION, title="Conseiller")
    assert abs(len(pictures(clip)) - 45) == 0


def test_clips_leave_equally_loud(tmp_path):
    quiet = made(tmp_path / "quiet.m4a", "-i", AMINA, "-vn", "-af", "volume=-18dB", "-c:a", "aac")
    for file in (AMINA, quiet):
        clip = a_clip(tmp_path / f"{file.stem}-clip.mp4", file, start_ms=800, length_ms=11_000)
        said = run([*guarded_input(clip), "-map", "0:a", "-af", "ebur128", "-f", "null", "-"], NobodyWaits())
        loudness = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1])
        assert -17.5 < loudness < -14.5


def test_a_silent_part_stays_silent(tmp_path):
    hush = made(tmp_path / "hush.m4a", "-f", "lavfi", "-i", "anullsrc=r=44100:d=6", "-c:a", "aac")
    samples, rate = sound(a_clip(tmp_path / "clip.mp4", hush, start_ms=1_000))
    assert rate == 48_000 and np.abs(samples).max() < 0.01


def test_a_cut_does_not_click(plain):
    samples, _ = sound(plain)
    assert np.abs(samples[:40]).max() < 0.05


@pytest.mark.parametrize(("start_ms", "end_ms"), [(5_000, 5_000), (5_000, 4_000), (-1, 500), (60_000, 61_000)])
def test_a_cut_that_cannot_be_is_refused(tmp_path, start_ms, end_ms):
    with pytest.raises(Invalid):
        media.clip(AMINA, Cut(start_ms, end_ms), tmp_path / "clip.mp4", Calm())


def test_a_stopped_clip_leaves_nothing(tmp_path):
    with pytest.raises(Cancelled):
        media.clip(AMINA, Cut(0, 40_000, WIDE), tmp_path / "clip.mp4", StoppedAfter(12))
    assert list(tmp_path.iterdir()) == []


def test_words_cannot_command_the_captions():
    lines = script(Cut(0, 2_000, captions=(Cue(0, 2_000, r"{\b1}bold\N{\an8} 100 % \o/"),)))
    said = next(line for line in lines.splitlines() if line.startswith("Dialogue"))
    assert r"\{" in said and "{\\b1}" not in said.replace(r"\{", "")


# ---- what may be neither heard nor recognised --------------------------------------------------------------------


def loudest(samples, rate, start_ms, end_ms):
    return float(np.abs(samples[start_ms * rate // 1000 : end_ms * rate // 1000]).max())


def detail(frame):
    """Return how sharply neighbouring dots differ: what a face is recognised by."""
    grey = frame.astype(float).mean(axis=2)
    return float((np.diff(grey, axis=0) ** 2).mean() + (np.diff(grey, axis=1) ** 2).mean())


@pytest.fixture(scope="module")
def tone(tmp_path_factory):
    """Return a film whose sound never stops and whose picture is fine lines throughout."""
    lines = "color=s=640x360:r=25:d=8,geq=lum='60+120*mod(floor(X/4)+floor(Y/4),2)':cb=128:cr='96+64*lt(X,320)'"
    return made(tmp_path_factory.mktemp("films") / "tone.mp4", "-f", "lavfi", "-i", lines,
                "-f", "lavfi", "-i", "sine=frequency=600:d=8", "-g", 100)


@pytest.mark.parametrize("picture_too", [True, False], ids=["picture", "plain ground"])
def test_a_muted_stretch_is_silent_and_what_lies_beside_it_is_not(tmp_path, tone, picture_too):
    muted = (Span(600, 1_100), Span(1_700, 1_900))
    samples, rate = sound(a_clip(tmp_path / "clip.mp4", tone, 2_000, 2_500, muted=muted, picture=picture_too))
    for span in muted:
        assert loudest(samples, rate, span.start_ms + 25, span.end_ms - 25) < 0.0005
        assert loudest(samples, rate, span.start_ms, span.end_ms) < 0.03
    for start_ms, end_ms in ((200, 560), (1_140, 1_660), (1_940, 2_300)):
        assert all(loudest(samples, rate, at, at + 20) > 0.05 for at in range(start_ms, end_ms - 20, 20))


def test_muted_speech_cannot_be_heard_in_a_real_film(tmp_path, plain):
    samples, rate = sound(a_clip(tmp_path / "clip.mp4", muted=(Span(400, 900),)))
    before, _ = sound(plain)
    assert loudest(before, rate, 400, 900) > 0.1
    assert loudest(samples, rate, 425, 875) < 0.001
    assert loudest(samples, rate, 950, 1_450) > 0.1


def test_silence_does_not_click(tmp_path, tone):
    samples, _ = sound(a_clip(tmp_path / "clip.mp4", tone, 2_000, 2_000, muted=(Span(800, 1_200),)))
    whole, _ = sound(a_clip(tmp_path / "whole.mp4", tone, 2_000, 2_000))
    steepest = np.abs(np.diff(samples)).max() / np.abs(samples).max()
    assert steepest < 1.6 * np.abs(np.diff(whole)).max() / np.abs(whole).max()


def test_a_shout_that_is_muted_does_not_make_the_rest_quiet(tmp_path):
    quiet = "sine=frequency=600:d=8,volume='if(between(t,3,4),1,0.04)':eval=frame"
    shouted = made(tmp_path / "shouted.m4a", "-f", "lavfi", "-i", quiet, "-c:a", "aac")
    samples, rate = sound(a_clip(tmp_path / "clip.mp4", shouted, 1_000, 5_000, muted=(Span(1_950, 3_050),)))
    assert loudest(samples, rate, 500, 1_500) > 0.1


def test_a_blurred_stretch_loses_its_detail_and_the_rest_keeps_it(tmp_path, tone):
    shown = pictures(a_clip(tmp_path / "clip.mp4", tone, 2_000, 2_000, blurred=(Span(800, 1_200),)))
    whole = pictures(a_clip(tmp_path / "whole.mp4", tone, 2_000, 2_000))
    for number in range(20, 31):
        assert detail(shown[number]) < 0.05 * detail(whole[number]), number
    for number in (*range(17), *range(34, 50)):
        assert detail(shown[number]) > 0.9 * detail(whole[number]), number


@pytest.mark.parametrize("shape", [WIDE, SQUARE, UPRIGHT], ids=lambda shape: shape.name)
def test_a_blurred_face_is_a_few_patches_of_colour_in_every_shape(tmp_path, shape):
    clear = pictures(a_clip(tmp_path / "whole.mp4", shape=shape, length_ms=300))[4]
    shown = pictures(a_clip(tmp_path / "clip.mp4", shape=shape, length_ms=300, blurred=(Span(0, 300),)))[4]
    assert shown.shape == clear.shape
    assert detail(shown) < 0.1 * detail(clear)
    assert shown.std() > 5, "not simply black"


def test_captions_can_be_read_over_a_blurred_picture(tmp_path, plain):
    hidden = a_clip(tmp_path / "clip.mp4", captions=CAPTION, blurred=(Span(0, 1_500),))
    words = pictures(hidden)[20].astype(float)[int(360 * 0.8) : int(360 * 0.93), 220:420].mean(axis=2)
    assert np.percentile(words, 97) > 200 and np.percentile(words, 30) < 100


def test_stretches_beyond_the_clip_do_no_harm(tmp_path):
    beyond = (Span(-5_000, -10), Span(1_400, 90_000))
    clip = a_clip(tmp_path / "clip.mp4", muted=beyond, blurred=beyond)
    samples, rate = sound(clip)
    assert len(pictures(clip)) == 45
    assert loudest(samples, rate, 1_425, 1_490) < 0.001
