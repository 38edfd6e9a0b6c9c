"""Typefaces: the bundled fonts, and an organisation's own, as Pillow uses them; which of them can set a text."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from PIL import ImageFont, features

from exports.typography import clean

_FONTS = resources.files("exports") / "fonts"
_INVISIBLE = ("\u200d", "\ufe0e", "\ufe0f")
_FROM_RIGHT = ("R", "AL", "AN")


class Typeface(StrEnum):
    """A bundled font, by its file name."""

    QUOTE = "EBGaramond-Medium.ttf"
    PLAIN = "Inter-Regular.ttf"
    STRONG = "Inter-SemiBold.ttf"
    WORLD = "DejaVuSans.ttf"
    """For letters that the others do not hold: Greek, Cyrillic, Arabic, Hebrew, Canadian syllabics."""


@dataclass(frozen=True, slots=True)
class OwnFont:
    """A font of an organisation's own, already checked."""

    name: str
    content: bytes = field(repr=False)


Face = Typeface | OwnFont


def content_of(face: Face) -> bytes:
    """Return a font's file."""
    return face.content if isinstance(face, OwnFont) else (_FONTS / face.value).read_bytes()


@lru_cache(maxsize=512)
def font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    return ImageFont.truetype(io.BytesIO(content_of(face)), size)


def face_for(text: str, wanted: Face) -> Face:
    """Return the wanted typeface, or the one for the rest of the world where it lacks a letter of `text`."""
    letters = {sign for sign in text if unicodedata.category(sign)[0] in "LNM"}
    return wanted if all(holds(wanted, sign) for sign in letters) else Typeface.WORLD


def settable(text: str, face: Face) -> str:
    """Return `text` without the signs that the typeface cannot draw, such as emoji; an empty box helps nobody."""
    kept = "".join(sign for sign in text if sign.isspace() or (sign not in _INVISIBLE and holds(face, sign)))
    return " ".join(part for part in kept.split(" ") if part)


def prepared(text: str, wanted: Face) -> str:
    """Return `text` without what neither the wanted typeface nor the one for the rest of the world can draw."""
    kept: list[str] = []
    for word in unicodedata.normalize("NFC", clean(text)).split(" "):
        left = settable(word, face_for(word, wanted))
        if kept and left != word and not any(sign.isalnum() for sign in left):
            kept[-1] += left
        elif left:
            kept.append(left)
    return " ".join(kept)


@lru_cache(maxsize=2048)
def runs(text: str, wanted: Face) -> tuple[tuple[str, Face], ...]:
    """Return a line in stretches of one typeface each; a line that runs from right to left stays whole."""
    if runs_from_right(text):
        return ((text, face_for(text, wanted)),)
    found: list[tuple[str, Face]] = []
    for part in re.split(r"(?<= )", text):
        face = face_for(part, wanted)
        if found and found[-1][1] == face:
            found[-1] = (found[-1][0] + part, face)
        elif part:
            found.append((part, face))
    return tuple(found)


def runs_from_right(text: str) -> bool:
    """Tell whether some of it is written from right to left."""
    return any(unicodedata.bidirectional(sign) in _FROM_RIGHT for sign in text)


def width_of(text: str, face: Face, size: float) -> float:
    """Return how wide a line of text is set, in pixels: word by word, because words come back in every trial."""
    return sum(_width_of_word(word, face_for(word, face)) for word in re.split(r"( )", text)) * size


@lru_cache(maxsize=8192)
def _width_of_word(word: str, face: Face) -> float:
    """Return the width at a size of one; the bundled fonts have no hints, so widths grow evenly."""
    return font(face, 100.0).getlength(word) / 100


@lru_cache(maxsize=8192)
def holds(face: Face, sign: str) -> bool:
    """Tell whether the font draws the sign, by comparing it with what it draws for a sign that nobody has."""
    probe = font(face, 40.0)
    mask = probe.getmask(sign)
    return (mask.size, bytes(mask)) != _missing(face)


@cache
def shapes() -> bool:
    """Tell whether text is shaped here: ligatures, and scripts that run from right to left."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=64)
def _missing(face: Face) -> tuple[tuple[int, int], bytes]:
    mask = font(face, 40.0).getmask("\U0010fffe")
    return mask.size, bytes(mask)
