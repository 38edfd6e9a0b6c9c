"""Slides: a deck for a room: real text in real placeholders, notes for the speaker, alt text for every picture."""

# ruff: noqa: SLF001 - python-pptx hands out its XML under names with an underscore only

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from PIL import Image
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from exports.palette import INK, PAPER, PRIMARY, SOFT, WASH, rgb
from exports.typography import clean

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
_MARGIN = Inches(0.9)
_PLAIN, _SERIF = "Arial", "Georgia"
"""Faces that every machine in a meeting room has."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TITLE_ONLY = 5
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A text on a slide."""

    text: str
    size: float
    colour: str = INK
    strong: bool = False
    serif: bool = False
    language: str = "en"


class Deck:
    """A deck that is being made."""

    def __init__(self, language: str) -> None:
        self._made: Any = pptx.Presentation()
        self._made.slide_width, self._made.slide_height = WIDTH, HEIGHT
        self._language = language
        _house_style(self._made)

    def slide(self, title: Line, *, top: float = 0.75, height: float = 1.2, ground: str = PAPER, band: str = "",
              notes: str = "", width: float = 0) -> Any:  # noqa: ANN401 - python-pptx has no types
        """Add a slide with its title; `band` is the colour along its upper edge."""
        made = self._made.slides.add_slide(self._made.slide_layouts[_TITLE_ONLY])
        made.background.fill.solid()
        made.background.fill.fore_color.rgb = _rgb(ground)
        if band:
            _bar(made, band)
        place = made.shapes.title
        place.left, place.top = _MARGIN, Inches(top)
        place.width, place.height = (Inches(width) if width else WIDTH - 2 * _MARGIN), Inches(height)
        _fill(place.text_frame, [title])
        for other in list(made.placeholders):
            if other.placeholder_format.idx != 0:
                other._element.getparent().remove(other._element)
        if notes:
            self._note(made, notes)
        return made

    def text(self, slide: Any, lines: list[Line], top: float, height: float, *,  # noqa: ANN401
             width: float = 0, bottom: bool = False) -> None:
        """Set lines below one another on a slide; measures in inches."""
        wide = Inches(width) if width else WIDTH - 2 * _MARGIN
        box = slide.shapes.add_textbox(_MARGIN, Inches(top), wide, Inches(height))
        _fill(box.text_frame, lines)
        if bottom:
            box.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM

    def picture(self, slide: Any, picture: Image.Image, alt: str, left: float, top: float,  # noqa: ANN401
                width: float) -> None:
        """Set a picture on a slide, described for who cannot see it."""
        held = io.BytesIO()
        picture.save(held, "PNG")
        held.seek(0)
        _describe(slide.shapes.add_picture(held, Inches(left), Inches(top), width=Inches(width)), alt)

    def film(self, slide: Any, film: Path, poster: Image.Image, alt: str, left: float, top: float,  # noqa: ANN401
             width: float) -> None:
        """Set a film on a slide; it plays when it is clicked."""
        held = io.BytesIO()
        poster.save(held, "PNG")
        held.seek(0)
        shape = slide.shapes.add_movie(str(film), Inches(left), Inches(top), Inches(width), Inches(width * 9 / 16),
                                       poster_frame_image=held, mime_type="video/mp4")
        _describe(shape, alt)

    def save(self, to: Path, *, title: str, author: str, identifier: str, made_at: str) -> None:
        """Save the deck, so that the same content makes the same bytes."""
        card = self._made.core_properties
        card.title, card.author, card.identifier = title[:255], author[:255], identifier
        card.last_modified_by, card.language, card.revision = author[:255], f"{self._language}-CA", 1
        card.subject, card.keywords, card.comments = "", "", ""
        card.created = card.modified = datetime.fromisoformat(made_at).replace(microsecond=0, tzinfo=None)
        raw = io.BytesIO()
        self._made.save(raw)
        with zipfile.ZipFile(raw) as made, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
                if name != "docProps/thumbnail.jpeg":
                    entry = zipfile.ZipInfo(name, _LONG_AGO)
                    entry.create_system, entry.external_attr = 3, 0o644 << 16
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, _without_thumbnail(name, made.read(name)))

    def _note(self, slide: Any, text: str) -> None:  # noqa: ANN401
        frame = slide.notes_slide.notes_text_frame
        frame.text = text
        for run in frame._txBody.iter(f"{_A}rPr"):
            run.set("lang", f"{self._language}-CA")


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*rgb(colour))  # type: ignore[no-untyped-call]


def _fill(frame: Any, lines: list[Line]) -> None:  # noqa: ANN401
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(line.size * 0.35)
        run = paragraph.add_run()
        run.text = clean(line.text)
        run.font.size, run.font.bold = Pt(line.size), line.strong
        run.font.name = _SERIF if line.serif else _PLAIN
        run.font.color.rgb = _rgb(line.colour)
        run._r.get_or_add_rPr().set("lang", f"{line.language}-CA")


def _bar(slide: Any, colour: str) -> None:  # noqa: ANN401
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, WIDTH, Inches(0.16))
    bar.fill.solid()
    bar.fill.fore_color.rgb = _rgb(colour)
    bar.line.fill.background()
    style = bar._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}style")
    bar._element.remove(style)
    _describe(bar, "")
    slide.shapes._spTree.remove(bar._element)
    slide.shapes._spTree.insert(2, bar._element)


def _describe(shape: Any, alt: str) -> None:  # noqa: ANN401
    """Give a shape its alt text; without one it is only there to be looked at, and marked so."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", clean(alt))
    if not alt:
        etree.SubElement(
            etree.SubElement(etree.SubElement(properties, f"{_A}extLst"), f"{_A}ext",
                             {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"}),
            "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative", {"val": "1"},
        )


def _house_style(made: Any) -> None:  # noqa: ANN401
    """Give the deck's theme our faces and colours, so that what people add looks the same."""
    master = made.slide_master
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    for face in theme.iter(f"{_A}latin"):
        face.set("typeface", _PLAIN)
    colours = {"dk1": INK, "lt1": "FFFFFF", "dk2": SOFT, "lt2": PAPER, "accent1": PRIMARY, "accent2": WASH}
    for name, colour in colours.items():
        for holder in theme.iter(f"{_A}{name}"):
            for child in list(holder):
                holder.remove(child)
            etree.SubElement(holder, f"{_A}srgbClr", {"val": colour})
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_thumbnail(name: str, content: bytes) -> bytes:
    if name != "_rels/.rels":
        return content
    tree = etree.fromstring(content)
    for relation in list(tree):
        if relation.get("Type", "").endswith("/thumbnail"):
            tree.remove(relation)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
