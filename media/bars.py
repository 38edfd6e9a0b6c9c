"""Bars: a voice as it will be heard, drawn as bars from its beginning to its end, to be shown where no face is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from media.tools import Ffmpeg, failure, guarded_input

LIT, DIM = "#63C7BB", "#2C5552"
_RATE = 8_000
_WIDE, _EVERY = 10, 18
"""Pixels a bar is wide, and from one bar to the next."""
_LOUD = 97
"""The loudness, as a percentile, at which a bar is as high as it can be."""
_SOFTEST = 0.02
_SMOOTH = 4

Filters = Sequence[tuple[str, Mapping[str, str]]]


def draw(file: Path, start: float, seconds: float, silencing: Filters, size: tuple[int, int], ground: str,
         to: tuple[Path, Path]) -> None:
    """Write two pictures of a voice: as it is before it was heard, and lit, as it is after."""
    heights = _heights(_sound(file, start, seconds, silencing), max(1, size[0] // _EVERY))
    for path, colour in zip(to, (DIM, LIT), strict=True):
        _picture(heights, size, colour, ground).save(path)


def _sound(file: Path, start: float, seconds: float, silencing: Filters) -> NDArray[np.float32]:
    """Return the sound of a part of a recording, with nothing in it where it will be silent."""
    told = ["aresample=48000:async=1:first_pts=0", "apad", f"atrim=duration={seconds:.4f}"]
    told += [f"{name}=" + ":".join(f"{key}='{value}'" for key, value in options.items()) for name, options in silencing]
    form = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-af", ",".join(told), "-ac", "1", "-ar", str(_RATE)]
    source = guarded_input(file, "-ss", f"{start:.3f}", "-t", f"{seconds:.3f}")
    with Ffmpeg([*source, *form, "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"]) as ffmpeg:
        heard = ffmpeg.output.read()
        if ffmpeg.wait(60) and not heard:
            raise failure(ffmpeg.said)
    return np.frombuffer(heard[: len(heard) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)


def _heights(sound: NDArray[np.float32], count: int) -> list[float]:
    """Return how high each bar is, 0 to 1."""
    parts = np.array_split(sound, count)
    loud = np.array([float(np.sqrt((part * part).mean())) if len(part) else 0.0 for part in parts], np.float32)
    most = max(float(np.percentile(loud, _LOUD)), _SOFTEST)
    return [min(1.0, float(one) / most) ** 0.8 for one in loud]


def _picture(heights: Sequence[float], size: tuple[int, int], colour: str, ground: str) -> Image.Image:
    width, height = size[0] * _SMOOTH, size[1] * _SMOOTH
    image = Image.new("RGB", (width, height), ground)
    pencil = ImageDraw.Draw(image)
    begin = (size[0] - len(heights) * _EVERY + _EVERY - _WIDE) // 2
    for number, share in enumerate(heights):
        half = max(_WIDE / 2, share * size[1] / 2) * _SMOOTH
        left = (begin + number * _EVERY) * _SMOOTH
        pencil.rounded_rectangle((left, height / 2 - half, left + _WIDE * _SMOOTH - 1, height / 2 + half - 1),
                                 _WIDE * _SMOOTH // 2, fill=colour)
    return image.resize(size, Image.Resampling.LANCZOS)
