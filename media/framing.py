"""Framing: how a recording's picture fills a clip's frame, and what stands there when it may not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ffmpeg

from media.captions import places
from media.finding import Box
from media.stills import TO_SDR
from storybank.domain.clip import Cut, Shape
from storybank.domain.recording import VideoFacts

GROUND = "0x12302F"
_ALIKE = 1.08
"""Frames whose proportions differ less are filled by trimming the edges."""
_KEPT = 0.7
"""The share that stays in a frame of another shape where nobody was found: speakers sit off centre too."""
_BESIDE = 0.045
"""The least room on either side of a head, as a share of the picture's width: hair moves less than a mouth."""
_HIGH = 0.6
"""A picture this high in its frame begins at the top, so that words can stand below; a lower one nearer the middle."""
_OVER_HEAD, _HEAD_ROOM_LOST = 0.2, 0.12
_BLUR_AT = 8
_VEIL = 0.62
"""How much of the house's colour lies over the blurred ground, so that words stand out on any picture."""

Stream = Any
"""A node of ffmpeg-python's graph, which has no types."""


def framed(picture: Stream, video: VideoFacts, cut: Cut, rate: int, seconds: float, box: Box | None) -> Stream:
    """Return the picture in the frame: filling it where whoever speaks is whole in what is left, or over its blur."""
    if video.hdr:
        for step in TO_SDR.split(","):
            name, _, told = step.partition("=")
            picture = picture.filter(name, *_unnamed(told), **_named(told))
    picture = picture.filter("scale", w="iw*sar", h="ih").filter("setsar", 1)
    if video.frame_rate > rate:
        return _placed(_timed(picture, rate, seconds), video, cut, box)
    return _timed(_placed(picture, video, cut, box), rate, seconds)


def _timed(picture: Stream, rate: int, seconds: float) -> Stream:
    """Return exactly the frames of a clip; the fewer frames a recording has, the better this is done last."""
    picture = picture.filter("fps", fps=rate, start_time=0).filter("tpad", stop_mode="clone", stop_duration=1)
    return picture.filter("trim", duration=f"{seconds:.4f}")


