"""Captions: the words of a clip as SRT and VTT files."""

from __future__ import annotations

from collections.abc import Sequence

from exports.typography import clean
from storybank.domain.clip import Cue


def srt(cues: Sequence[Cue]) -> str:
    """Return cues as an SRT file."""
    return "\n".join(
        f"{number}\n{time_of(cue.start_ms, ',')} --> {time_of(cue.end_ms, ',')}\n{plain(cue.text)}\n"
        for number, cue in enumerate(cues, 1)
    )


def vtt(cues: Sequence[Cue], speaker: str, language: str) -> str:
    """Return cues as a VTT file, each with the speaker as permitted; without one where nobody may be named."""
    voice = f"<v {escaped(speaker)}>" if speaker else ""
    head = f"WEBVTT\nKind: captions\nLanguage: {language}-CA\n"
    body = (
        f"{number}\n{time_of(cue.start_ms, '.')} --> {time_of(cue.end_ms, '.')}\n{voice}{escaped(plain(cue.text))}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join([head, *body])


def transcript(cues: Sequence[Cue]) -> str:
    """Return the words of the cues as running text."""
    return " ".join(plain(cue.text).replace("\n", " ") for cue in cues)


def plain(text: str) -> str:
    """Return a cue's lines, without what could be read as the start of another cue."""
    lines = [clean(line).replace("-->", "→") for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


def escaped(text: str) -> str:
    """Return a text as VTT writes it, so that none of it is taken for a tag."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def time_of(ms: int, point: str) -> str:
    """Return a time as `00:02:13,450`, with the sign before its thousandths that the format wants."""
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"
