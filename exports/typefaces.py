"""Typefaces: the bundled fonts as Pillow uses them, and which of them can set a text."""

from __future__ import annotations

import io
import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from PIL import ImageFont

_FONTS = resources.files("exports") / "fonts"
_INVISIBLE = ("\u200d", "\ufe0e", "\ufe0f")


class Typeface(StrEnum):
    """A bundled font, by its file name."""

    QUOTE = "EBGaramond-Medium.ttf"
    PLAIN = "Inter-Regular.ttf"
    STRONG = "Inter-SemiBold.ttf"
    WORLD = "DejaVuSans.ttf"
    """For letters that the others do not hold: Greek, Cyrillic, Arabic, Hebrew, Canadian syllabics."""


@cache
def font(face: Typeface, size: float) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    return ImageFont.truetype(io.BytesIO((_FONTS / face.value).read_bytes()), size)


def face_for(text: str, wanted: Typeface) -> Typeface:
    """Return the wanted typeface, or the one for the rest of the world where it lacks a letter of `text`."""
    letters = {sign for sign in text if unicodedata.category(sign)[0] in "LN"}
    return wanted if all(_holds(wanted, sign) for sign in letters) else Typeface.WORLD


def settable(text: str, face: Typeface) -> str:
    """Return `text` without the signs that the typeface cannot draw, such as emoji; an empty box helps nobody."""
    kept = "".join(sign for sign in text if sign.isspace() or (sign not in _INVISIBLE and _holds(face, sign)))
    return " ".join(part for part in kept.split(" ") if part)


def width_of(text: str, face: Typeface, size: float) -> float:
    """Return how wide a line of text is set, in pixels: word by word, because words come back in every trial."""
    return sum(_width_of_word(word, face) for word in re.split(r"( )", text)) * size


@lru_cache(maxsize=4096)
def _width_of_word(word: str, face: Typeface) -> float:
    """Return the width at a size of one; the bundled fonts have no hints, so widths grow evenly."""
    return font(face, 100.0).getlength(word) / 100


@cache
def _holds(face: Typeface, sign: str) -> bool:
    """Tell whether the font draws the sign, by comparing it with what it draws for a sign that nobody has."""
    probe = font(face, 40.0)
    mask, missing = probe.getmask(sign), probe.getmask("\U0010fffe")
    return (mask.size, bytes(mask)) != (missing.size, bytes(missing))
