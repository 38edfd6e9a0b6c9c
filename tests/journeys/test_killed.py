"""Kill -9 in the middle of anything, run it again: complete and single."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress

import psutil
import pytest

from tests.journeys.conftest import ROOT

LONG_MS = 300_000
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
    """Five minutes of real speech: the demo's own, over and over."""
    from media.tools import ffmpeg

    file = tmp_path / "long.m4a"
    subprocess.run([ffmpeg(), "-v", "error", "-stream_loop", "12", "-i", SPEECH, "-vn", "-ac", "1", "-ar", "16000",
                    "-c:a", "aac", "-t", str(LONG_MS // 1000), file], check=True)
    return file


def heard_ms(storybank):
    said = storybank("jobs", "--json")
    return said.value[0]["heard_ms"] if said.code == 0 and said.value else 0


def wait_until(condition, seconds=200):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.2)


def kill_engine(process, number):
    """End the process in which the engine hears, and nothing else; tell whether there was one."""
    for child in psutil.Process(process.pid).children():
        with suppress(psutil.Error):
            if "spawn_main" in " ".join(child.cmdline()):
                child.send_signal(number)
                return True
    return False


def test_a_transcription_that_was_killed_goes_on_without_gap_or_repeat(storybank, long_recording):
    """The real engine, killed by itself and with the program, at moments before and after the first safe stretch."""
    assert storybank("import", long_recording).code == 0
    process = storybank.begin("transcribe", "--language", "en")
    wait_until(lambda: kill_engine(process, signal.SIGSEGV) or process.poll() is not None)
    wait_until(lambda: heard_ms(storybank) > 0 or process.poll() is not None)
    kill(process)
    heard = heard_ms(storybank)
    assert 0 < heard < LONG_MS, "it must be killed after a chunk is safe and before the end"
    process = storybank.begin("transcribe", "--language", "en")
    wait_until(lambda: kill_engine(process, signal.SIGKILL) or process.poll() is not None)
    process.wait()
    storybank("transcribe")
    assert storybank.json("jobs") == []
    lines = storybank.json("transcript", "show", "long")
    starts = [line["start_ms"] for line in lines]
    assert starts == sorted(starts) and len(starts) == len(set(starts))
    assert any(abs(start - heard) < 15_000 for start in starts), "the seam must hold words"
    assert lines[-1]["end_ms"] > LONG_MS - 20_000
    (run,) = storybank.json("show", "long")["runs"]
    assert run["state"] == "done"
    assert storybank.json("verify")["ok"]
