"""Clip: a cut of a recording, with the captions that go with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from storybank.domain.transcript import Span

LINE_LIMIT = 42
"""Characters a caption line may hold (BBC and DCMP practice; 32 on upright video)."""
LONGEST_MS = 7000
SHORTEST_MS = 1000
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption: up to two lines, shown from `start_ms` to `end_ms` of the clip."""

    start_ms: int
    end_ms: int
    text: str
    """Lines are separated by a newline."""
    speaker: str = ""
    """Who says it, where that is told; one caption never holds two people's words."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The frame of a clip, in pixels."""

    name: str
    width: int
    height: int


WIDE = Shape("16x9", 1920, 1080)
SQUARE = Shape("1x1", 1080, 1080)
UPRIGHT = Shape("9x16", 1080, 1920)


@dataclass(frozen=True, slots=True)
class Cut:
    """What to cut out of a recording and how it should look; times in milliseconds of the recording."""

    start_ms: int
    end_ms: int
    shape: Shape = WIDE
    captions: tuple[Cue, ...] = ()
    """Times relative to the clip's start; burned into the picture when there are any."""
    picture: bool = True
    """False: the speaker's face may not be shown, a plain ground stands in its place."""
    title: str = ""
    """A lower third: who speaks, exactly as permitted."""
    muted: tuple[Span, ...] = ()
    """What must be silent; times relative to the clip's start."""
    blurred: tuple[Span, ...] = ()
    """Where the picture must not be recognised; times relative to the clip's start."""
    lit: tuple[Span, ...] = ()
    """When each word of the captions is said, in their order, for words that light up; empty for captions at rest."""


@dataclass(frozen=True, slots=True)
class ClipJob:
    """A clip to be made of a recording."""

    file: Path
    cut: Cut
    to: Path


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of a screening reel: a picture shown for a while, or a film."""

    file: Path
    seconds: float = 0.0
    """How long a picture stays; 0 for a film, which lasts as long as it does."""


def origin(file: PurePath) -> str:
    """Return the mark that everything made from a recording's file begins with: the hash it is kept under.

    A file that lies outside the library is known by where it lies.
    """
    if _SHA256.fullmatch(file.stem):
        return file.stem
    return hashlib.sha256(str(file).encode("utf-8", "surrogatepass")).hexdigest()


BREATH_BEFORE_MS, BREATH_AFTER_MS = 500, 500
"""How much quiet a clip keeps before its first word and after its last."""


def with_breath(said: Span, free: Span) -> Span:
    """Return where to cut so that no word is clipped: a breath on either side, within the silence that is free."""
    return Span(
        min(said.start_ms, max(free.start_ms, said.start_ms - BREATH_BEFORE_MS)),
        max(said.end_ms, min(free.end_ms, said.end_ms + BREATH_AFTER_MS)),
    )


def kept_clear(free: Span, said: Span, closed: Sequence[Span]) -> Span:
    """Return what is left of `free` round the words when no stretch beside them may be entered.

    A breath must not show or sound what was restricted, or somebody who was not asked, just before or after the words.
    """
    before = [one.end_ms for one in closed if one.end_ms <= said.start_ms]
    after = [one.start_ms for one in closed if one.start_ms >= said.end_ms]
    return Span(max([free.start_ms, *before]), min([free.end_ms, *after]))


def within(clip: Span, stretches: Sequence[Span]) -> tuple[Span, ...]:
    """Return stretches of a recording as they lie in a clip of it, in order, joined where they overlap."""
    length = clip.end_ms - clip.start_ms
    found: list[Span] = []
    for start, end in sorted((s.start_ms - clip.start_ms, s.end_ms - clip.start_ms) for s in stretches):
        start, end = max(0, start), min(length, end)
        if start >= end:
            continue
        if found and start <= found[-1].end_ms:
            found[-1] = Span(found[-1].start_ms, max(found[-1].end_ms, end))
        else:
            found.append(Span(start, end))
    return tuple(found)
