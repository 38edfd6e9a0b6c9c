"""Sheet: a card being laid out from its edges in: band, building block, person, who says it, and the foot."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import sqrt

from PIL import Image

from exports.cards import fitting
from exports.cards.content import Card
from exports.cards.marks import Area, Letters, Mark, Still
from exports.cards.sizes import Size
from exports.cards.theme import Align, Band, Label, LogoPlace, Theme
from exports.palette import contrast
from exports.typefaces import Face, prepared, width_of
from exports.typography import NBSP
from exports.typography import marks as quotation_marks

DOT = f" {NBSP}·{NBSP} "
"""Stands between the parts of a line."""
_DOTS = re.compile(r"[ \u00a0]+·[ \u00a0]+")
_BAND, _LABEL, _NAME, _DETAIL, _FOOT = 0.022, 0.0265, 0.034, 0.029, 0.0235
_LARGEST, _FACE, _CAPITALS = 0.128, 0.13, 0.07
_SHRINK = 0.85
"""How much smaller a line is set before it becomes two."""
_FRENCH_GAP = 0.17
"""The space after a hanging «, as a part of the type size."""
_READABLE = 4.5


@dataclass(frozen=True, slots=True)
class Plan:
    """A way of laying out: how much air, and how large the person stands."""

    margin: float
    air: float
    portrait: str = ""
    """`beside` the words, `above` them, or a `head` beside the name."""
    least: float = 1.0
    """How many times the smallest size a quote must reach, or another plan is tried."""
    leading: float = fitting.OPEN
    """The line height of small letters."""
    in_line: bool = False
    """The credit stands on one line, with the foot where there is room."""


class Sheet:
    """Everything on a card but the quote, and the room that is left for it."""

    def __init__(self, card: Card, size: Size, theme: Theme, plan: Plan) -> None:
        self.card, self.size, self.theme, self.plan = card, size, theme, plan
        self.unit = min(size.width, sqrt(size.width * size.height))
        self.fixed: list[Mark] = []
        self.column: list[Mark] = []
        """What begins where the lines of the quote do."""
        self.colour = card.colour if contrast(card.colour, theme.ground) >= _READABLE else theme.accent
        self.opening, self.closing = quotation_marks(card.language)
        self.left = max(self.unit * plan.margin, size.keep.left)
        self.right = size.width - max(self.unit * plan.margin, size.keep.right)
        self._in_row = False
        self._upright = min(self.unit, size.height) * plan.margin
        self.top = self._set_band()
        if card.face is not None and plan.portrait in ("beside", "above"):
            self._set_portrait(card.face)
        self._set_label()
        self.bottom = self._set_credit(self._set_foot())

    # ---- measures ---------------------------------------------------------------------------------------------

    @property
    def hangs(self) -> bool:
        """Tell whether the opening mark hangs out."""
        return self.theme.align is Align.LEFT

    @property
    def largest(self) -> float:
        """Return the largest size a quote is set in."""
        most = min(self.unit * _LARGEST, self.size.width * 0.14)
        return max(min(most, self.size.smallest * 1.3) if self.plan.in_line else most, self.size.smallest)

    @property
    def hang(self) -> float:
        """Return how far the opening mark hangs out, as a part of the type size."""
        gap = _FRENCH_GAP if self.opening != self.opening.strip() else 0.0
        return width_of(self.opening.strip(), self.theme.quote, 1.0) + gap

    def begins(self, size: float) -> float:
        """Return where lines begin: at the margin, or further in where the hanging mark needs the room."""
        if not self.hangs:
            return self.left
        band = self.unit * _BAND if self.theme.band is Band.LEFT else 0.0
        edge = max(self.size.edge or self.size.keep.left, band + self.unit * 0.018)
        return max(self.left, edge + self.hang * size)

    @property
    def room(self) -> float:
        """Return how wide a line may be that begins where the quote does, however large the quote will be."""
        return self.right - self.begins(self.largest)

    def centred(self, wide: float) -> float:
        """Return where a line of that width begins to stand in the middle."""
        return (self.left + self.right - wide) / 2

    # ---- above the quote --------------------------------------------------------------------------------------

    def _set_band(self) -> float:
        band = round(self.unit * _BAND)
        if self.theme.band is Band.TOP:
            self.fixed.append(Area(0, 0, self.size.width, band, self.colour))
        elif self.theme.band is Band.LEFT:
            self.fixed.append(Area(0, 0, band, self.size.height, self.colour))
        return max(self._upright + (band if self.theme.band is Band.TOP else 0), self.size.keep.top)

    def _set_portrait(self, face: Image.Image) -> None:
        """Set the person beside or above the words, in a frame with round corners."""
        size, radius = self.size, self.unit * 0.03
        if self.plan.portrait == "above":
            wide = self.right - self.left
            high = min(wide * 9 / 16, size.height * 0.3)
            self.fixed.append(Still(self.left, self.top, wide, high, face, radius))
            self.top += high + self.unit * 0.06
            return
        wide, top = size.width * 0.33, max(self._upright * 1.1, size.keep.top)
        self.right -= wide
        high = size.height - top - max(self._upright, size.keep.bottom)
        self.fixed.append(Still(self.right, top, wide, high, face, radius))
        self.right -= self.unit * 0.05

    def _set_label(self) -> None:
        theme, size = self.theme, self.unit * _LABEL
        if theme.logo is not None and theme.logo_place is LogoPlace.TOP:
            picture, wide, high = self._logo(theme.logo, self.unit * 0.07)
            x = self.left if self.hangs else self.centred(wide)
            self.column.append(Still(x, self.top, wide, high, picture))
            self.top += high + self.unit * 0.04
        label = prepared(self.card.label, theme.strong)
        if not label or theme.label is Label.NONE:
            return
        capitals = theme.label is Label.CAPITALS
        label, spacing = (label.upper(), _CAPITALS) if capitals else (label, 0.0)

        def measure(text: str, at: float) -> float:
            return width_of(text, theme.strong, at) + len(text) * at * spacing

        size *= min(1.0, max(_SHRINK, self.room / measure(label, size)))
        for line in fitting.wrapped(label, self.room * 1.001, size, measure):
            x = self.left if self.hangs else self.centred(measure(line, size))
            self.column.append(Letters(x, self.top + size * 0.74, line, theme.strong, size, self.colour, spacing))
            self.top += size * 1.3
        self.top += self.unit * (0.03 + 0.026 * self.plan.air) - size * 0.56

    def _logo(self, picture: Image.Image, high: float) -> tuple[Image.Image, float, float]:
        most = (self.right - self.left) * 0.3
        wide = picture.width * high / picture.height
        return picture, min(wide, most), high * min(1.0, most / wide)

    # ---- below the quote --------------------------------------------------------------------------------------

    def _set_foot(self) -> float:
        """Set credit line and labels at the foot, and the logo; return where they begin."""
        theme, unit, room = self.theme, self.unit, self.room
        bottom = self.size.height - max(self._upright * 0.9, self.size.keep.bottom)
        if theme.logo is not None and theme.logo_place is LogoPlace.FOOT:
            picture, wide, high = self._logo(theme.logo, unit * 0.055)
            self.fixed.append(Still(self.right - wide, bottom - high * 0.82, wide, high, picture))
            room -= wide + unit * 0.03
        place = (self.left, room)
        if self.plan.in_line and not self.card.notice and self._set_row(bottom, room):
            return bottom
        bottom = self._upward(self.card.foot, theme.plain, unit * _FOOT, theme.soft, bottom, place)
        if self.card.notice:
            bottom = self._upward(self.card.notice, theme.strong, unit * _FOOT, theme.ink, bottom, place)
        return bottom

    def _set_credit(self, bottom: float) -> float:
        """Set who says it, with their head where it is shown; return where the quote's room ends."""
        theme, unit, air = self.theme, self.unit, self.plan.air
        bottom -= unit * 0.03 * air
        begun, side = bottom, unit * _FACE * (1 if air >= 1 else 0.85)
        head = self.card.face if self.plan.portrait == "head" else None
        aside = side + unit * 0.028 if head is not None else 0.0
        name, *details = self._credit_lines()
        if self._in_row:
            return begun - unit * (_DETAIL * 1.42 + 0.055 * air) + unit * 0.03 * air
        before = len(self.column)
        place = (self.left + aside, self.room - aside)
        for line in reversed(details):
            bottom = self._upward(line, theme.plain, unit * _DETAIL, theme.soft, bottom, place)
        bottom = self._upward(name, theme.strong, unit * _NAME, theme.ink, bottom, place)
        if head is not None:
            shift = max(0.0, (side - (begun - bottom)) / 2)
            self.column[before:] = [replace(mark, y=mark.y - shift) for mark in self.column[before:]]
            top = begun - side if shift else (begun + bottom - side) / 2
            self.column.append(Still(self.left, top, side, side, _head(head), side / 2))
            self._centre(before)
            bottom = min(bottom, begun - side)
        return bottom - unit * 0.055 * air

    def _centre(self, since: int) -> None:
        """Let a head and the name beside it stand in the middle together, where everything does."""
        if self.hangs:
            return
        ends = [width_of(mark.text, mark.face, mark.size) + mark.x for mark in self.column[since:]
                if isinstance(mark, Letters)]
        shift = (self.right - max(ends, default=self.right)) / 2
        self.column[since:] = [replace(mark, x=mark.x + shift) for mark in self.column[since:]]

    def _set_row(self, bottom: float, room: float) -> bool:
        """Set who says it and the foot on one row, where they fit side by side."""
        theme, size, small = self.theme, self.unit * _DETAIL, self.unit * _FOOT * 0.88
        first, *others = self._credit_lines()
        name, details = prepared(first, theme.strong), prepared(", ".join(others), theme.plain)
        foot = prepared(self.card.foot, theme.plain)
        wide = width_of(name, theme.strong, size) + size * 0.6
        whole = wide + width_of(details, theme.plain, size)
        end = self.begins(self.largest) + room - width_of(foot, theme.plain, small)
        self._in_row = self.hangs and self.begins(self.largest) + whole + size < end
        if self._in_row:
            y = bottom - size * 0.24
            self.column.append(Letters(self.left, y, name, theme.strong, size, theme.ink))
            self.column.append(Letters(self.left + wide, y, details, theme.plain, size, theme.soft))
            self.fixed.append(Letters(end, y, foot, theme.plain, small, theme.soft))
        return self._in_row

    def _credit_lines(self) -> list[str]:
        lines, mark = list(self.card.credit), self.card.mark
        if mark and len(lines) > 1:
            return [*lines[:-1], f"{lines[-1]}{DOT}{mark}"]
        return [*lines, mark] if mark else lines

    def _upward(self, text: str, face: Face, size: float, colour: str, bottom: float,
                place: tuple[float, float]) -> float:
        """Set a text that ends at `bottom`, first smaller, then in lines; return where it begins."""
        (x, room), text = place, prepared(text, face)
        wide = width_of(text, face, size)
        if room < wide <= room / _SHRINK:
            size *= room / wide * 0.998
        for line in reversed(in_parts(text, room, size, face)):
            at = x if self.hangs or x > self.left else self.centred(width_of(line, face, size))
            self.column.append(Letters(at, bottom - size * 0.24, line, face, size, colour))
            bottom -= size * 1.42
        return bottom


def in_parts(text: str, room: float, size: float, face: Face) -> list[str]:
    """Return a text in lines, broken at its dots where it has any."""
    lines: list[str] = []
    for part in _DOTS.split(text):
        longer = f"{lines[-1]}{DOT}{part}" if lines else part
        if lines and width_of(longer, face, size) <= room:
            lines[-1] = longer
        else:
            lines += fitting.wrapped(part, room, size, lambda line, at: width_of(line, face, at))
    return lines


def _head(still: Image.Image) -> Image.Image:
    """Return the upper middle of a still, where people's heads are, as a square."""
    side = round(min(still.size) * 0.74)
    left, top = (still.width - side) // 2, round((still.height - side) * 0.3)
    return still.convert("RGB").crop((left, top, left + side, top + side))
