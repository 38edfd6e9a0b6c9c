"""PDF: marks become pages for a printer: letters stay letters, in embedded fonts, with bleed and crop marks."""

# ruff: noqa: SLF001 - reportlab has no call for kerned text in a subset of a font

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from exports.cards.marks import Area, Letters, Mark, Still
from exports.cards.painting import framed, painted
from exports.palette import rgb
from exports.typefaces import Face, OwnFont, Typeface, content_of, face_for, font, holds, runs, runs_from_right, shapes
from exports.typefaces import width_of as line_width
from exports.typography import clean

_MM = 72 / 25.4
_SLUG = 9 * _MM
"""Paper round the bleed, for the crop marks."""
_CROP = 5 * _MM
_DPI = 300
_FINE_DPI = 600
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_LIGATURE = re.compile("ffi|ffl|ff|fi|fl")
_APART = {f"<{ord(one):04X}>": "<" + "".join(f"{ord(sign):04X}" for sign in said) + ">"
          for said, one in _LIGATURES.items()}


@dataclass(frozen=True, slots=True)
class Format:
    """A page: its size when it is cut, in points, and how far colour goes beyond the cut."""

    width: float
    height: float
    bleed: float = 0.0

    @property
    def around(self) -> float:
        """Return how much paper there is on each side of what is cut out."""
        return self.bleed + _SLUG if self.bleed else 0.0


class Pages:
    """A PDF on its way, page by page."""

    def __init__(self, title: str, author: str, subject: str, language: str) -> None:
        self._into = io.BytesIO()
        self._canvas = Canvas(self._into, pageCompression=1, invariant=1, lang=f"{language}-CA", pdfVersion=(1, 6),
                              initialFontName=_registered(Typeface.PLAIN))
        self._canvas.setTitle(clean(title))
        self._canvas.setAuthor(clean(author))
        self._canvas.setSubject(clean(subject))
        self._canvas.setCreator("Storybank")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._scale = 1.0
        self._format = Format(0, 0)

    def add(self, marks: Sequence[Mark], page: Format, ground: str, scale: float = 1.0) -> None:
        """Add a page with marks on it; `scale` says how many points one of their pixels is."""
        self._format, self._scale = page, scale
        around, canvas = page.around, self._canvas
        canvas.setPageSize((page.width + 2 * around, page.height + 2 * around))
        canvas.setTrimBox((around, around, around + page.width, around + page.height))
        edge = around - page.bleed
        canvas.setBleedBox((edge, edge, around + page.width + page.bleed, around + page.height + page.bleed))
        self._fill(-page.bleed, -page.bleed, page.width + 2 * page.bleed, page.height + 2 * page.bleed, ground)
        for mark in marks:
            if isinstance(mark, Area):
                self._area(mark)
            elif isinstance(mark, Still):
                self._still(mark)
            else:
                self._letters(mark)
        if page.bleed:
            self._crop_marks()
        canvas.showPage()

    def save(self, to: Path) -> None:
        """Write the file, the same bytes for the same pages."""
        self._canvas.save()
        self._into.seek(0)
        with pikepdf.open(self._into) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                    told = thing.ToUnicode.read_bytes().decode("latin-1")
                    for one, said in _APART.items():
                        told = told.replace(one, said)
                    thing.ToUnicode.write(told.encode("latin-1"))
            pdf.save(to, deterministic_id=True, compress_streams=True)

    # ---- marks ------------------------------------------------------------------------------------------------

    def _up(self, y: float) -> float:
        return self._format.around + self._format.height - y

    def _fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self._canvas.setFillColorRGB(*_parts(colour))
        self._canvas.rect(self._format.around + x, self._up(y + height), width, height, stroke=0, fill=1)

    def _area(self, mark: Area) -> None:
        """Fill an area; one that touches an edge goes on into the bleed."""
        scale, page = self._scale, self._format
        left, top = mark.x * scale, mark.y * scale
        right, bottom = left + mark.width * scale, top + mark.height * scale
        left, top = (left if left > 0.5 else -page.bleed), (top if top > 0.5 else -page.bleed)
        right = right if right < page.width - 0.5 else page.width + page.bleed
        bottom = bottom if bottom < page.height - 0.5 else page.height + page.bleed
        self._fill(left, top, right - left, bottom - top, mark.colour)

    def _still(self, mark: Still) -> None:
        scale = self._scale
        width, height = mark.width * scale, mark.height * scale
        shown = framed(mark, round(width / 72 * _DPI), round(height / 72 * _DPI))
        self._picture(shown, mark.x * scale, mark.y * scale, width, height)

    def _picture(self, picture: Image.Image, x: float, y: float, width: float, height: float) -> None:
        self._canvas.drawImage(ImageReader(picture), self._format.around + x, self._up(y + height), width, height,
                               mask="auto")

    def _letters(self, mark: Letters) -> None:
        if not mark.text.strip():
            return
        x = mark.x
        if any(_must_be_drawn(text) for text, _ in runs(mark.text, mark.face)):
            self._drawn(mark)
            return
        for text, _ in runs(mark.text, mark.face):
            self._run(replace(mark, x=x, text=text), face_for(text, mark.face))
            x += line_width(text, mark.face, mark.size)

    def _run(self, mark: Letters, face: Face) -> None:
        """Write letters of one face, each as far from the one before as the font asks."""
        type_, size = pdfmetrics.getFont(_registered(face)), mark.size * self._scale
        text = _with_ligatures(mark.text, face) if not mark.spacing else mark.text
        at = (mark.x * self._scale + self._format.around, self._up(mark.y * self._scale))
        code = [f"BT {' '.join(map(_number, at))} Td", f"{' '.join(map(_number, _parts(mark.colour)))} rg"]
        current, before = -1, ""
        pieces: list[str] = []
        for sign in text:
            ((subset, raw),) = type_.splitString(sign, self._canvas._doc)
            if subset != current:
                code += [f"[{''.join(pieces)}] TJ"] if pieces else []
                pieces, current = [], subset
                code.append(f"{type_.getSubsetInternalName(subset, self._canvas._doc)} {_number(size)} Tf")
            shift = (_kern(before, sign, face) + mark.spacing) if before else 0.0
            if abs(shift) > 0.0005:
                pieces.append(_number(-shift * 1000))
            pieces.append(f"<{raw.hex()}>")
            before = sign
        self._canvas._code += [*code, f"[{''.join(pieces)}] TJ ET"]

    def _drawn(self, mark: Letters) -> None:
        """Set a line that cannot be written letter by letter as a picture, with its words beside it for readers."""
        scale = _FINE_DPI / 72 * self._scale
        high, wide = mark.size * 1.6, line_width(mark.text, mark.face, mark.size) + mark.size
        placed = replace(mark, x=0.1 * mark.size * scale, y=mark.size * 1.1 * scale, size=mark.size * scale,
                         colour="FFFFFF")
        ink = painted([placed], (round(wide * scale), round(high * scale)), "000000").convert("L")
        picture = Image.new("RGBA", ink.size, rgb(mark.colour))
        picture.putalpha(ink)
        words = f"\ufeff{mark.text}".encode("utf-16-be").hex()
        self._canvas._code.append(f"/Span <</ActualText <{words}>>> BDC")
        self._picture(picture, (mark.x - 0.1 * mark.size) * self._scale, (mark.y - mark.size * 1.1) * self._scale,
                      wide * self._scale, high * self._scale)
        self._canvas._code.append("EMC")

    def _crop_marks(self) -> None:
        page, canvas = self._format, self._canvas
        canvas.setStrokeColorRGB(0, 0, 0)
        canvas.setLineWidth(0.25)
        near, far = page.bleed + 1 * _MM, page.bleed + 1 * _MM + _CROP
        for x in (page.around, page.around + page.width):
            out = -1 if x == page.around else 1
            for y in (page.around, page.around + page.height):
                down = -1 if y == page.around else 1
                canvas.line(x + out * near, y, x + out * far, y)
                canvas.line(x, y + down * near, x, y + down * far)


