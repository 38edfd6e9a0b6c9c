"""Fitting: a form with a fixed number of pages is set tighter, step by step, until it is likely to keep to them.

The lines are counted with the bundled typefaces, not by a rendering, so that the same brief makes the same bytes on
every machine. Body text never goes under 11 points, small print never under 9.
"""



from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from exports.briefs import guest, paging
from exports.briefs.paging import Block
from exports.typefaces import Typeface, width_of
from storybank.domain.brief_forms import FORMS
from storybank.domain.draft import Form

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGE, _WIDTH = 678.6, 498.6
"""Points between the margins of a Letter page."""
_SPARE = 0.03
"""Share of the last page that is left free, because lines are counted and not rendered."""
_LEAN = {Typeface.PLAIN: 1.2102, Typeface.STRONG: 1.2102, Typeface.QUOTE: 1.305}
"""Height of a line as each typeface asks for it, in ems."""


@dataclass(frozen=True, slots=True)
class Rung:
    """How tight a form is set: body size in points, line spacing, and the share of white between paragraphs."""

    body: float
    line: float
    air: float
    title: float = 20
    heading: float = 14
    quote: float = 13
    small: float = 9.5


_TIGHT = (
    Rung(11.5, 1.2, 0.8, 20, 13), Rung(11.5, 1.12, 0.6, 20, 12.5, 12.5), Rung(11, 1.12, 0.6, 19, 12.5, 12.5, 9),
    Rung(11, 1.08, 0.5, 18, 12, 12.5, 9), Rung(11, 1.05, 0.42, 18, 12, 12, 9), Rung(11, 1.02, 0.4, 17, 12, 12, 9),
    Rung(11, 1.0, 0.35, 17, 11.5, 12, 9), Rung(11, 0.98, 0.3, 17, 11.5, 12, 9), Rung(11, 0.96, 0.25, 16, 11, 12, 9),
)  # fmt: skip
_AIRY = Rung(11.5, 1.3, 1)
LADDERS: Mapping[Form, tuple[Rung, ...]] = {
    Form.ONE_PAGER: (Rung(11.5, 1.28, 1.15, 21, 14, 14), Rung(11.5, 1.25, 0.95, 20, 13.5), *_TIGHT),
    Form.TWO_PAGE: (_AIRY, *_TIGHT),
    Form.ONE_THREE: (_AIRY, *_TIGHT[1:5]),
}
"""For the forms that have to keep to a number of pages, the loosest first."""


def fit(document: Document, form: Form, thrift: int = 0, *, may_tighten: bool = True) -> bool:
    """Set the document by the first rung that keeps it to its pages, or the last; tell whether it is likely to fit.

    A form that can leave out some of what stands behind it tries that before its tightest rungs. The styles of an
    organisation's own letterhead are only asked, never changed.
    """
    ladder, most = LADDERS.get(form, ()), FORMS[form].most_pages
    if form is Form.ONE_THREE:
        ladder = ladder[: thrift * 2 + 1]
    if not may_tighten:
        return not ladder or _fit_as_guest(document, ladder, most - _SPARE)
    for rung in ladder:
        styles = _Styles(document)
        styles.apply(rung)
        if pages_of(document, styles) <= most - _SPARE:
            return True
        if rung is not ladder[-1]:
            styles.take_back()
    return not ladder


def _fit_as_guest(document: Document, ladder: Sequence[Rung], most: float) -> bool:
    """Set the white of a brief on a letterhead, paragraph by paragraph, by the first rung that keeps it there."""
    styles = _Styles(document)
    styles.page, styles.width = guest.room_of(document, lambda one: sum(_of_paragraph(one, styles, _WIDTH)[:3]))
    if pages_of(document, styles) <= most:
        return True
    whites = guest.spacings(document, lambda one: styles.look(_style_of(one)))
    for rung in ladder:
        for white in whites:
            white.tighten(rung.line, min(1, rung.air))
        if pages_of(document, styles) <= most:
            return True
    return False


def pages_of(document: Document, styles: _Styles) -> float:
    """Return how many pages everything fills, the last one by its share."""
    return paging.pages_of(_blocks(document, styles), styles.page)


