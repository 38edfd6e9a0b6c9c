"""Peaks: how loud a recording is, moment by moment, for the waveform under a player."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

from media.tools import Ffmpeg, failure, guarded_input
from storybank.ports import Ticket

RATE = 8000
"""Samples a second; enough to see speech."""
A_SECOND = 50
"""Peaks a second."""
_WINDOW = RATE // A_SECOND
_LOUDEST = 32768


def peaks(file: Path, duration_ms: int, ticket: Ticket) -> list[float]:
    """Return the loudness of a recording, 0 to 1, fifty values a second."""
    arguments = [*guarded_input(file), "-map", "0:a:0", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"]
    found: list[float] = []
    with Ffmpeg(arguments) as ffmpeg:
        for second in _seconds(ffmpeg):
            ticket.check()
            found += [max(map(abs, second[i : i + _WINDOW])) / _LOUDEST for i in range(0, len(second), _WINDOW)]
            ticket.report(min(1.0, len(found) * 1000 / A_SECOND / max(1, duration_ms)))
        if ffmpeg.wait(30.0) != 0:
            raise failure(ffmpeg.said)
    return found


def _seconds(ffmpeg: Ffmpeg) -> Iterator[array[int]]:
    while raw := ffmpeg.output.read(RATE * 2):
        yield array("h", raw[: len(raw) // 2 * 2])
