"""The demo's recordings and its speech model, and what is made of them to measure with."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg

from storybank import places
from storybank.jobs.runner import JobTicket
from ui.wiring import App, create_app


def recordings() -> list[Path]:
    """Return the eight interviews."""
    return sorted(path for path in (places.demo() / "media").iterdir() if path.suffix != ".json")


def ticket() -> JobTicket:
    """Return a ticket that nobody watches."""
    return JobTicket(0, lambda _event: None)


def library(folder: Path) -> App:
    """Return a new library with the eight interviews."""
    app = create_app(folder, "Measured")
    app.collecting.bring_in(recordings(), ticket())
    return app


def looped(recording: Path, to: Path, *, seconds: float = 0, size: int = 0) -> Path:
    """Write a recording again and again, packets as they are, until it is so long or so big."""
    times = size // recording.stat().st_size + 1 if size else 10_000
    until = ["-t", str(seconds)] if seconds else []
    command = ["-stream_loop", str(times), "-i", str(recording), "-map", "0", "-c", "copy", *until, "-y", str(to)]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", *command], check=True)
    return to
