"""Stills: single pictures out of a recording, upright and in colours a screen can show."""

from __future__ import annotations

from pathlib import Path

from media.tools import NobodyWaits, guarded_input, put_in_place, run
from storybank.domain.recording import MediaFacts
from storybank.errors import Invalid
from storybank.words import say

POSTER_WIDTH = 640
_AMONG_FRAMES = 48
_SECONDS = 120.0

TO_SDR = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
)
"""ffmpeg's filters from a phone's HDR picture to one that every screen shows right."""


def poster(file: Path, facts: MediaFacts, to: Path) -> None:
    """Write the most typical of the frames a little way in, which is neither black nor a blink."""
    if facts.video is None:
        return
    begin = min(3.0, facts.duration_ms / 10_000)
    filters = [f"thumbnail=n={_AMONG_FRAMES}", f"scale={POSTER_WIDTH}:-2:flags=lanczos", "format=yuvj420p"]
    _write(file, begin, facts, filters, ["-c:v", "mjpeg", "-q:v", "3", "-f", "image2"], to)


def still(file: Path, facts: MediaFacts, at_ms: int, to: Path, width: int) -> None:
    """Write the picture at a moment as PNG; a moment past the end shows the last picture."""
    if facts.video is None:
        raise Invalid(say("This recording has sound only."), hint=say("Choose a recording with a picture."))
    frame_ms = 1000 / (facts.video.frame_rate or 25)
    at = max(0.0, min(at_ms, facts.duration_ms - 2 * frame_ms)) / 1000
    filters = [f"scale={width}:-2:flags=lanczos", "format=rgb24"]
    _write(file, at, facts, filters, ["-c:v", "png", "-f", "image2"], to)


def _write(file: Path, at: float, facts: MediaFacts, filters: list[str], form: list[str], to: Path) -> None:
    squared = ["scale=w=iw*sar:h=ih", "setsar=1"]
    chain = [TO_SDR] if facts.video and facts.video.hdr else []
    picture = ["-map", "0:V:0", "-an", "-sn", "-dn", "-vf", ",".join([*chain, *squared, *filters]), "-frames:v", "1"]
    with put_in_place(to) as part:
        source = guarded_input(file, "-ss", f"{at:.3f}")
        plain = ["-map_metadata", "-1", "-update", "1", f"file:{part.absolute().as_posix()}"]
        run([*source, *picture, *form, *plain], NobodyWaits(), seconds=_SECONDS)
        if not part.exists():
            raise Invalid(say("There is no picture at that moment."), hint=say("Choose an earlier one."))
