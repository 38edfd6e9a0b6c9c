"""Marks: what stands where on a sheet, in pixels from its top left; a picture or a page is painted from them."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from exports.typefaces import Face


@dataclass(frozen=True, slots=True)
class Area:
    """A plain area of colour."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Letters:
    """A line of text, by its left end and its baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: str
    spacing: float = 0.0
    """Air between the letters, as a part of the size."""
    said: bool = False
    """It is part of the quote."""


@dataclass(frozen=True, slots=True)
class Still:
    """A picture in a frame with round corners; a radius of half its side makes a circle."""

    x: float
    y: float
    width: float
    height: float
    picture: Image.Image
    radius: float = 0.0


Mark = Area | Letters | Still
