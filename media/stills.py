"""Stills: single pictures out of a recording, upright and in colours a screen can show."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from media.opening import moving_picture, opened
from media.tools import NobodyWaits, guarded_input, put_in_place, run
from storybank.domain.recording import MediaFacts, VideoFacts
from storybank.errors import Invalid
from storybank.words import say

POSTER_WIDTH = 640
_PLACES = (0.08, 0.2, 0.35, 0.5)
_AMONG_FRAMES = 48
_FIRST_PACKETS = 120
_NOTHING = 12.0
"""How little brightness varies in a picture that shows nothing: black, a blank wall, a fade."""
_SECONDS = 120.0

TO_SDR = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
)
"""ffmpeg's filters from a phone's HDR picture to one that every screen shows right."""


def poster(file: Path, facts: MediaFacts, to: Path) -> None:
    """Write the most telling of a few pictures from the first half, which is neither black nor a blur."""
    if facts.video is None:
        return
    shown = None if facts.video.hdr else _most_telling(file, facts)
    if shown is None:  # only the ffmpeg program looks between key frames, and makes HDR right
        begin = min(3.0, facts.duration_ms / 10_000)
        filters = [f"thumbnail=n={_AMONG_FRAMES}", f"scale={POSTER_WIDTH}:-2:flags=lanczos", "format=yuvj420p"]
        _write(file, begin, facts, filters, ["-c:v", "mjpeg", "-q:v", "3", "-f", "image2"], to)
        return
    with put_in_place(to) as part:
        shown.save(part, "JPEG", quality=88)


def still(file: Path, facts: MediaFacts, at_ms: int, to: Path, width: int) -> None:
    """Write the picture at a moment as PNG; a moment past the end shows the last picture."""
    if facts.video is None:
        raise Invalid(say("This recording has sound only."), hint=say("Choose a recording with a picture."))
    frame_ms = 1000 / (facts.video.frame_rate or 25)
    at = max(0.0, min(at_ms, facts.duration_ms - 2 * frame_ms)) / 1000
    filters = [f"scale={width}:-2:flags=lanczos", "format=rgb24"]
    _write(file, at, facts, filters, ["-c:v", "png", "-f", "image2"], to)


def _most_telling(file: Path, facts: MediaFacts) -> Image.Image | None:
    """Return the picture with the most in it, upright and 640 wide; None where none shows anything."""
    assert facts.video is not None
    best, most = None, _NOTHING
    with opened(file) as container:
        picture = moving_picture(container)
        for share in _PLACES:
            frame = picture and _frame_at(container, picture, facts.duration_ms * share)
            if frame and (much := _how_much_is_in(frame)) > most:
                best, most = frame, much
    return _upright(best, facts.video) if best else None


def _frame_at(container: InputContainer, picture: VideoStream, ms: float) -> VideoFrame | None:
    """Return the key frame before a moment: of all frames the sharpest, and the quickest to have."""
    with suppress(av.FFmpegError):
        container.seek((container.start_time or 0) + round(ms) * 1000)
        for packet in islice(container.demux(picture), _FIRST_PACKETS):
            for frame in packet.decode():
                if isinstance(frame, VideoFrame):
                    return frame
    return None


def _how_much_is_in(frame: VideoFrame) -> float:
    return float(ImageStat.Stat(_image(frame.reformat(width=96, height=96, format="gray"))).stddev[0])


def _image(frame: VideoFrame) -> Image.Image:
    image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    return image


def _upright(frame: VideoFrame, video: VideoFacts) -> Image.Image:
    size = POSTER_WIDTH, max(2, round(POSTER_WIDTH * video.height / video.width))
    turned = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    stored = size if video.rotation in (0, 180) else (size[1], size[0])
    image = _image(frame.reformat(width=stored[0], height=stored[1], interpolation="LANCZOS"))
    return image.transpose(turned[video.rotation]) if video.rotation in turned else image


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
