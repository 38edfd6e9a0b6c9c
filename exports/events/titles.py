"""Titles: the still pictures between the films of a screening reel."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from exports.cards import fitting
from exports.palette import rgb
from exports.typefaces import Typeface, face_for, font, settable, width_of
from exports.typography import shortened

SIZE = (1920, 1080)
_GROUND, _LIGHT, _QUIET, _BAND = "12302F", "F6F4F0", "B9D6D1", "63C7BB"
_MARGIN = 200


def title_picture(title: str, lines: Sequence[str]) -> Image.Image:
    """Return a quiet picture with a title and a few lines under it, readable from the last row."""
    picture = Image.new("RGB", SIZE, rgb(_GROUND))
    pen = ImageDraw.Draw(picture)
    room = SIZE[0] - 2 * _MARGIN
    face = face_for(title, Typeface.QUOTE)
    text = settable(title, face)

    def measure(line: str, size: float) -> float:
        return width_of(line, face, size)

    frame = fitting.Frame(lambda _: room, 430, 64, 132)
    setting = fitting.fitted(text, frame, measure) or fitting.cut(text, frame, measure)
    shown = [settable(line, face_for(line, Typeface.PLAIN)) for line in lines if line.strip()]
    height = len(setting.lines) * setting.size * 1.08 + 60 + len(shown) * 62
    y = (SIZE[1] - height) / 2
    pen.rectangle((_MARGIN, y - 46, _MARGIN + 120, y - 38), fill=rgb(_BAND))
    for line in setting.lines:
        pen.text((_MARGIN, y), line, rgb(_LIGHT), font(face, setting.size), anchor="la")
        y += setting.size * 1.08
    y += 60
    for line in shown:
        small = face_for(line, Typeface.PLAIN)
        size = max(26.0, min(40.0, 40.0 * room / max(1.0, width_of(line, small, 40.0))))
        most = len(line)
        while width_of(shortened(line, most), small, size) > room:
            most -= 4
        pen.text((_MARGIN, y), shortened(line, most), rgb(_QUIET), font(small, size), anchor="la")
        y += 62
    return picture
