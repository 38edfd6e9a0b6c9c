"""Layout: where everything on a card stands, from the edges in; the quote gets all the room that is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from PIL import Image

from exports.cards import fitting
from exports.cards.content import Card
from exports.cards.marks import Area, Letters, Mark, Still
from exports.cards.sizes import Size
from exports.cards.theme import Align, Band, Label, LogoPlace, Theme
from exports.palette import contrast
from exports.typefaces import Face, prepared, width_of
from exports.typography import marks as quotation_marks
from exports.typography import tidy

_BAND, _LABEL, _NAME, _DETAIL, _FOOT = 0.022, 0.0265, 0.034, 0.029, 0.0235
_LARGEST, _FACE, _CAPITALS = 0.128, 0.13, 0.07
_FRENCH_GAP = 0.17
"""The space after a hanging «, as a part of the type size."""
_FLOAT = {True: 0.36, False: 0.16}
"""How far a short quote sinks into the room it does not fill: on an upright sheet, and on others."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A way of laying out: how much air, and how large the person stands."""

    margin: float
    air: float
    portrait: str = ""
    """`beside` the words, `above` them, or a `head` beside the name."""
    least: float = 1.0
    """How many times the smallest size a quote must reach, or another plan is tried."""


_AIRY, _SNUG = (0.09, 1.0), (0.062, 0.6)


def laid_out(card: Card, size: Size, theme: Theme) -> list[Mark]:
    """Return what stands where: with much air where the words allow it, else with less, at last cut."""
    plans = list(_plans(card, size))
    for plan in plans:
        sheet = _Sheet(card, size, theme, plan)
        setting = sheet.setting()
        if setting is not None:
            return sheet.marks(setting)
    sheet = _Sheet(card, size, theme, plans[-1])
    return sheet.marks(sheet.cut())


def _plans(card: Card, size: Size) -> Iterator[_Plan]:
    if card.face is not None:
        shape = size.width / size.height
        if shape > 1.3:
            yield _Plan(*_AIRY, "beside", 1.1)
        elif shape < 0.62:
            yield _Plan(*_AIRY, "above", 1.35)
        yield _Plan(*_AIRY, "head")
        yield _Plan(*_SNUG, "head")
    else:
        yield _Plan(*_AIRY)
        yield _Plan(*_SNUG)


