"""Clips: one beside the ffmpeg commands that a person would type for it, and ten at once beside one after the other."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.demo import filmed, recordings
from benchmarks.figures import Figure, ratio, seconds, speed, take_turns
from media.captions import FONT_FILE, script
from media.ffmpeg_media import FfmpegMedia
from media.tools import NobodyWaits, ffmpeg
from storybank.domain.clip import WIDE, ClipJob, Cue, Cut

ROUNDS = 3
LENGTH_MS = 6_000
_TEN, _TEN_MS = 10, 2_000
_LEVEL = "loudnorm=I=-16:TP=-1.5:LRA=11"


def clips_beside_ffmpeg(folder: Path) -> Iterator[Figure]:
    """Cut a captioned clip out of a camera's film; both sides measure how loud it is, then encode it."""
    film = filmed(recordings()[0], folder / "film.mp4", size=40_000_000)
    captions = tuple(Cue(at, at + 1_800, "Trust is the first thing\nthat we can give to people.")
                     for at in range(0, LENGTH_MS, 2_000))
    cut = Cut(1_000, 1_000 + LENGTH_MS, WIDE, captions, title="Amina Diallo\nLink worker")
    media = FfmpegMedia()

    def ours() -> float:
        return seconds(lambda: media.clip(film, cut, folder / "ours.mp4", NobodyWaits()))

    mine, theirs = take_turns(ours, lambda: seconds(lambda: _typed(film, cut, folder)), ROUNDS)
    yield ratio("clip", "a clip / ffmpeg, typed by hand", mine, theirs, 1.1)
    yield from _ten(recordings()[0], folder)


def _typed(film: Path, cut: Cut, folder: Path) -> None:
    """Run what a person would type: measure, then cut with captions, at the loudness that was measured."""
    (folder / "fonts").mkdir(exist_ok=True)
    shutil.copy(FONT_FILE, folder / "fonts")
    (folder / "captions.ass").write_text(script(cut), encoding="utf-8")
    source = ["-ss", str(cut.start_ms / 1000), "-t", str((cut.end_ms - cut.start_ms) / 1000), "-i", str(film)]
    bare = [ffmpeg(), "-v", "error", "-nostdin", "-y"]
    subprocess.run([*bare, *source, "-vn", "-af", f"{_LEVEL}:print_format=json", "-f", "null", "-"], check=True)
    picture = ["-vf", "scale=1920:1080:flags=lanczos,ass=captions.ass:fontsdir=fonts,format=yuv420p", "-r", "30"]
    form = ["-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf", "20", "-c:a", "aac", "-b:a", "160k"]
    subprocess.run([*bare, *source, *picture, "-af", _LEVEL, *form, "-ar", "48000", "-movflags", "+faststart",
                    "typed.mp4"], cwd=folder, check=True)


def _ten(recording: Path, folder: Path) -> Iterator[Figure]:
    """Cut ten clips at once, and the same ten one after the other."""
    jobs = [ClipJob(recording, Cut(at, at + _TEN_MS, WIDE), folder / f"{at}.mp4")
            for at in range(1_000, 1_000 + _TEN * 1_000, 1_000)]
    media = FfmpegMedia()

    def one_by_one() -> None:
        for job in jobs:
            media.clip(job.file, job.cut, job.to, NobodyWaits())

    ours, bare = take_turns(lambda: seconds(lambda: media.clips(jobs, NobodyWaits())), lambda: seconds(one_by_one), 3)
    yield speed("clips", "ten clips at once / one after the other", ours, bare, 1.2)
