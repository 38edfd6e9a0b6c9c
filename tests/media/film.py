"""Film: the demo's recordings, and others made from them with ffmpeg when a test needs a strange one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import numpy as np

from media.tools import ffmpeg
from storybank.errors import Cancelled

DEMO = Path(__file__).resolve().parents[2] / "demo"
AMINA = DEMO / "media" / "amina-link-worker.mp4"
SIDEWAYS = DEMO / "media" / "daniel-program-director.mp4"
WEBM = DEMO / "media" / "priya-community-partner.webm"
SOUND_ONLY = DEMO / "media" / "samuel-conseiller.m4a"
MARIE = DEMO / "media" / "marie-intervenante.mp4"


class Calm:
    """A ticket nobody stops; it remembers what was reported."""

    def __init__(self):
        self.reported = []

    def report(self, fraction, note=""):
        self.reported.append(fraction)

    def check(self):
        """Go on."""


class StoppedAfter(Calm):
    """A ticket that is stopped at the n-th look."""

    def __init__(self, looks):
        super().__init__()
        self.looks = looks

    def check(self):
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled("Stopped.")


def made(to, *arguments):
    """Return the file that ffmpeg makes of `arguments`."""
    subprocess.run([ffmpeg(), "-v", "error", "-y", *map(str, arguments), str(to)], check=True)
    return to


def beginning_of(file, share, to):
    """Return a copy of the first part of a file, as an interrupted copy leaves it."""
    everything = file.read_bytes()
    to.write_bytes(everything[: int(len(everything) * share)])
    return to


def pictures(file):
    """Return a film's frames as arrays of red, green and blue."""
    with av.open(str(file)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def picture(file):
    """Return the picture in an image file."""
    return pictures(file)[0]


def sound(file):
    """Return a film's first channel, and its samples a second."""
    with av.open(str(file)) as film:
        parts = [frame.to_ndarray()[0] for frame in film.decode(audio=0)]
        return np.concatenate(parts), film.streams.audio[0].codec_context.sample_rate
