"""The window: opening it on the demo library, beside an empty window of Qt's."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.demo import library
from benchmarks.figures import Figure, ratio, take_turns

ROUNDS = 11


def window_beside_qt(folder: Path) -> Iterator[Figure]:
    """Start both from nothing; measure until the window is painted, and ours until its stories are listed."""
    home = folder / "library"
    library(home).close()
    listed: list[float] = []

    def ours() -> float:
        painted, all_there = _opened("storybank", str(home))
        listed.append(all_there)
        return painted

    _opened("storybank", str(home))  # compiled once, as an installed program is
    listed.clear()
    mine, bare = take_turns(ours, lambda: _opened("empty")[0], ROUNDS)
    yield ratio("window", "window painted / an empty Qt window painted", mine, bare, 2.0)
    yield ratio("stories", "stories listed / an empty Qt window painted", listed, bare, 2.0)


def _opened(*what: str) -> list[float]:
    """Return the seconds from starting the process to each moment that it tells."""
    surroundings = {"QT_QPA_PLATFORM": "offscreen"} if sys.platform == "linux" and not _has_screen() else {}
    command = [sys.executable, "-P", "-m", "benchmarks.window_alone", *what]
    started = time.monotonic()
    told = subprocess.run(command, env=os.environ | surroundings, capture_output=True, text=True, check=True)
    return [float(moment) - started for moment in told.stdout.split()]


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
