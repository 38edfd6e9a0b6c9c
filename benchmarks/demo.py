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


def filmed(recording: Path, to: Path, *, size: int) -> Path:
    """Write a film as a camera does, 1080p at about 40 megabits a second, as big as `size`.

    The demo's own films are drawn and small: as many bytes of them would be five hours, most of it index.
    """
    shot = to.with_name(f"shot-{to.name}")
    camera = ["-t", "5", "-vf", "scale=1920:1080,noise=alls=60:allf=t", "-c:v", "libx264", "-preset", "ultrafast",
              "-g", "30", "-b:v", "40M", "-minrate", "40M", "-maxrate", "40M", "-bufsize", "40M", "-c:a", "copy"]
    asked = ["-v", "error", "-nostdin", "-i", str(recording), *camera, "-y", str(shot)]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *asked], check=True)
    return looped(shot, to, size=size)


def looped(recording: Path, to: Path, *, seconds: float = 0, size: int = 0) -> Path:
    """Write a recording again and again, packets as they are, until it is so long or so big."""
    times = size // recording.stat().st_size + 1 if size else 10_000
    until = ["-t", str(seconds)] if seconds else []
    command = ["-stream_loop", str(times), "-i", str(recording), "-map", "0", "-c", "copy", *until, "-y", str(to)]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", *command], check=True)
    return to
