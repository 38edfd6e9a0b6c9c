"""Probe: what a recording holds, and for each way of being wrong its own plain reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from media.probe import probe
from storybank.domain.recording import AudioFacts, VideoFacts
from storybank.errors import Damaged, Invalid, StorybankError, Unavailable
from tests.media.film import AMINA, SIDEWAYS, SOUND_ONLY, WEBM, beginning_of, made


def reason(file):
    with pytest.raises(StorybankError) as refused:
        probe(file)
    assert refused.value.hint, "people are told what to do next"
    return type(refused.value), str(refused.value.message)


def test_a_recording_tells_its_picture_sound_and_length():
    facts = probe(AMINA)
    assert (facts.container, facts.duration_ms) == ("mp4", 52_500)
    assert facts.video == VideoFacts("h264", 640, 360, 12.0)
    assert facts.audio == AudioFacts("aac", 1, 22_050)


def test_a_phone_held_upright_is_measured_as_people_see_it():
    video = probe(SIDEWAYS).video
    assert (video.width, video.height, video.rotation) == (640, 360, 90)


def test_a_webm_is_read():
    facts = probe(WEBM)
    assert (facts.container, facts.video.codec, facts.audio.codec) == ("webm", "vp8", "opus")


def test_sound_alone_is_a_recording():
    assert probe(SOUND_ONLY).video is None


def test_a_cover_picture_is_no_film(tmp_path):
    cover = made(tmp_path / "cover.jpg", "-i", AMINA, "-frames:v", 1)
    song = made(tmp_path / "song.m4a", "-i", SOUND_ONLY, "-i", cover, "-map", 0, "-map", 1, "-c:a", "copy",
                "-c:v", "mjpeg", "-disposition:v:0", "attached_pic")
    assert probe(song).video is None


def test_a_phones_uneven_frames_are_noticed(tmp_path):
    uneven = made(tmp_path / "uneven.mp4", "-t", 10, "-i", AMINA, "-vf", "select='not(mod(n,7))+lt(mod(n,11),4)'",
                  "-fps_mode", "vfr", "-preset", "ultrafast")
    assert probe(uneven).video.variable_frame_rate
    assert not probe(AMINA).video.variable_frame_rate


def test_a_phones_hdr_picture_is_noticed(tmp_path):
    bright = made(tmp_path / "bright.mp4", "-t", 2, "-i", AMINA, "-vf", "setparams=color_trc=arib-std-b67",
                  "-color_trc", "arib-std-b67", "-preset", "ultrafast")
    assert probe(bright).video.hdr


def test_a_recording_streamed_without_its_length_is_measured(tmp_path):
    live = made(tmp_path / "live.webm", "-t", 5, "-i", WEBM, "-c", "copy", "-live", 1)
    assert 4_500 < probe(live).duration_ms < 5_500


def test_an_empty_file_says_so(tmp_path):
    (tmp_path / "empty.mp4").touch()
    assert reason(tmp_path / "empty.mp4") == (Invalid, "This file is empty.")


def test_a_folder_says_so(tmp_path):
    assert reason(tmp_path) == (Invalid, "This is a folder, not a recording.")


def test_a_file_that_went_away_says_so(tmp_path):
    assert reason(tmp_path / "gone.mp4") == (Unavailable, "The file is not there.")


def test_a_letter_named_mp4_is_no_recording(tmp_path):
    (tmp_path / "letter.mp4").write_text("Dear Amina,\n" * 400)
    assert reason(tmp_path / "letter.mp4") == (Invalid, "This is not a video or sound recording.")


def test_noise_is_no_recording(tmp_path):
    (tmp_path / "noise.mp4").write_bytes(os.urandom(200_000))
    kind, _ = reason(tmp_path / "noise.mp4")
    assert kind in (Invalid, Damaged)


def test_a_picture_named_mp4_is_no_recording(tmp_path):
    made(tmp_path / "p.png", "-i", AMINA, "-frames:v", 1).rename(tmp_path / "picture.mp4")
    assert reason(tmp_path / "picture.mp4") == (Invalid, "This is not a video or sound recording.")


@pytest.mark.parametrize("script", [
    "ffconcat version 1.0\nfile '{other}'\n",
    "#EXTM3U\n#EXT-X-TARGETDURATION:60\n#EXTINF:60,\n{other}\n#EXT-X-ENDLIST\n",
])
def test_a_playlist_named_mp4_opens_no_other_file(tmp_path, script):
    (tmp_path / "list.mp4").write_text(script.format(other=AMINA))
    assert reason(tmp_path / "list.mp4") == (Invalid, "This is not a video or sound recording.")


def test_a_film_without_sound_says_so(tmp_path):
    silent = made(tmp_path / "silent.mp4", "-i", AMINA, "-an", "-c", "copy")
    assert reason(silent) == (Invalid, "This recording has no sound.")


@pytest.mark.parametrize("share", [0.03, 0.5, 0.98])
@pytest.mark.parametrize("file", [AMINA, WEBM, SOUND_ONLY], ids=lambda file: file.suffix)
def test_a_cut_off_recording_says_so(tmp_path, file, share):
    cut = beginning_of(file, share, tmp_path / f"cut{file.suffix}")
    assert reason(cut) == (Damaged, "This recording is cut off: part of the file is missing.")


@pytest.mark.parametrize("form", [
    ("camera.mp4",),  # its index is written last
    ("pieces.mp4", "-movflags", "frag_keyframe+empty_moov"),
    ("film.mkv",),
    ("voice.wav", "-vn", "-c:a", "pcm_s16le"),
    ("voice.mp3", "-vn", "-c:a", "libmp3lame"),
    ("voice.flac", "-vn", "-c:a", "flac"),
], ids=lambda form: form[0])
def test_every_form_that_promises_a_length_is_held_to_it(tmp_path, form):
    name, *options = form
    options = options if "-c:a" in options else ["-c", "copy", *options]
    whole = made(tmp_path / name, "-i", AMINA, *options)
    assert abs(probe(whole).duration_ms - 52_500) < 300
    for share in (0.97, 0.6):
        kind, said = reason(beginning_of(whole, share, tmp_path / f"cut-{name}"))
        assert (kind, said) == (Damaged, "This recording is cut off: part of the file is missing.")


def test_what_a_phone_appends_after_the_film_is_no_promise(tmp_path):
    extra = tmp_path / "extra.mp4"
    extra.write_bytes(AMINA.read_bytes() + b"\xff\xff\xff\xffSEFT" + b"x" * 100)
    assert probe(extra).duration_ms == 52_500


def test_a_copy_whose_end_was_never_written_is_damaged(tmp_path):
    whole = made(tmp_path / "whole.mp4", "-i", AMINA, "-c", "copy", "-movflags", "+faststart").read_bytes()
    blank = tmp_path / "blank.mp4"
    blank.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    assert reason(blank)[0] is Damaged


def test_a_file_one_may_not_read_says_so(monkeypatch, tmp_path):
    def locked(*_):
        raise PermissionError(13, "Permission denied")

    made(tmp_path / "locked.m4a", "-i", SOUND_ONLY, "-c", "copy")
    monkeypatch.setattr(Path, "open", locked)
    assert reason(tmp_path / "locked.m4a") == (Unavailable, "This file may not be read.")


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes in folders on Windows")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    assert reason(tmp_path / "pipe.mp4") == (Invalid, "This is not a video or sound recording.")


def test_a_large_good_file_is_not_read_through(tmp_path):
    large = tmp_path / "large.mp4"
    made(large, "-stream_loop", 60, "-i", AMINA, "-c", "copy", "-movflags", "+faststart")
    read_before = _read_bytes()
    assert probe(large).duration_ms > 50 * 60_000
    assert _read_bytes() - read_before < large.stat().st_size / 4


def _read_bytes():
    import psutil

    counters = psutil.Process().io_counters()
    return getattr(counters, "read_chars", counters.read_bytes)
