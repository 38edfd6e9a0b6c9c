"""Clips: a cut of a recording as an MP4 for any platform, exact to the frame, its metadata removed."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from media.bars import draw
from media.captions import FONT_FILE, script
from media.finding import Box, find
from media.framing import GROUND, bars_size, framed, is_alike, plain_ground
from media.loudness import levelling
from media.restraint import hidden, silencing
from media.sounds import BARE, SOUND_RATE, check, levelled, source_of
from media.tools import put_in_place, run
from storybank.domain.clip import Cut
from storybank.domain.recording import MediaFacts
from storybank.ports import Ticket

_RATES = {24: 24, 25: 25, 30: 30, 48: 24, 50: 25, 60: 30}
"""Even rates of cameras, and the one that shows each of them evenly: platforms take 30 frames a second at most."""
_USUAL_RATE = 30
VERSION = 1
"""To be counted up when clips come out otherwise though the commands given to ffmpeg are the same."""
_SCRIPT, _FONTS, _BARS = "captions.ass", "fonts", ("dim.png", "lit.png")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about a cut before it is made: how it is levelled, and where whoever speaks is."""

    level: str | None = None
    box: Box | None = None


def clip(file: Path, facts: MediaFacts, cut: Cut, to: Path, ticket: Ticket) -> None:
    """Write the cut as MP4: H.264 High, AAC 48 kHz at -16 LUFS, captions burned in, metadata removed.

    What is muted or blurred is silenced and hidden before anything else is done with it.
    """
    check(facts, cut)
    with tempfile.TemporaryDirectory(prefix="storybank-clip-") as name, put_in_place(to) as part:
        folder = Path(name)
        (folder / _FONTS).mkdir()
        shutil.copy(FONT_FILE, folder / _FONTS)
        (folder / _SCRIPT).write_text(script(cut, boxed=_shows_picture(facts, cut)), encoding="utf-8")
        start, seconds = cut.start_ms / 1000, (cut.end_ms - cut.start_ms) / 1000
        level = levelling(file, start, seconds, ticket, silencing(cut.muted))
        box = None
        if _shows_picture(facts, cut):
            box = find(file, facts, cut) if facts.video and not is_alike(facts.video, cut.shape) else None
        else:
            bars = folder / _BARS[0], folder / _BARS[1]
            draw(file, start, seconds, silencing(cut.muted), bars_size(cut.shape), GROUND.replace("0x", "#"), bars)
        arguments = _arguments(file, facts, cut, Found(level, box), part)
        run(arguments, ticket, length_ms=cut.end_ms - cut.start_ms, folder=folder, share=(0.15, 1.0))
    ticket.report(1.0)


def frame_rate(facts: MediaFacts, cut: Cut) -> int:
    """Return the clip's frames a second: the recording's own where platforms take it."""
    own = round(facts.video.frame_rate) if facts.video and cut.picture and not facts.video.variable_frame_rate else 0
    return _RATES.get(own, _USUAL_RATE)


def recipe(facts: MediaFacts, cut: Cut) -> list[str]:
    """Return everything that decides how a clip comes out, besides its recording and its cut."""
    boxed = _shows_picture(facts, cut)
    font = hashlib.sha256(FONT_FILE.read_bytes()).hexdigest()
    told = _arguments(Path("recording"), facts, cut, Found(), Path("clip"))
    return [str(VERSION), *told, script(cut, boxed=boxed), font]


def _shows_picture(facts: MediaFacts, cut: Cut) -> bool:
    return facts.video is not None and cut.picture


def _arguments(file: Path, facts: MediaFacts, cut: Cut, found: Found, part: Path) -> list[str]:
    rate = frame_rate(facts, cut)
    frames = max(1, round((cut.end_ms - cut.start_ms) * rate / 1000))
    seconds = frames / rate
    source = source_of(file, cut, seconds)
    sound = levelled(source["a:0"], cut, found.level, seconds)
    if facts.video and cut.picture:
        picture = hidden(framed(source["V:0"], facts.video, cut, rate, seconds, found.box), cut)
    else:
        picture = plain_ground(cut, rate, seconds, *_BARS)
    if cut.captions or cut.title:
        picture = picture.filter("ass", filename=_SCRIPT, fontsdir=_FONTS)
    picture = picture.filter("format", "yuv420p")
    output = ffmpeg.output(picture, sound, f"file:{part.absolute().as_posix()}", **_form(rate, frames, seconds))
    compiled: list[str] = output.compile()
    return compiled[1:]


def _form(rate: int, frames: int, seconds: float) -> dict[str, Any]:
    """Return how a clip is encoded, and that nothing of the recording's metadata goes with it.

    As many threads on every machine: with more or fewer of them the same picture becomes other bytes.
    """
    return {
        "c:v": "libx264",
        "profile:v": "high",
        "preset": "veryfast",
        "crf": 20,
        "threads": 4,
        "r": rate,
        "frames:v": frames,
        "t": f"{seconds:.4f}",
        "g": rate * 2,
        "colorspace": "bt709",
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "c:a": "aac",
        "b:a": "160k",
        "ar": SOUND_RATE,
        "metadata:s:v:0": "encoder=",
        "flags:v": "+bitexact",
        **BARE,
        "movflags": "+faststart",
        "f": "mp4",
    }
