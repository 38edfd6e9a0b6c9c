"""Stills: pictures out of a recording: a poster that shows the person, and the picture at a moment."""

from __future__ import annotations

from pathlib import Path

from media.tools import NobodyWaits, guarded_input, put_in_place, run
from storybank.domain.recording import MediaFacts

POSTER_WIDTH = 640
_LOOK_AT = 60
"""How many pictures are compared for the poster."""


def poster(file: Path, facts: MediaFacts, to: Path) -> None:
    """Write a JPEG that stands for the recording: not its first picture, which is often black or a blur."""
    if facts.video is None:
        return
    begin = min(3.0, facts.duration_ms / 4000)
    filters = f"thumbnail=n={_LOOK_AT},scale={POSTER_WIDTH}:-2"
    _take(file, begin, to, filters, "-q:v", "3")


def still(file: Path, at_ms: int, to: Path, width: int = 1080) -> None:
    """Write the picture at a moment as PNG."""
    _take(file, at_ms / 1000, to, f"scale={width}:-2")


def _take(file: Path, at_seconds: float, to: Path, filters: str, *options: str) -> None:
    with put_in_place(to) as part:
        run([*guarded_input(file, "-ss", f"{at_seconds:.3f}"), "-map", "0:v:0", "-frames:v", "1", "-vf", filters,
             "-map_metadata", "-1", "-update", "1", *options, str(part)], NobodyWaits())
