"""Sizes: the frames of cards by what they are for, and where in each the words must stay."""

from __future__ import annotations

from dataclasses import dataclass, field

INCH_MM = 25.4
PRINT_DPI = 300


@dataclass(frozen=True, slots=True)
class Keep:
    """How far from each edge words must keep, in pixels, because the place it is shown in covers or crops the rest."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


@dataclass(frozen=True, slots=True)
class Size:
    """The frame of a card, in pixels."""

    width: int
    height: int
    use: str = ""
    """What it is for, as part of a file name."""
    keep: Keep = field(default=Keep())
    edge: float = 0.0
    """How far in a quotation mark may hang out to; by default as far as the words may."""
    least: float = 0.0
    """The smallest size a quote may be set in; by default 48 pixels at a width of 1080."""

    @property
    def short(self) -> int:
        """Return the shorter side, which all measures go by."""
        return min(self.width, self.height)

    @property
    def smallest(self) -> float:
        """Return the smallest size in which a quote may be set in it."""
        return self.least or self.width * 48 / 1080

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


PORTRAIT = Size(1080, 1350, "portrait", Keep(97, 97, 97, 97), 42)
"""Instagram's own; the grid of a profile shows it cropped to 3:4, by 34 pixels at each side."""
SQUARE = Size(1080, 1080, "square", Keep(135, 54, 135, 54))
"""Instagram, Facebook, LinkedIn; the grid of a profile shows only the middle 810 pixels."""
STORY = Size(1080, 1920, "story", Keep(97, 250, 97, 250), 42)
"""Stories and covers of reels; above and below, the program's own buttons lie over the picture."""
WIDE = Size(1200, 675, "wide", Keep(60, 34, 60, 34))
"""X."""
FEED = Size(1200, 627, "feed", Keep(60, 32, 60, 32))
"""LinkedIn."""
LINK = Size(1200, 630, "link", Keep(60, 32, 60, 32))
"""Facebook, and the picture beside a link anywhere (Open Graph)."""

ONLINE = (PORTRAIT, SQUARE, STORY, WIDE, FEED, LINK)
"""Every size for the web."""


def printed(width_mm: float, height_mm: float, use: str) -> Size:
    """Return a size for print, in pixels at 300 dpi; words keep 8 mm from where the sheet is cut."""
    keep = round(8 / INCH_MM * PRINT_DPI)
    return Size(round(width_mm / INCH_MM * PRINT_DPI), round(height_mm / INCH_MM * PRINT_DPI), use,
                Keep(keep, keep, keep, keep), keep / 2)


POSTCARD = printed(105, 148, "postcard")
"""A6, upright."""
POSTER = printed(215.9, 279.4, "poster")
"""Letter."""
SLIDE = Size(1920, 1080, "slide", Keep(96, 54, 96, 54))
"""A screen in a room."""

PRINT = (POSTCARD, POSTER)
"""Every size for a printer."""