_BOX = 14
"""White inside a box, above and below."""


def _blocks(document: Document, styles: _Styles) -> Iterator[Block]:
    """Yield paragraphs and rows as they stand one under the other."""
    notes = _notes(document, styles)
    for child in document.element.body:
        if child.tag == f"{_W}p":
            yield _paragraph(child, styles, notes)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                height = max(_of_cell(cell, styles) for cell in row.iter(f"{_W}tc"))
                yield Block(0, height, 0, is_whole=True, keeps_next=row.find(f".//{_W}keepNext") is not None,
                            notes=_called(row, notes))


def _paragraph(paragraph: BaseOxmlElement, styles: _Styles, notes: dict[str, float]) -> Block:
    before, height, after, lines = _of_paragraph(paragraph, styles, styles.width)
    look, own = styles.look(_style_of(paragraph)), paragraph.find(f"{_W}pPr")
    has = {name: own is not None and own.find(f"{_W}{name}") is not None
           for name in ("keepNext", "keepLines", "pageBreakBefore")}
    return Block(before, height, after, lines, has["pageBreakBefore"], look.keeps_next or has["keepNext"],
                 look.is_whole or has["keepLines"], _called(paragraph, notes))


def _notes(document: Document, styles: _Styles) -> dict[str, float]:
    """Return how high each footnote is, by its number in the file."""
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")]
    return {note.get(qn("w:id"), ""): sum(sum(_of_paragraph(p, styles, styles.width)[:3]) for p in note.iter(f"{_W}p"))
            for part in parts if isinstance(part, XmlPart) for note in part.element[2:]}


def _called(element: BaseOxmlElement, notes: dict[str, float]) -> float:
    return sum(notes.get(one.get(qn("w:id"), ""), 0) for one in element.iter(f"{_W}footnoteReference"))


def _of_cell(cell: BaseOxmlElement, styles: _Styles) -> float:
    width = cell.find(f"{_W}tcPr/{_W}tcW")
    points = int(width.get(qn("w:w"), "0")) / 20 * styles.width / _WIDTH if width is not None else styles.width
    return sum(sum(_of_paragraph(p, styles, points - 6)[:3]) for p in cell.iter(f"{_W}p"))


def _style_of(paragraph: BaseOxmlElement) -> str:
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return named.get(qn("w:val"), "Normal") if named is not None else "Normal"


def _of_paragraph(paragraph: BaseOxmlElement, styles: _Styles, width: float) -> tuple[float, float, float, int]:
    """Return the white above, the height and the white below, and how many lines there are."""
    look = styles.look(_style_of(paragraph))
    own = paragraph.find(f"{_W}pPr/{_W}spacing")
    before, after = look.before, look.after
    if own is not None:
        before = int(own.get(qn("w:before"), str(before * 20))) / 20 if own.get(qn("w:before")) else before
        after = int(own.get(qn("w:after"))) / 20 if own.get(qn("w:after")) else after
    boxed = paragraph.find(f"{_W}pPr/{_W}pBdr/{_W}top") is not None
    size = next((int(sz.get(qn("w:val"))) / 2 for sz in paragraph.iterfind(f"{_W}r/{_W}rPr/{_W}sz")), look.size)
    line = int(own.get(qn("w:line"))) / 240 if own is not None and own.get(qn("w:line")) else look.line
    lines = _lines(paragraph, look, size, width - look.left - (20 if boxed else 0))
    return before, lines * size * _LEAN[look.face] * line + (_BOX / 2 if boxed else 0), after, lines