def _must_be_drawn(text: str) -> bool:
    """Tell whether the letters of a text change with their neighbours, or stand on each other."""
    return runs_from_right(text) or any(0x300 <= ord(sign) < 0x370 for sign in text)


def _with_ligatures(text: str, face: Face) -> str:
    return _LIGATURE.sub(lambda found: one if holds(face, one := _LIGATURES[found[0]]) else found[0], text)


@cache
def _kern(before: str, sign: str, face: Face) -> float:
    """Return how much closer or further than their widths two letters stand, at a size of one."""
    letters, plain = font(face, 200.0), ["-liga", "-clig"] if shapes() else None
    pair = letters.getlength(before + sign, features=plain)
    return float(pair - letters.getlength(before, features=plain) - letters.getlength(sign, features=plain)) / 200


@cache
def can_embed(face: Face) -> bool:
    """Tell whether a font can be put into a PDF: not where it forbids that, or its curves are of the other kind."""
    try:
        _registered(face)
    except TTFError:
        return False
    return True


@cache
def _registered(face: Face) -> str:
    """Make a font known under a name of its own."""
    own = isinstance(face, OwnFont)
    name = f"own-{hashlib.sha256(content_of(face)).hexdigest()[:16]}" if own else Path(str(face)).stem
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(content_of(face))))
    return name


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = rgb(colour)
    return red / 255, green / 255, blue / 255


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
