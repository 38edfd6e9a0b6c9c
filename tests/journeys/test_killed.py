"""Kill -9 in the middle of anything, run it again: complete and single."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from tests.journeys.conftest import ROOT

MEDIA = ROOT / "demo" / "media"
SPEECH = ROOT / "demo" / "media" / "amina-link-worker.mp4"


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_an_import_that_was_killed_again_and_again_is_complete_and_single(storybank):
    for moment in range(1, 9):
        process = storybank.begin("import", MEDIA)
        try:
            process.wait(timeout=0.6 + moment * 0.25)
            break
        except subprocess.TimeoutExpired:
            kill(process)
    report = storybank.json("import", MEDIA)
    assert report["refused"] == []
    stories = storybank.json("stories")
    assert len(stories) == len({s["slug"] for s in stories}) == 8
    kept = [p for p in (storybank.library / "media").rglob("*") if p.is_file()]
    assert len(kept) == 8
    assert storybank.json("verify") == {"ok": True, "findings": []}


@pytest.fixture
def long_recording(tmp_path):
    """Eleven minutes of real speech: the demo's own, over and over."""
    from media.tools import ffmpeg

    file = tmp_path / "long.m4a"
    subprocess.run([ffmpeg(), "-v", "error", "-stream_loop", "12", "-i", SPEECH, "-vn", "-ac", "1", "-ar", "16000",
                    "-c:a", "aac", "-t", "660", file], check=True)
    return file


def heard_ms(storybank):
    said = storybank("jobs", "--json")
    return said.value[0]["heard_ms"] if said.code == 0 and said.value else 0


def wait_until(condition, seconds=200):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.2)


def test_a_transcription_that_was_killed_goes_on_without_gap_or_repeat(storybank, long_recording):
    assert storybank("import", long_recording).code == 0
    process = storybank.begin("transcribe", "--language", "en")
    wait_until(lambda: heard_ms(storybank) > 0 or process.poll() is not None)
    kill(process)
    heard = heard_ms(storybank)
    assert heard > 200_000, "it must be killed after a chunk is safe and before the end"
    done = storybank.json("transcribe", "--language", "en")
    assert [run["state"] for run in done] == ["done"]
    lines = storybank.json("transcript", "show", "long")
    starts = [line["start_ms"] for line in lines]
    assert starts == sorted(starts) and len(starts) == len(set(starts))
    assert any(abs(start - heard) < 15_000 for start in starts), "the seam must hold words"
    assert lines[-1]["end_ms"] > 640_000
    assert len(storybank.json("show", "long")["runs"]) == 1
