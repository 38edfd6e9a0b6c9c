"""Painting: marks on a sheet become a picture."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageOps

from exports.cards.marks import Area, Letters, Mark, Still
from exports.palette import rgb
from exports.typefaces import face_for, font, runs, shapes, width_of

_FINE = Image.Resampling.LANCZOS


def painted(marks: Sequence[Mark], size: tuple[int, int], ground: str) -> Image.Image:
    """Return the marks as a picture on a plain ground."""
    picture = Image.new("RGB", size, rgb(ground))
    pen = ImageDraw.Draw(picture)
    for mark in marks:
        if isinstance(mark, Area):
            right, bottom = round(mark.x + mark.width) - 1, round(mark.y + mark.height) - 1
            pen.rectangle((round(mark.x), round(mark.y), right, bottom), fill=rgb(mark.colour))
        elif isinstance(mark, Still):
            _paste(picture, mark)
        else:
            _write(pen, mark)
    return picture


def framed(mark: Still, width: int, height: int) -> Image.Image:
    """Return a still as it stands in its frame, with its round corners cut out."""
    person = ImageOps.fit(mark.picture.convert("RGBA"), (width, height), _FINE, centering=(0.5, 0.35))
    if mark.radius:
        person.putalpha(_mask((width, height), mark.radius * width / mark.width))
    return person


def _paste(picture: Image.Image, mark: Still) -> None:
    person = framed(mark, round(mark.width), round(mark.height))
    picture.paste(person, (round(mark.x), round(mark.y)), person)


def _write(pen: ImageDraw.ImageDraw, mark: Letters) -> None:
    x = mark.x
    if mark.spacing:
        for sign in mark.text:
            _run(pen, x, mark.y, sign, mark)
            x += width_of(sign, face_for(sign, mark.face), mark.size) + mark.size * mark.spacing
        return
    for text, _face in runs(mark.text, mark.face):
        _run(pen, x, mark.y, text, mark)
        x += width_of(text, mark.face, mark.size)


def _run(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, mark: Letters) -> None:
    letters = font(face_for(text, mark.face), mark.size)
    pen.text((x, y), text, rgb(mark.colour), letters, anchor="ls", direction="ltr" if shapes() else None)


def _mask(size: tuple[int, int], radius: float) -> Image.Image:
    """Return a mask with round corners, with smooth edges."""
    large = Image.new("L", (size[0] * 4, size[1] * 4), 0)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, size[0] * 4 - 1, size[1] * 4 - 1), radius * 4, fill=255)
    return large.resize(size, _FINE)
