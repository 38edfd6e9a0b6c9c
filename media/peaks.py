"""Peaks: the waveform people see under a recording."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

from media.tools import Ffmpeg, failure, guarded_input
from storybank.ports import Ticket

A_SECOND = 50
_RATE = 8_000
_SAMPLES = _RATE // A_SECOND
_BLOCK_PEAKS = 10 * A_SECOND
_BLOCK = _BLOCK_PEAKS * _SAMPLES * 2
_SLACK = 2.0
"""Seconds that are read beyond the recording's length: what grows while it is read, or never ends, is left out."""
_FAINTEST = 0.02
"""Recordings quieter than this are shown as quiet; all others fill the height."""


def waveform(file: Path, length_ms: int, ticket: Ticket) -> Sequence[float]:
    """Return fifty values a second, 0 to 1, of which the loudest is 1."""
    import numpy as np

    peaks = array("f")
    steady = f"aresample={_RATE}:async=1:first_pts=0"
    until = f"{length_ms / 1000 + _SLACK:.3f}"
    sound = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-af", steady, "-ac", "1", "-c:a", "pcm_s16le", "-f", "s16le"]
    with Ffmpeg([*guarded_input(file, "-t", until), *sound, "pipe:1"]) as ffmpeg:
        while block := ffmpeg.output.read(_BLOCK):
            samples = np.frombuffer(block[: len(block) // 2 * 2], "<i2").astype(np.float32)
            samples = np.pad(samples, (0, -len(samples) % _SAMPLES))
            peaks.extend((np.abs(samples.reshape(-1, _SAMPLES)).max(axis=1) / 32768).tolist())
            ticket.check()
            ticket.report(min(1.0, len(peaks) * 1000 / A_SECOND / max(1, length_ms)))
        if ffmpeg.wait(60) and not peaks:
            raise failure(ffmpeg.said)
    loudest = max(max(peaks, default=0.0), _FAINTEST)
    return array("f", (min(1.0, peak / loudest) for peak in peaks))
