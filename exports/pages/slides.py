"""Slides: what would keep somebody from following a finished deck with a screen reader."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from storybank.domain.remark import Remark, Weight
from storybank.errors import Damaged
from storybank.words import say

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_MOST = 50_000_000


def remarks_on_slides(file: Path) -> tuple[Remark, ...]:
    """Return what is to be mended in a deck; raise `Damaged` for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    remarks: list[Remark] = []
    try:
        with zipfile.ZipFile(file) as package:
            card = etree.fromstring(package.read("docProps/core.xml"), parser)
            if not (card.findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip():
                remarks.append(Remark(Weight.STOP, say("The document has no title of its own."),
                                      say("Give it a title in its properties."), "title"))
            for name in sorted(package.namelist()):
                if (number := _SLIDE.fullmatch(name)) and package.getinfo(name).file_size < _MOST:
                    remarks += _on_slide(etree.fromstring(package.read(name), parser), f"slides.{number[1]}")
    except (OSError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise Damaged(say("{file} is no deck that can be opened.", file=file.name),
                      hint=say("Make it again.")) from error
    return tuple(remarks)


def _on_slide(slide: etree._Element, place: str) -> Iterator[Remark]:
    titles = [shape for shape in slide.iter(f"{_P}sp") if _is_title(shape)]
    number = place.partition(".")[2]
    if not any("".join(part.text or "" for part in shape.iter(f"{_A}t")).strip() for shape in titles):
        yield Remark(Weight.STOP, say("Slide {n} has no title.", n=number),
                     say("Give every slide its own title."), place)
    for frame in slide.iter(f"{_P}pic", f"{_P}graphicFrame"):
        told = frame.find(f".//{_P}cNvPr")
        if told is not None and not (told.get("descr") or "").strip():
            name = (told.get("name") or "")[:60]
            yield Remark(Weight.STOP, say("A picture has no alternative text: {name}.", name=name),
                         say("Say in a sentence what it shows."), place)


def _is_title(shape: etree._Element) -> bool:
    kind = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return kind is not None and kind.get("type") in ("title", "ctrTitle")