def _lines(paragraph: BaseOxmlElement, look: Look, size: float, width: float) -> int:
    text = "".join(one.text or "" for one in paragraph.iter(f"{_W}t"))
    lines, at, space = 1 + sum(1 for _ in paragraph.iter(f"{_W}br")), 0.0, width_of(" ", look.face, size)
    for word in text.split(" "):
        long = width_of(word, look.face, size)
        if at and at + space + long > width:
            lines, at = lines + 1, long
        else:
            at += (space if at else 0) + long
    return lines


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style is set, in points."""

    face: Typeface
    size: float
    line: float
    before: float
    after: float
    left: float
    keeps_next: bool = False
    is_whole: bool = False


@dataclass(slots=True)
class _Styles:
    """The styles of a document, to be tightened and asked."""

    document: Document
    page: float = _PAGE
    width: float = _WIDTH
    _kept: list[tuple[BaseOxmlElement, dict[str, str]]] = field(default_factory=list)
    _looks: dict[str, Look] = field(default_factory=dict)

    def apply(self, rung: Rung) -> None:
        """Set every style as tight as a rung asks."""
        root = self.document.styles.element
        sizes = {"Heading1": rung.title, "Heading2": rung.heading, "Heading3": rung.body, "SBQuote": rung.quote,
                 "SBSmall": rung.small, "SBAttribution": rung.small, "SBMeta": min(10, rung.small + 0.5),
                 "SBAsk": rung.body, "FootnoteText": 9}
        self._tighten(root.find(f"{_W}docDefaults"), rung, rung.body)
        for style in root.iter(f"{_W}style"):
            self._tighten(style, rung, sizes.get(style.get(qn("w:styleId"), "")))

    def _tighten(self, style: BaseOxmlElement, rung: Rung, size: float | None) -> None:
        for spacing in style.iter(f"{_W}spacing"):
            for name in ("before", "after"):
                if told := spacing.get(qn(f"w:{name}")):
                    self._put(spacing, name, round(int(told) * rung.air))
            if told := spacing.get(qn("w:line")):
                most = rung.line * 240 if style.tag == f"{_W}docDefaults" else min(int(told), rung.line * 240)
                self._put(spacing, "line", round(most))
        for one in style.iter(f"{_W}sz", f"{_W}szCs") if size else ():
            self._put(one, "val", round((size or 0) * 2))

    def _put(self, element: BaseOxmlElement, name: str, value: int) -> None:
        self._kept.append((element, dict(element.attrib)))
        element.set(qn(f"w:{name}"), str(value))

    def take_back(self) -> None:
        """Set every style as it was."""
        for element, attributes in reversed(self._kept):
            element.attrib.update(attributes)

    def look(self, style_id: str) -> Look:
        """Return how a style is set, what it rests on counted in."""
        if style_id not in self._looks:
            self._looks[style_id] = self._asked(style_id)
        return self._looks[style_id]

    def _asked(self, style_id: str) -> Look:
        chain = self._chain(style_id)
        serif = any("Garamond" in fonts.get(qn("w:ascii"), "") for one in chain for fonts in one.iter(f"{_W}rFonts"))
        bold = any(one.find(f"{_W}rPr/{_W}b") is not None for one in chain)
        face = Typeface.QUOTE if serif else Typeface.STRONG if bold else Typeface.PLAIN
        return Look(
            face, self._told(chain, "sz", "val", 23) / 2, self._told(chain, "spacing", "line", 240) / 240,
            self._told(chain, "spacing", "before", 0) / 20, self._told(chain, "spacing", "after", 0) / 20,
            self._told(chain, "ind", "left", 0) / 20, self._is_set(chain, "keepNext"), self._is_set(chain, "keepLines"),
        )  # fmt: skip

    def _chain(self, style_id: str) -> list[BaseOxmlElement]:
        root = self.document.styles.element
        by_id = {one.get(qn("w:styleId"), ""): one for one in root.iter(f"{_W}style")}
        chain: list[BaseOxmlElement] = []
        while (style := by_id.get(style_id)) is not None and style not in chain:
            chain.append(style)
            based = style.find(f"{_W}basedOn")
            style_id = based.get(qn("w:val"), "") if based is not None else ""
        return [*chain, root.find(f"{_W}docDefaults")]

    @staticmethod
    def _is_set(chain: list[BaseOxmlElement], tag: str) -> bool:
        found = next((one for style in chain for one in style.iter(f"{_W}{tag}")), None)
        return found is not None and found.get(qn("w:val"), "1") not in ("0", "false")

    @staticmethod
    def _told(chain: list[BaseOxmlElement], tag: str, attribute: str, usual: int) -> int:
        for style in chain:
            for element in style.iter(f"{_W}{tag}"):
                if value := element.get(qn(f"w:{attribute}")):
                    return int(value)
        return usual
