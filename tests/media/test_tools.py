"""Tools: ffmpeg is watched, stopped when it must, and leaves nothing half done."""

from __future__ import annotations

import time

import psutil
import pytest

from media.tools import Ffmpeg, NobodyWaits, ffmpeg, guarded_input, put_in_place, run
from storybank.errors import Cancelled, Damaged, Unavailable
from tests.media.film import AMINA, Calm, StoppedAfter

ENDLESS = ["-re", "-f", "lavfi", "-i", "sine=d=600", "-f", "null", "-"]


def none_left():
    return not [child for child in psutil.Process().children(recursive=True) if "ffmpeg" in child.name()]


def test_a_stopped_ticket_stops_ffmpeg_soon():
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        run(ENDLESS, StoppedAfter(5))
    assert time.monotonic() - begun < 20
    assert none_left()


def test_ffmpeg_that_takes_too_long_is_stopped():
    with pytest.raises(Unavailable, match="did not come to an end"):
        run(ENDLESS, NobodyWaits(), seconds=0.5)
    assert none_left()


def test_an_error_in_between_stops_ffmpeg():
    with pytest.raises(RuntimeError), Ffmpeg(ENDLESS) as running:
        assert running.running()
        raise RuntimeError
    assert none_left()


def test_progress_is_told_as_a_share():
    ticket = Calm()
    sound = ["-map", "0:a", "-af", "aresample=48000,loudnorm", "-f", "null", "-"]
    run([*guarded_input(AMINA), *sound], ticket, length_ms=52_500, share=(0.5, 1.0))
    assert ticket.reported and all(0.5 <= told <= 1.0 for told in ticket.reported)


def test_what_ffmpeg_said_rides_along_with_the_reason(tmp_path):
    (tmp_path / "letter.mp4").write_text("hello")
    with pytest.raises(Damaged) as failed:
        run([*guarded_input(tmp_path / "letter.mp4"), "-f", "null", "-"], NobodyWaits())
    assert "letter.mp4" not in str(failed.value)
    assert "Invalid data" in failed.value.__notes__[0]


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path):
    to = tmp_path / "new" / "clip.mp4"
    with pytest.raises(RuntimeError), put_in_place(to) as part:
        part.write_text("half")
        raise RuntimeError
    assert list(to.parent.iterdir()) == []
    with put_in_place(to) as part:
        part.write_text("whole")
    assert [(p.name, p.read_text()) for p in to.parent.iterdir()] == [("clip.mp4", "whole")]


def test_an_ffmpeg_that_is_not_there_is_explained(monkeypatch):
    monkeypatch.setenv("STORYBANK_FFMPEG", "/nowhere/ffmpeg")
    assert ffmpeg() == "/nowhere/ffmpeg"
    with pytest.raises(Unavailable, match="cannot be started"):
        run(["-version"], NobodyWaits())


@pytest.mark.parametrize("name", ["-i.mp4", "http:x.mp4", "%03d.mp4", "it's; a [test], really.mp4", "été 🎬.mp4"])
def test_a_name_is_only_ever_a_name(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(AMINA.read_bytes())
    run([*guarded_input(file), "-t", "0.2", "-f", "null", "-"], NobodyWaits())
