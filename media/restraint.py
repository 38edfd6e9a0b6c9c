"""Restraint: silences and hides the stretches of a clip that may be neither heard nor recognised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ffmpeg

from storybank.domain.clip import Cut, Shape
from storybank.domain.transcript import Span

Stream = Any
"""A node of ffmpeg-python's graph, which has no types."""

_STEP = 48
"""Samples between two looks at the clock: a thousandth of a second."""
_SLOPE, _EARLY = 0.015, 0.002
"""Sound fades to nothing just before a silenced stretch, and comes back just after, so that it does not click."""
_LONGER = 0.08
"""A picture is hidden two frames longer on either side: the frame nearest to a moment may be of the one beside it."""
_CELLS = 8
"""How many patches of colour are left across a hidden picture. Sixteen across a face are still a face (Harmon 1973)."""


def silencing(muted: Sequence[Span]) -> list[tuple[str, dict[str, str]]]:
    """Return the filters, by name and options, that leave no sound in the stretches; times from the clip's start."""
    if not muted:
        return []
    heard = "*".join(
        f"clip(max({span.start_ms / 1000 - _EARLY:.4f}-t,t-{span.end_ms / 1000:.4f})/{_SLOPE},0,1)" for span in muted
    )
    return [
        ("asetnsamples", {"n": str(_STEP), "p": "0"}),
        ("volume", {"volume": heard, "eval": "frame"}),
        ("asetnsamples", {"n": "1024", "p": "0"}),
    ]


def silenced(sound: Stream, cut: Cut) -> Stream:
    """Return the sound of a cut with nothing to be heard where it is muted."""
    for name, told in silencing(cut.muted):
        sound = sound.filter(name, **told)
    return sound


def hidden(picture: Stream, cut: Cut) -> Stream:
    """Return a framed picture that nobody can be recognised in where it is blurred: a few patches of colour."""
    if not cut.blurred:
        return picture
    when = "+".join(
        f"between(t,{max(0.0, span.start_ms / 1000 - _LONGER):.4f},{span.end_ms / 1000 + _LONGER:.4f})"
        for span in cut.blurred
    )
    split = picture.filter_multi_output("split")
    return ffmpeg.overlay(split[0], _patches(split[1], cut.shape), enable=when)


def _patches(picture: Stream, shape: Shape) -> Stream:
    rows = max(2, round(_CELLS * shape.height / shape.width))
    few = picture.filter("format", "yuv444p").filter("scale", _CELLS, rows, flags="area")
    return few.filter("scale", shape.width, shape.height, flags="bicubic").filter("setsar", 1)
