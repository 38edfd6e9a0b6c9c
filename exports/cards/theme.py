"""Theme: how cards look, as a file: colours, typefaces, a logo and a few choices. It never takes away a credit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from pathlib import Path

from PIL import Image

from exports.cards.theme_reading import Reading
from exports.palette import BLOCKS, INK, PAPER, PRIMARY, SOFT
from exports.typefaces import Face, Typeface
from storybank.domain.remark import Remark, Weight
from storybank.domain.twin import Twin
from storybank.errors import Invalid
from storybank.words import say


class Band(StrEnum):
    """Where the band in the building block's colour lies."""

    TOP = "top"
    LEFT = "left"
    NONE = "none"


class Align(StrEnum):
    """How a quote is set."""

    LEFT = "left"
    CENTRE = "centre"


class Label(StrEnum):
    """How the building block is named."""

    CAPITALS = "capitals"
    PLAIN = "plain"
    NONE = "none"


class LogoPlace(StrEnum):
    """Where the logo stands."""

    TOP = "top"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Theme:
    """How cards look; by default like the house, in daylight."""

    name: Twin = field(default=Twin("House, light", "Maison, clair"))
    ground: str = PAPER
    ink: str = INK
    soft: str = SOFT
    accent: str = PRIMARY
    """For what belongs to no building block."""
    blocks: Mapping[str, str] = field(default_factory=lambda: dict(BLOCKS))
    quote: Face = Typeface.QUOTE
    plain: Face = Typeface.PLAIN
    strong: Face = Typeface.STRONG
    band: Band = Band.TOP
    align: Align = Align.LEFT
    label: Label = Label.CAPITALS
    logo: Image.Image | None = None
    logo_place: LogoPlace = LogoPlace.FOOT

    def block_colour(self, key: str) -> str:
        """Return a building block's colour; a block of the organisation's own wears the accent."""
        return self.blocks.get(key, self.accent)


HOUSE = Theme()
"""Ours."""
SHIPPED = ("house", "house-dark", "plain", "print")
"""The themes that come with Storybank, by their files."""


def shipped(name: str) -> Theme:
    """Return a theme that comes with Storybank."""
    if name not in SHIPPED:
        raise Invalid(say("There is no theme named {name}.", name=name))
    with resources.as_file(resources.files("exports") / "cards" / "themes") as folder:
        return read_theme(folder / f"{name}.json")


def read_theme(path: Path) -> Theme:
    """Return the theme that a file describes; raise `Invalid` with the first reason why not."""
    reading = Reading(path)
    stops = [remark for remark in reading.remarks if remark.weight is Weight.STOP]
    if stops:
        raise Invalid(stops[0].message, hint=stops[0].hint)
    return _theme_of(reading)


def remarks_on(path: Path) -> tuple[Remark, ...]:
    """Return everything that is wrong with a theme's file, in plain words; none where it is good."""
    return Reading(path).remarks


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the files beside a theme that it needs: its logo and its typefaces."""
    return Reading(path).files


def _theme_of(reading: Reading) -> Theme:
    colours, layout = reading.colours, reading.layout
    return Theme(
        reading.name, colours["ground"], colours["ink"], colours["soft"], colours["accent"],
        {key: colours[key] for key in BLOCKS}, reading.fonts["quote"], reading.fonts["plain"],
        reading.fonts["strong"], Band(layout["band"]), Align(layout["align"]), Label(layout["label"]), reading.logo,
        LogoPlace(layout["logo"]),
    )  # fmt: skip
