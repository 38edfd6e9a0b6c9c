"""Clips: a cut of a recording as an MP4 for any platform, exact to the frame, its metadata removed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import ffmpeg

from media.captions import FONT_FILE, script
from media.framing import Stream, framed, plain_ground
from media.loudness import levelling
from media.restraint import hidden, silenced, silencing
from media.tools import guarded, put_in_place, run
from storybank.domain.clip import Cut
from storybank.domain.recording import MediaFacts
from storybank.errors import Invalid
from storybank.ports import Ticket
from storybank.words import say

SOUND_RATE = 48_000
_FADE_SECONDS = 0.02
"""Long enough that a cut does not click, too short to take from a word."""
_RATES = (24, 25, 30, 50, 60)
_USUAL_RATE = 30
_SCRIPT, _FONTS = "captions.ass", "fonts"


def clip(file: Path, facts: MediaFacts, cut: Cut, to: Path, ticket: Ticket) -> None:
    """Write the cut as MP4: H.264 High, AAC 48 kHz at -16 LUFS, captions burned in, metadata removed.

    What is muted or blurred is silenced and hidden before anything else is done with it.
    """
    _check(facts, cut)
    with tempfile.TemporaryDirectory(prefix="storybank-clip-") as name, put_in_place(to) as part:
        folder = Path(name)
        (folder / _FONTS).mkdir()
        shutil.copy(FONT_FILE, folder / _FONTS)
        (folder / _SCRIPT).write_text(script(cut, boxed=_shows_picture(facts, cut)), encoding="utf-8")
        start, seconds = cut.start_ms / 1000, (cut.end_ms - cut.start_ms) / 1000
        level = levelling(file, start, seconds, ticket, silencing(cut.muted))
        arguments = _arguments(file, facts, cut, level, part)
        run(arguments, ticket, length_ms=cut.end_ms - cut.start_ms, folder=folder, share=(0.15, 1.0))
    ticket.report(1.0)


def frame_rate(facts: MediaFacts, cut: Cut) -> int:
    """Return the clip's frames a second: the recording's own where players expect it."""
    own = round(facts.video.frame_rate) if facts.video and cut.picture and not facts.video.variable_frame_rate else 0
    return own if own in _RATES else _USUAL_RATE


def _shows_picture(facts: MediaFacts, cut: Cut) -> bool:
    return facts.video is not None and cut.picture


def _check(facts: MediaFacts, cut: Cut) -> None:
    if not 0 <= cut.start_ms < cut.end_ms:
        raise Invalid(say("A clip must end after it starts."), hint=say("Choose the words of the quote again."))
    if cut.start_ms >= facts.duration_ms:
        raise Invalid(say("The recording ends before this clip starts."), hint=say("Choose an earlier moment."))


def _arguments(file: Path, facts: MediaFacts, cut: Cut, level: str | None, part: Path) -> list[str]:
    rate = frame_rate(facts, cut)
    frames = max(1, round((cut.end_ms - cut.start_ms) * rate / 1000))
    seconds = frames / rate
    options = guarded(file)
    name = str(options.pop("filename"))
    # A second more is read than is shown: the last frame must not depend on where the recording keeps its frames.
    source = ffmpeg.input(name, ss=f"{cut.start_ms / 1000:.3f}", t=f"{seconds + 1:.3f}", **options)
    sound = _levelled(source["a:0"], cut, level, seconds)
    if facts.video and cut.picture:
        picture = hidden(framed(source["V:0"], facts.video, cut.shape, rate, seconds), cut)
    else:
        twice = sound.filter_multi_output("asplit")
        sound = twice[0]
        picture = plain_ground(twice[1], cut, rate, seconds)
    if cut.captions or cut.title:
        picture = picture.filter("ass", filename=_SCRIPT, fontsdir=_FONTS)
    picture = picture.filter("format", "yuv420p")
    output = ffmpeg.output(picture, sound, f"file:{part.absolute().as_posix()}", **_form(rate, frames, seconds))
    compiled: list[str] = output.compile()
    return compiled[1:]


def _levelled(sound: Stream, cut: Cut, level: str | None, seconds: float) -> Stream:
    sound = sound.filter("aresample", SOUND_RATE, **{"async": 1, "first_pts": 0})
    sound = sound.filter("apad").filter("atrim", duration=f"{seconds:.4f}")
    sound = silenced(sound, cut)
    if level:
        name, _, told = level.partition("=")
        sound = sound.filter(name, **dict(pair.split("=") for pair in told.split(":")))
        sound = sound.filter("aresample", SOUND_RATE)  # loudnorm works, and would leave, at 192 kHz
    sound = sound.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
    sound = sound.filter("afade", t="in", d=_FADE_SECONDS)
    return sound.filter("afade", t="out", st=f"{max(0.0, seconds - _FADE_SECONDS):.4f}", d=_FADE_SECONDS)


def _form(rate: int, frames: int, seconds: float) -> dict[str, Any]:
    """Return how a clip is encoded, and that nothing of the recording's metadata goes with it."""
    return {
        "c:v": "libx264",
        "profile:v": "high",
        "preset": "veryfast",
        "crf": 20,
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
        "map_metadata": -1,
        "map_chapters": -1,
        "metadata:s:v:0": "encoder=",
        "fflags": "+bitexact",
        "flags:v": "+bitexact",
        "flags:a": "+bitexact",
        "movflags": "+faststart",
        "f": "mp4",
    }
