"""Framing: how a recording's picture fills a clip's frame, and what stands there when it may not be shown."""

from __future__ import annotations

from typing import Any

import ffmpeg

from media.stills import TO_SDR
from storybank.domain.clip import Cut, Shape
from storybank.domain.recording import VideoFacts

GROUND, WAVE = "0x12302F", "0x63C7BB"
_ALIKE = 1.08
"""Frames whose proportions differ less are filled by trimming the edges."""
_KEPT = 0.7
"""The least share of the picture's width that stays in a frame of another shape: speakers sit off centre too."""
_BLUR_AT = 8
_VEIL = 0.62
"""How much of the house's colour lies over the blurred ground, so that words stand out on any picture."""

Stream = Any
"""A node of ffmpeg-python's graph, which has no types."""


def framed(picture: Stream, video: VideoFacts, shape: Shape, rate: int, seconds: float) -> Stream:
    """Return the picture in the frame: trimmed where it nearly fits, otherwise whole over its own blur."""
    if video.hdr:
        for step in TO_SDR.split(","):
            name, _, told = step.partition("=")
            picture = picture.filter(name, *_unnamed(told), **_named(told))
    picture = picture.filter("scale", w="iw*sar", h="ih").filter("setsar", 1)
    picture = picture.filter("fps", fps=rate, start_time=0).filter("tpad", stop_mode="clone", stop_duration=1)
    picture = picture.filter("trim", duration=f"{seconds:.4f}")
    if _nearly(video, shape):
        return _covering(picture, shape.width, shape.height).filter("setsar", 1)
    split = picture.filter_multi_output("split")
    return _over(_ground(split[0], shape), _front(split[1], video, shape), shape)


def plain_ground(sound: Stream, cut: Cut, rate: int, seconds: float) -> Stream:
    """Return a quiet ground in the house's colour with the voice as a waveform: nobody's face, nobody's room."""
    shape = cut.shape
    source = f"color=c={GROUND}:s={shape.width}x{shape.height}:r={rate}:d={seconds:.4f}"
    ground = ffmpeg.input(source, f="lavfi")
    width, height = shape.width * 7 // 10 // 2 * 2, shape.height // 5 // 2 * 2
    wave = sound.filter("aformat", channel_layouts="mono").filter("volume", 1.5).filter(
        "showwaves", s=f"{width}x{height}", mode="cline", draw="full", scale="sqrt", colors=WAVE, r=rate
    )
    wave = wave.filter("format", "yuva420p")
    return ffmpeg.overlay(ground, wave, x="(W-w)/2", y="(H-h)*0.38")


def _nearly(video: VideoFacts, shape: Shape) -> bool:
    ratio = (video.width / video.height) / (shape.width / shape.height)
    return 1 / _ALIKE <= ratio <= _ALIKE


def _covering(picture: Stream, width: int, height: int) -> Stream:
    scaled = picture.filter("scale", width, height, force_original_aspect_ratio="increase", flags="lanczos")
    return scaled.filter("crop", width, height)


def _ground(picture: Stream, shape: Shape) -> Stream:
    small = _covering(picture, shape.width // _BLUR_AT // 2 * 2, shape.height // _BLUR_AT // 2 * 2)
    blurred = small.filter("gblur", sigma=8).filter("drawbox", color=f"{GROUND}@{_VEIL}", t="fill")
    return blurred.filter("scale", shape.width, shape.height, flags="bicubic").filter("setsar", 1)


def _front(picture: Stream, video: VideoFacts, shape: Shape) -> Stream:
    """Return the picture as large as the frame lets it be, its sides trimmed only as far as speakers allow."""
    own, wanted = video.width / video.height, shape.width / shape.height
    if own > wanted:
        ratio = max(wanted, own * _KEPT)
        return _covering(picture, shape.width, round(shape.width / ratio / 2) * 2)
    ratio = min(wanted, own / _KEPT)
    return _covering(picture, round(shape.height * ratio / 2) * 2, shape.height)


def _over(ground: Stream, front: Stream, shape: Shape) -> Stream:
    """Lay the picture on its ground: high enough in the frame that captions can stand below it."""
    above = 0.5 if shape.width > shape.height else 0.36 if shape.height > shape.width else 0.0
    return ffmpeg.overlay(ground, front, x="(W-w)/2", y=f"(H-h)*{above}")


def _unnamed(told: str) -> list[str]:
    return [part for part in told.split(":") if part and "=" not in part]


def _named(told: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in told.split(":") if "=" in part)
