"""Guest: a brief on an organisation's own letterhead: the room it has there, and white set paragraph by paragraph.

Their styles are only asked, never changed.
"""



from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline/" \
          "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_FROM = "_storybank_from"
_A_POINT = 12700


class White(Protocol):
    """What is asked of a style."""

    @property
    def line(self) -> float: ...
    @property
    def before(self) -> float: ...
    @property
    def after(self) -> float: ...


Height = Callable[[BaseOxmlElement], float]
"""Measures a paragraph, its whites counted."""


def room_of(document: Document, height: Height) -> tuple[float, float]:
    """Return how high and how wide a page is between what an organisation has at its head and foot, in points."""
    section = document.sections[0]
    heads, feet = [section.header], [section.footer]
    if section.different_first_page_header_footer:
        heads, feet = [*heads, section.first_page_header], [*feet, section.first_page_footer]
    top = max([_points(section.top_margin), *(_points(section.header_distance) + _inside(one._element, height)  # noqa: SLF001
                                              for one in heads if not one.is_linked_to_previous)])
    foot = max([_points(section.bottom_margin), *(_points(section.footer_distance) + _inside(one._element, height)  # noqa: SLF001
                                                  for one in feet if not one.is_linked_to_previous)])
    wide = _points(section.page_width) - _points(section.left_margin) - _points(section.right_margin)
    return _points(section.page_height) - top - foot, wide


@dataclass(frozen=True, slots=True)
class Spacing:
    """The white of one paragraph of ours, and how much it had."""

    element: BaseOxmlElement
    line: float
    before: float
    after: float

    def tighten(self, line: float, air: float) -> None:
        """Leave it a share of its white, and no more than so much between its lines."""
        self.element.set(qn("w:before"), str(round(self.before * air * 20)))
        self.element.set(qn("w:after"), str(round(self.after * air * 20)))
        self.element.set(qn("w:line"), str(round(min(self.line, line) * 240)))
        self.element.set(qn("w:lineRule"), "auto")


def spacings(document: Document, look: Callable[[BaseOxmlElement], White]) -> Sequence[Spacing]:
    """Return the white of every paragraph that a brief brought along."""
    body = document.element.body
    mark = next((one for one in body.iter(f"{_W}bookmarkStart") if one.get(qn("w:name")) == _FROM), None)
    if mark is None:
        return ()
    ours = (one for one in mark.getparent().itersiblings() if one.tag in (f"{_W}p", f"{_W}tbl"))
    paragraphs = chain.from_iterable(one.iter(f"{_W}p") for one in ours)
    return [_spacing(one, look(one)) for one in paragraphs]


def _spacing(paragraph: BaseOxmlElement, look: White) -> Spacing:
    own = paragraph.get_or_add_pPr().get_or_add_spacing()
    before, after = own.get(qn("w:before")), own.get(qn("w:after"))
    return Spacing(own, look.line, int(before) / 20 if before else look.before,
                   int(after) / 20 if after else look.after)


def _inside(element: BaseOxmlElement, height: Height) -> float:
    """Return how high what stands at the head or the foot is, pictures on their lines counted."""
    return sum(max(height(one), *[int(size.get("cy", "0")) / _A_POINT for size in one.iterfind(f".//{_EXTENT}")], 0)
               for one in element.iter(f"{_W}p"))


def _points(length: int | None) -> float:
    return (length or 0) / _A_POINT