class _Sheet:
    """A card being laid out by one plan."""

    def __init__(self, card: Card, size: Size, theme: Theme, plan: _Plan) -> None:
        self._card, self._size, self._theme, self._plan = card, size, theme, plan
        self._unit = min(size.width, sqrt(size.width * size.height))
        self._marks: list[Mark] = []
        self._colour = card.colour if contrast(card.colour, theme.ground) >= 4.5 else theme.accent
        self._left = max(self._unit * plan.margin, size.keep.left)
        self._right = size.width - max(self._unit * plan.margin, size.keep.right)
        self._opening, self._closing = quotation_marks(card.language)
        text = prepared(tidy(card.text, card.language), theme.quote)
        self._text = text + self._closing if self._hangs else f"{self._opening}{text}{self._closing}"
        self._top = self._upper_edge()
        if card.face is not None and plan.portrait in ("beside", "above"):
            self._set_portrait(card.face)
        self._set_label()
        self._bottom = self._set_foot()
        self._bottom = self._set_credit(self._bottom)

    # ---- the quote --------------------------------------------------------------------------------------------

    def setting(self) -> fitting.Setting | None:
        """Return how the quote is set, where it fits as large as the plan asks."""
        found = fitting.fitted(self._text, self._frame(), self._measure)
        return found if found and found.size >= self._size.smallest * self._plan.least * 0.999 else None

    def cut(self) -> fitting.Setting:
        """Return as much of the quote as fits."""
        closing = self._closing
        text = self._text.removesuffix(closing)
        found = fitting.cut(text, self._frame(), self._measure)
        return fitting.Setting((*found.lines[:-1], found.lines[-1] + closing), found.size, found.leading, is_cut=True)

    def marks(self, setting: fitting.Setting) -> list[Mark]:
        """Return everything on the card, the quote set as given."""
        theme, size = self._theme, setting.size
        free = self._bottom - self._top - setting.height
        y = self._top + size * 0.78 + max(0.0, free) * _FLOAT[self._size.height > self._size.width * 1.1]
        begins = self._begins(size)
        if self._hangs:
            self._letters(begins - self._hang * size, y, self._opening.strip(), theme.quote, size, theme.ink, said=True)
        for line in setting.lines:
            x = begins if self._hangs else self._centred(line, size)
            self._letters(x, y, line, theme.quote, size, theme.ink, said=True)
            y += size * setting.leading
        return self._marks

    def _frame(self) -> fitting.Frame:
        largest = min(self._unit * _LARGEST, self._size.width * 0.14)
        return fitting.Frame(lambda size: self._right - self._begins(size), self._bottom - self._top,
                             self._size.smallest, max(largest, self._size.smallest))

    def _measure(self, text: str, size: float) -> float:
        return width_of(text, self._theme.quote, size)

    @property
    def _hangs(self) -> bool:
        return self._theme.align is Align.LEFT

    @property
    def _hang(self) -> float:
        """Return how far the opening mark hangs out, as a part of the type size."""
        gap = _FRENCH_GAP if self._opening != self._opening.strip() else 0.0
        return self._measure(self._opening.strip(), 1.0) + gap

    def _begins(self, size: float) -> float:
        """Return where lines begin: at the margin, or further in where the hanging mark needs the room."""
        return max(self._left, self._ink_edge + self._hang * size) if self._hangs else self._left

    @property
    def _ink_edge(self) -> float:
        """Return how far out the hanging mark may stand."""
        band = self._unit * _BAND if self._theme.band is Band.LEFT else 0.0
        return max(self._size.edge or self._size.keep.left, band + self._unit * 0.018)

    def _centred(self, line: str, size: float) -> float:
        return (self._left + self._right - self._measure(line, size)) / 2

    # ---- above it ---------------------------------------------------------------------------------------------

    def _upper_edge(self) -> float:
        size, band = self._size, self._unit * _BAND
        if self._theme.band is Band.TOP:
            self._marks.append(Area(0, 0, size.width, round(band), self._colour))
        elif self._theme.band is Band.LEFT:
            self._marks.append(Area(0, 0, round(band), size.height, self._colour))
        over = band if self._theme.band is Band.TOP else 0.0
        return max(over + self._upright_margin, size.keep.top)

    @property
    def _upright_margin(self) -> float:
        return min(self._unit, self._size.height) * self._plan.margin

    def _set_label(self) -> None:
        theme, size = self._theme, self._unit * _LABEL
        logo = self._set_logo_above() if theme.logo and theme.logo_place is LogoPlace.TOP else 0.0
        label = prepared(self._card.label, theme.strong)
        if not label or theme.label is Label.NONE:
            self._top += logo + (self._unit * 0.02 if logo else 0.0)
            return
        capitals = theme.label is Label.CAPITALS
        label, spacing = (label.upper(), _CAPITALS) if capitals else (label, 0.0)
        room = self._right - self._left
        while (wide := width_of(label, theme.strong, size) + len(label) * size * spacing) > room and size > 8:
            size *= 0.98
        x = self._left if self._hangs else (self._left + self._right - wide) / 2
        self._top += logo
        self._marks.append(Letters(x, self._top + size * 0.74, label, theme.strong, size, self._colour, spacing))
        self._top += size * 0.74 + self._unit * 0.052 * self._plan.air

    def _set_logo_above(self) -> float:
        placed = self._logo(self._unit * 0.07)
        if placed is None:
            return 0.0
        picture, wide, high = placed
        x = self._left if self._hangs else (self._left + self._right - wide) / 2
        self._marks.append(Still(x, self._top, wide, high, picture))
        return high + self._unit * 0.035

    def _logo(self, high: float) -> tuple[Image.Image, float, float] | None:
        picture = self._theme.logo
        if picture is None:
            return None
        most = (self._right - self._left) * 0.3
        wide = picture.width * high / picture.height
        return picture, min(wide, most), high * min(1.0, most / wide)

    def _set_portrait(self, face: Image.Image) -> None:
        """Set the person beside or above the words, in a frame with round corners."""
        size, air, radius = self._size, self._unit * 0.05, self._unit * 0.035
        if self._plan.portrait == "above":
            high = min((self._right - self._left) * 9 / 16, size.height * 0.3)
            self._marks.append(Still(self._left, self._top, self._right - self._left, high, face, radius))
            self._top += high + air * 1.2
            return
        wide, top = size.width * 0.34, max(self._upright_margin * 1.1, size.keep.top)
        self._right -= wide
        high = size.height - top - max(self._upright_margin, size.keep.bottom)
        self._marks.append(Still(self._right, top, wide, high, face, radius))
        self._right -= air

    # ---- below it ---------------------------------------------------------------------------------------------

    def _set_foot(self) -> float:
        """Set credit line and labels at the foot, and the logo; return where they begin."""
        theme, unit = self._theme, self._unit
        bottom = self._size.height - max(self._upright_margin * 0.9, self._size.keep.bottom)
        room = self._right - self._left
        placed = self._logo(unit * 0.055) if theme.logo_place is LogoPlace.FOOT else None
        if placed is not None:
            picture, wide, high = placed
            self._marks.append(Still(self._right - wide, bottom - high * 0.82, wide, high, picture))
            room -= wide + unit * 0.03
        bottom = self._upward(self._card.foot, theme.plain, unit * _FOOT, theme.soft, room, bottom)
        if self._card.notice:
            bottom = self._upward(self._card.notice, theme.strong, unit * _FOOT, theme.ink, room, bottom)
        return bottom

    def _set_credit(self, bottom: float) -> float:
        """Set who says it, with their head where it is shown; return where the quote's room ends."""
        theme, unit, air = self._theme, self._unit, self._plan.air
        bottom -= unit * 0.03 * air
        x, room, begun = self._left, self._right - self._left, bottom
        head = self._card.face if self._plan.portrait == "head" else None
        side = unit * _FACE * (1 if air >= 1 else 0.85)
        if head is not None:
            x, room = x + side + unit * 0.028, room - side - unit * 0.028
        lines = [(line, theme.plain, _DETAIL, theme.soft) if number else (line, theme.strong, _NAME, theme.ink)
                 for number, line in enumerate(self._credit_lines())]
        before = len(self._marks)
        for line, face, size, colour in reversed(lines):
            bottom = self._upward(line, face, unit * size, colour, room, bottom, x=x)
        if head is not None:
            high = begun - bottom
            shift = (side - high) / 2 if side > high else 0.0
            self._shift(before, -shift)
            self._marks.append(Still(self._left, begun - side if shift else begun - (high + side) / 2, side, side,
                                     _head(head), side / 2))
            bottom = min(bottom, begun - side)
        return bottom - unit * 0.055 * air

    def _credit_lines(self) -> list[str]:
        lines = list(self._card.credit)
        if self._card.mark:
            lines = [*lines[:-1], f"{lines[-1]} {self._card.mark}"] if len(lines) > 1 else [*lines, self._card.mark]
        return lines

    def _upward(self, text: str, face: Face, size: float, colour: str, room: float, bottom: float,
                x: float | None = None) -> float:
        """Set a text in up to two lines that end at `bottom`; return where it begins."""
        text = prepared(text, face)
        lines = fitting.wrapped(text, room, size, lambda line, at: width_of(line, face, at))
        while len(lines) > 2 and size > self._unit * 0.014:
            size *= 0.96
            lines = fitting.wrapped(text, room, size, lambda line, at: width_of(line, face, at))
        for line in reversed(lines):
            at = self._left if x is None else x
            if not self._hangs and (x is None or self._plan.portrait != "head"):
                at = self._centred_in(line, face, size)
            self._letters(at, bottom - size * 0.24, line, face, size, colour)
            bottom -= size * 1.42
        return bottom

    def _centred_in(self, line: str, face: Face, size: float) -> float:
        return (self._left + self._right - width_of(line, face, size)) / 2

    def _shift(self, since: int, by: float) -> None:
        for number, mark in enumerate(self._marks[since:], since):
            if isinstance(mark, Letters):
                self._marks[number] = Letters(mark.x, mark.y + by, mark.text, mark.face, mark.size, mark.colour)

    def _letters(self, x: float, y: float, text: str, face: Face, size: float, colour: str, *,
                 said: bool = False) -> None:
        self._marks.append(Letters(x, y, text, face, size, colour, said=said))


def _head(still: Image.Image) -> Image.Image:
    """Return the upper middle of a still, where people's heads are, as a square."""
    side = round(min(still.size) * 0.74)
    left, top = (still.width - side) // 2, round((still.height - side) * 0.3)
    return still.convert("RGB").crop((left, top, left + side, top + side))