def _placed(picture: Stream, video: VideoFacts, cut: Cut, box: Box | None) -> Stream:
    shape = cut.shape
    window = window_of(video.width / video.height, shape, box, places(cut).words_from)
    if window.fills:
        return _cropped(picture, window, shape.width, shape.height)
    split = picture.filter_multi_output("split")
    width, height = _largest_in(shape, window.ratio)
    return _over(_ground(split[0], shape), _cropped(split[1], window, width, height), shape, height)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a picture that is shown, as shares of its width and height."""

    left: float
    top: float
    width: float
    height: float
    ratio: float
    """Its width to its height, in pixels."""
    fills: bool


def window_of(own: float, shape: Shape, box: Box | None, words_from: int) -> Window:
    """Return what to show of a picture that is `own` times as wide as high.

    Of a wide picture the sides go, never what is above a head; of an upright one rather what is below. No face comes
    to stand where words begin.
    """
    wanted = shape.width / shape.height
    if _nearly(own, wanted):
        width, height = min(1.0, wanted / own), min(1.0, own / wanted)
        return Window((1 - width) / 2, (1 - height) / 4, width, height, wanted, fills=True)
    if own > wanted:
        return _narrowed(own, wanted, box, words_from / shape.height)
    return _shortened(own, wanted, box)


def is_alike(video: VideoFacts, shape: Shape) -> bool:
    """Tell whether a picture fills a frame nearly whole, wherever in it somebody is."""
    return _nearly(video.width / video.height, shape.width / shape.height)


def _nearly(own: float, wanted: float) -> bool:
    return 1 / _ALIKE <= own / wanted <= _ALIKE


def _narrowed(own: float, wanted: float, box: Box | None, words_from: float) -> Window:
    if box is None:
        return Window((1 - _KEPT) / 2, 0.0, _KEPT, 1.0, own * _KEPT, fills=False)
    high = min(1.0, max(_HIGH, words_from / box.bottom))
    width = min(1.0, max(wanted / own / high, box.right - box.left + 2 * _BESIDE))
    left = min(max(0.0, box.centre - width / 2), 1 - width)
    return Window(left, 0.0, width, 1.0, own * width, fills=width <= wanted / own * 1.02)


def _shortened(own: float, wanted: float, box: Box | None) -> Window:
    height = max(own / wanted, _KEPT)
    above = min(_HEAD_ROOM_LOST, 1 - height)
    top = min(max(0.0, box.top - _OVER_HEAD), above) if box else above / 3
    return Window(0.0, top, 1.0, height, own / height, fills=own / height >= wanted)


def _largest_in(shape: Shape, ratio: float) -> tuple[int, int]:
    if ratio > shape.width / shape.height:
        return shape.width, round(shape.width / ratio / 2) * 2
    return round(shape.height * ratio / 2) * 2, shape.height


def _cropped(picture: Stream, window: Window, width: int, height: int) -> Stream:
    if (window.width, window.height) != (1.0, 1.0):
        picture = picture.filter("crop", w=f"iw*{window.width:.5f}", h=f"ih*{window.height:.5f}",
                                 x=f"iw*{window.left:.5f}", y=f"ih*{window.top:.5f}")
    return picture.filter("scale", width, height, flags="lanczos").filter("setsar", 1)


def bars_size(shape: Shape) -> tuple[int, int]:
    """Return how large the drawing of a voice is in a frame."""
    return round(shape.width * 0.88 / 2) * 2, round(shape.height * 0.18 / 2) * 2


def plain_ground(cut: Cut, rate: int, seconds: float, dim: str, lit: str) -> Stream:
    """Return a quiet ground in the house's colour with the voice drawn on it, which lights up as it is heard.

    Nobody's face, nobody's room. `dim` and `lit` are pictures of the voice in the folder ffmpeg works in.
    """
    shape = cut.shape
    width, _ = bars_size(shape)
    colour = f"color=c={GROUND}:s={shape.width}x{shape.height}:r={rate}:d={seconds:.4f},format=gbrp"
    ground = ffmpeg.input(colour, f="lavfi")
    still = {"f": "image2", "pattern_type": "none", "loop": 1, "framerate": rate, "t": f"{seconds:.4f}"}
    bars = ffmpeg.input(lit, **still).filter("format", "rgb24")
    heard = f"{width}*t/{seconds:.4f}"
    ahead = ffmpeg.input(dim, **still).filter("format", "rgb24")
    ahead = ahead.filter("pad", w="2*iw", h="ih", color=GROUND).filter("crop", w=width, h="ih", x=heard, y=0)
    bars = ffmpeg.overlay(bars, ahead, x=heard, y=0, format="rgb")
    place = 0.36 if shape.height > shape.width else 0.45
    return ffmpeg.overlay(ground, bars, x="(W-w)/2", y=f"H*{place}-h/2", format="rgb")


def _covering(picture: Stream, width: int, height: int) -> Stream:
    scaled = picture.filter("scale", width, height, force_original_aspect_ratio="increase", flags="lanczos")
    return scaled.filter("crop", width, height)


def _ground(picture: Stream, shape: Shape) -> Stream:
    small = _covering(picture, shape.width // _BLUR_AT // 2 * 2, shape.height // _BLUR_AT // 2 * 2)
    blurred = small.filter("gblur", sigma=8).filter("drawbox", color=f"{GROUND}@{_VEIL}", t="fill")
    return blurred.filter("scale", shape.width, shape.height, flags="bicubic").filter("setsar", 1)


def _over(ground: Stream, front: Stream, shape: Shape, front_height: int) -> Stream:
    """Lay the picture on its ground: high enough in the frame that captions can stand below it."""
    above = 0.5 if shape.width > shape.height else 0.0
    if shape.height > shape.width and front_height < shape.height * _HIGH:
        above = 0.36
    return ffmpeg.overlay(ground, front, x="(W-w)/2", y=f"(H-h)*{above}")


def _unnamed(told: str) -> list[str]:
    return [part for part in told.split(":") if part and "=" not in part]


def _named(told: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in told.split(":") if "=" in part)
