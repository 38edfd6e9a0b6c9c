"""Word: the few things a Word file can hold that python-docx has no call for."""

# ruff: noqa: SLF001 - python-docx hands out its XML under names with an underscore only

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import RGBColor, Twips
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.palette import PRIMARY

_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
_AFTER_SHADE = _AFTER_BORDERS[1:]


def coloured(run: Run, colour: str) -> Run:
    """Return the run with its letters in `colour`."""
    run.font.color.rgb = RGBColor.from_string(colour)
    return run


def spoken(run: Run, language: str) -> Run:
    """Return the run marked as English or French of Canada, for spell checkers and screen readers."""
    properties = run._r.get_or_add_rPr()
    properties.append(_element("w:lang", {"w:val": f"{language}-CA"}))
    return run


def rule(paragraph: Paragraph, colour: str) -> None:
    """Draw a rule of 3 points at the paragraph's left."""
    _set_borders(paragraph, {"left": {"w:sz": "24", "w:space": "8", "w:color": colour}})


def box(paragraph: Paragraph, ground: str, edge: str, left: int, hanging: int = 0) -> None:
    """Set the paragraph on a coloured ground; neighbours with the same indents become one box."""
    plain = {"w:sz": "4", "w:space": "7", "w:color": ground}
    borders = {"top": plain, "left": {"w:sz": "24", "w:space": "8", "w:color": edge}, "bottom": plain, "right": plain}
    _set_borders(paragraph, borders)
    properties = paragraph._p.get_or_add_pPr()
    shade = _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": ground})
    properties.insert_element_before(shade, *_AFTER_SHADE)
    indent = _element("w:ind", {"w:left": str(left), "w:right": "200", "w:hanging": str(hanging)})
    properties.insert_element_before(indent, "w:jc", "w:outlineLvl", "w:rPr")


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark round everything the paragraph holds so far."""
    start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    where = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(where, start)
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))


def quote_mark(code: str) -> str:
    """Return the name of the bookmark where a quote stands."""
    return "quote_" + "".join(sign if sign.isalnum() else "_" for sign in code)[:30]


def source_mark(code: str) -> str:
    """Return the name of the bookmark where a quote's source stands."""
    return "source_" + "".join(sign if sign.isalnum() else "_" for sign in code)[:30]


def verbatim(paragraph: Paragraph, text: str, language: str) -> Run:
    """Add a text exactly as it was written, in its own language; only what no Word file can hold is left out."""
    return spoken(paragraph.add_run(_IMPOSSIBLE.sub("", text)), language)


def link(paragraph: Paragraph, text: str, to_bookmark: str) -> None:
    """Add words that lead to a bookmark of the same document."""
    run = coloured(paragraph.add_run(text, style="Hyperlink"), PRIMARY)
    anchor = _element("w:hyperlink", {"w:anchor": to_bookmark, "w:history": "1"})
    anchor.append(run._r)
    paragraph._p.append(anchor)


def field(paragraph: Paragraph, code: str, shown: str = "1") -> None:
    """Add a field that Word works out, such as the page number."""
    for kind in ("begin", "", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "":
            instruction = _element("w:instrText", {"xml:space": "preserve"})
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind != "shown":
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))


def table(document: Document, title: str, header: Sequence[str], rows: Sequence[Sequence[str]],
          widths: Sequence[int]) -> Table:
    """Add a table with hairlines, a header row that repeats on every page, and a title for screen readers."""
    made: Table = document.add_table(rows=0, cols=len(header), style="SB Table")
    made.autofit = False
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    properties.append(_element("w:tblLook", {"w:val": "0020", "w:firstRow": "1", "w:lastRow": "0",
                                             "w:firstColumn": "0", "w:noHBand": "1", "w:noVBand": "1"}))
    properties.append(_element("w:tblCaption", {"w:val": title}))
    for number, texts in enumerate([header, *rows]):
        _fill_row(made, texts, widths, is_header=number == 0)
    for column, width in zip(made._tbl.tblGrid, widths, strict=True):
        column.set(qn("w:w"), str(width))
    return made


def _fill_row(made: Table, texts: Sequence[str], widths: Sequence[int], *, is_header: bool) -> None:
    row: _Row = made.add_row()  # type: ignore[no-untyped-call]
    marks = row._tr.get_or_add_trPr()
    for mark in ("w:cantSplit", "w:tblHeader") if is_header else ("w:cantSplit",):
        marks.append(OxmlElement(mark))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Twips(width)
        paragraph = cell.paragraphs[0]
        paragraph.style = "SB Cell"
        paragraph.add_run(text).bold = True if is_header else None


def _set_borders(paragraph: Paragraph, borders: dict[str, dict[str, str]]) -> None:
    edges = _element("w:pBdr", {})
    for side, look in borders.items():
        edges.append(_element(f"w:{side}", {"w:val": "single", **look}))
    paragraph._p.get_or_add_pPr().insert_element_before(edges, *_AFTER_BORDERS)


def _element(tag: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        element.set("{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else qn(name), value)
    return element


def numbered(start: int = 1) -> itertools.count[int]:
    """Return numbers for bookmarks, which must differ within a document."""
    return itertools.count(start)
