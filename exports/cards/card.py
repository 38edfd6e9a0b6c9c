"""Cards: a quote as a picture to share. The words are the picture; a face stands beside them only by consent."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from exports.cards import fitting
from exports.cards.sizes import Size
from exports.cards.theme import HOUSE, Theme
from exports.palette import INK, PAPER, SOFT, rgb
from exports.typefaces import Typeface, face_for, font, settable, width_of
from exports.typography import marks, tidy

_MARGIN, _BAND, _LABEL, _NAME, _DETAIL, _FOOT = 0.09, 0.022, 0.0265, 0.034, 0.029, 0.0225
_SMALLEST, _LARGEST = 0.044, 0.13
_FACE = 0.13
_THIN = 0.1
"""The space after a hanging «, as a part of the type size."""
_HANG = 0.62
"""How much of the margin a hanging mark may take."""
_FINE = Image.Resampling.LANCZOS


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a card shows, already permitted."""

    text: str
    language: str
    credit: tuple[str, ...]
    label: str
    colour: str
    foot: str
    face: Image.Image | None = None
    """A still of the person; only where the picture may be used."""
    notice: str = ""
    """Labels of the communities that must stand beside the quote, by name."""
    mark: str = ""
    """What must be told of the words themselves: that they are a translation."""


def draw(card: Card, size: Size, theme: Theme = HOUSE) -> Image.Image:  # noqa: ARG001
    """Return the card as a picture: band, building block, quote, who says it, and the foot."""
    picture = Image.new("RGB", (size.width, size.height), rgb(PAPER))
    pen = ImageDraw.Draw(picture)
    short, margin = size.short, round(size.short * _MARGIN)
    pen.rectangle((0, 0, size.width, round(short * _BAND)), fill=rgb(card.colour))
    top, room = round(short * _BAND) + margin, size.width - 2 * margin
    beside = card.face is not None and size.width > size.height
    if card.face is not None and beside:
        room = _portrait(picture, card.face, margin) - 2 * margin
    if card.label:
        _spaced(pen, (margin, top), card.label.upper(), short * _LABEL, card.colour)
        top += round(short * _LABEL * 2.3)
    foot_top = size.height - margin + round(short * 0.018)
    _line(pen, (margin, foot_top), card.foot, Typeface.PLAIN, short * _FOOT, SOFT, room)
    if card.notice:
        _line(pen, (margin, foot_top - round(short * _FOOT * 1.7)), card.notice, Typeface.STRONG, short * _FOOT, INK,
              room)
        foot_top -= round(short * _FOOT * 1.9)
    with_face = card.face is not None and not beside
    credit_top = foot_top - round(short * (0.05 + _FACE if with_face else 0.14))
    _credit(picture, card, (margin, credit_top), short, room, with_face=with_face)
    _quote(pen, card, (margin, top), (room, credit_top - short * 0.05 - top), short)
    return picture


def _quote(pen: ImageDraw.ImageDraw, card: Card, at: tuple[int, int], room: tuple[float, float], short: int) -> None:
    """Set the quote as large as it fits, its opening mark hanging in the margin."""
    opening, closing = marks(card.language)
    face = face_for(card.text, Typeface.QUOTE)
    text = settable(tidy(card.text, card.language), face) + closing
    hang_of_one = width_of(opening.strip(), face, 100) / 100 + (_THIN if opening != opening.strip() else 0)
    sizes = (short * _SMALLEST, short * min(_LARGEST, _HANG * _MARGIN / hang_of_one))
    setting = fitting.largest(text, room[0], room[1], sizes, lambda line, size: width_of(line, face, size))
    letters = font(face, setting.size)
    y = at[1] + setting.size * 0.80
    pen.text((at[0] - hang_of_one * setting.size, y), opening.strip(), rgb(INK), letters, anchor="ls")
    for line in setting.lines:
        pen.text((at[0], y), line, rgb(INK), letters, anchor="ls")
        y += setting.size * fitting.LEADING


def _credit(picture: Image.Image, card: Card, at: tuple[int, int], short: int, room: int, *, with_face: bool) -> None:
    pen = ImageDraw.Draw(picture)
    x, y = at
    if card.face is not None and with_face:
        side = round(short * _FACE)
        picture.paste(_head(card.face).resize((side, side), _FINE), (x, y), _mask((side, side), side // 2))
        x += side + round(short * 0.028)
        room -= side + round(short * 0.028)
        y += round((side - short * (_NAME + _DETAIL) * 1.25) / 2)
    for number, line in enumerate(card.credit):
        face, size, colour = (Typeface.PLAIN, _DETAIL, SOFT) if number else (Typeface.STRONG, _NAME, INK)
        _line(pen, (x, y), line, face, short * size, colour, room)
        y += round(short * size * 1.55)


def _portrait(picture: Image.Image, still: Image.Image, margin: int) -> int:
    """Set the person beside the words, in a frame with round corners; return where it begins."""
    width = round(picture.width * 0.34)
    height = picture.height - round(margin * 2.1)
    left, top = picture.width - margin - width, round(margin * 1.15)
    person = ImageOps.fit(still.convert("RGB"), (width, height), _FINE, centering=(0.5, 0.35))
    picture.paste(person, (left, top), _mask((width, height), round(margin * 0.4)))
    return left


def _head(still: Image.Image) -> Image.Image:
    """Return the upper middle of a still, where people's heads are, as a square."""
    side = round(min(still.size) * 0.74)
    left, top = (still.width - side) // 2, round((still.height - side) * 0.3)
    return still.convert("RGB").crop((left, top, left + side, top + side))


def _mask(size: tuple[int, int], radius: int) -> Image.Image:
    """Return a mask with round corners, with smooth edges."""
    large = Image.new("L", (size[0] * 4, size[1] * 4), 0)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, size[0] * 4 - 1, size[1] * 4 - 1), radius * 4, fill=255)
    return large.resize(size, _FINE)


def _line(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, wanted: Typeface, size: float, colour: str,
          room: int) -> None:
    """Draw one line, smaller where it would not fit."""
    face = face_for(text, wanted)
    shown = settable(text, face)
    while width_of(shown, face, size) > room and size > 12:
        size -= 0.5
    pen.text(at, shown, rgb(colour), font(face, size), anchor="la")


def _spaced(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: float, colour: str) -> None:
    """Draw a line of capitals with some air between them."""
    face = face_for(text, Typeface.STRONG)
    x = float(at[0])
    for sign in settable(text, face):
        pen.text((x, at[1]), sign, rgb(colour), font(face, size), anchor="la")
        x += width_of(sign, face, size) + size * 0.06
