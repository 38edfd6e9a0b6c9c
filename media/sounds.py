"""Sounds: the sound of a cut, levelled and with nothing in it that must be silent; alone, or under its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ffmpeg

from media.loudness import levelling
from media.restraint import silenced, silencing
from media.tools import guarded, put_in_place, run
from storybank.domain.clip import Cut
from storybank.domain.recording import MediaFacts
from storybank.errors import Invalid
from storybank.ports import Ticket
from storybank.words import say

SOUND_RATE = 48_000
FADE_SECONDS = 0.02
"""Long enough that a cut does not click, too short to take from a word."""
BARE: dict[str, Any] = {"map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact", "flags:a": "+bitexact"}
"""How anything is written so that nothing of the recording's metadata goes with it, and twice the same is the same."""
_FORMS: dict[str, dict[str, Any]] = {
    ".mp3": {"c:a": "libmp3lame", "b:a": "192k", "write_xing": 0, "id3v2_version": 0, "f": "mp3"},
    ".wav": {"c:a": "pcm_s16le", "f": "wav"},
    ".m4a": {"c:a": "aac", "b:a": "160k", "movflags": "+faststart", "f": "ipod"},
}

Stream = Any
"""A node of ffmpeg-python's graph, which has no types."""


def sound(file: Path, facts: MediaFacts, cut: Cut, to: Path, ticket: Ticket) -> None:
    """Write the sound of a cut as MP3, WAV or M4A: 48 kHz stereo, -16 LUFS, metadata removed, put in place last."""
    check(facts, cut)
    form = _FORMS.get(to.suffix.lower())
    if form is None:
        raise Invalid(say("Sound cannot be written as {ending}.", ending=to.suffix or "?"),
                      hint=say("Choose a name that ends in .mp3, .wav or .m4a."))
    seconds = (cut.end_ms - cut.start_ms) / 1000
    with put_in_place(to) as part:
        level = levelling(file, cut.start_ms / 1000, seconds, ticket, silencing(cut.muted))
        heard = levelled(source_of(file, cut, seconds)["a:0"], cut, level, seconds)
        told = {**form, **BARE, "ar": SOUND_RATE, "t": f"{seconds:.4f}"}
        output = ffmpeg.output(heard, f"file:{part.absolute().as_posix()}", **told)
        run(output.compile()[1:], ticket, length_ms=cut.end_ms - cut.start_ms, share=(0.5, 1.0))
    ticket.report(1.0)


def check(facts: MediaFacts, cut: Cut) -> None:
    """Raise the plain reason where nothing can be cut."""
    if not 0 <= cut.start_ms < cut.end_ms:
        raise Invalid(say("A clip must end after it starts."), hint=say("Choose the words of the quote again."))
    if cut.start_ms >= facts.duration_ms:
        raise Invalid(say("The recording ends before this clip starts."), hint=say("Choose an earlier moment."))


def source_of(file: Path, cut: Cut, seconds: float) -> Stream:
    """Return the recording from the cut's start on.

    A second more is read than is shown: the last frame must not depend on where the recording keeps its frames.
    """
    options = guarded(file)
    name = str(options.pop("filename"))
    return ffmpeg.input(name, ss=f"{cut.start_ms / 1000:.3f}", t=f"{seconds + 1:.3f}", **options)


def levelled(sound: Stream, cut: Cut, level: str | None, seconds: float) -> Stream:
    """Return the sound as it leaves: exactly as long as it is, silenced, as loud as every clip, without a click."""
    sound = sound.filter("aresample", SOUND_RATE, **{"async": 1, "first_pts": 0})
    sound = sound.filter("apad").filter("atrim", duration=f"{seconds:.4f}")
    sound = silenced(sound, cut)
    if level:
        name, _, told = level.partition("=")
        sound = sound.filter(name, **dict(pair.split("=") for pair in told.split(":")))
        sound = sound.filter("aresample", SOUND_RATE)  # loudnorm works, and would leave, at 192 kHz
    sound = sound.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
    sound = sound.filter("afade", t="in", d=FADE_SECONDS)
    return sound.filter("afade", t="out", st=f"{max(0.0, seconds - FADE_SECONDS):.4f}", d=FADE_SECONDS)
