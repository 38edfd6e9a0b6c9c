"""Word: the few things a Word file can hold that python-docx has no call for."""

# ruff: noqa: SLF001 - python-docx hands out its XML under names with an underscore only

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from urllib.parse import quote
from weakref import WeakKeyDictionary

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.shared import RGBColor, Twips
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.palette import PRIMARY

_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
_AFTER_SHADE = _AFTER_BORDERS[1:]


_style_ids: WeakKeyDictionary[object, dict[str, str | None]] = WeakKeyDictionary()


def style_id(part: StoryPart, name: str, kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH) -> str | None:
    """Return the identifier of a style, looked up once a document: python-docx reads every style each time."""
    known = _style_ids.setdefault(part, {})
    if name not in known:
        known[name] = part.get_style_id(name, kind)
    return known[name]


def coloured(run: Run, colour: str) -> Run:
    """Return the run with its letters in `colour`."""
    run.font.color.rgb = RGBColor.from_string(colour)
    return run


def spoken(run: Run, language: str) -> Run:
    """Return the run marked as English or French of Canada, for spell checkers and screen readers."""
    properties = run._r.get_or_add_rPr()
    properties.append(element("w:lang", {"w:val": f"{language}-CA"}))
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
    shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": ground})
    properties.insert_element_before(shade, *_AFTER_SHADE)
    indent = element("w:ind", {"w:left": str(left), "w:right": "200", "w:hanging": str(hanging)})
    properties.insert_element_before(indent, "w:jc", "w:outlineLvl", "w:rPr")


def bookmark(paragraph: Paragraph, name: str, number: int, since: int = 0) -> None:
    """Put a bookmark round everything the paragraph holds so far, or since it held so many things."""
    start = element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    where = since or (1 if paragraph._p.pPr is not None else 0)
    paragraph._p.insert(where, start)
    paragraph._p.append(element("w:bookmarkEnd", {"w:id": str(number)}))


def bookmark_round(run: BaseOxmlElement, name: str, number: int) -> None:
    """Put a bookmark round one run."""
    run.addprevious(element("w:bookmarkStart", {"w:id": str(number), "w:name": name}))
    run.addnext(element("w:bookmarkEnd", {"w:id": str(number)}))


def quote_mark(code: str) -> str:
    """Return the name of the bookmark where a quote stands."""
    return "quote_" + "".join(sign if sign.isalnum() else "_" for sign in code)[:30]


def source_mark(code: str) -> str:
    """Return the name of the bookmark where a quote's source stands."""
    return "source_" + "".join(sign if sign.isalnum() else "_" for sign in code)[:30]


def verbatim(paragraph: Paragraph, text: str, language: str) -> Run:
    """Add a text exactly as it was written, in its own language; only what no Word file can hold is left out."""
    return spoken(paragraph.add_run(_IMPOSSIBLE.sub("", text)), language)


def link(paragraph: Paragraph, text: str, to_bookmark: str, style: str = "Hyperlink") -> None:
    """Add words that lead to a bookmark of the same document."""
    run = paragraph.add_run(text)
    if style:
        run._r.style = style_id(paragraph.part, style, WD_STYLE_TYPE.CHARACTER)
    anchor = element("w:hyperlink", {"w:anchor": to_bookmark, "w:history": "1"})
    anchor.append(coloured(run, PRIMARY)._r if style else run._r)
    paragraph._p.append(anchor)


def web_link(paragraph: Paragraph, untrusted_address: str, part: Part, tooltip: str = "") -> None:
    """Add an address as a link that a reader can also type; what is no address of the web is set as plain words."""
    shown = re.sub(r"^https?://|/$", "", untrusted_address)
    address = web_address(untrusted_address)
    if not address:
        paragraph.add_run(_IMPOSSIBLE.sub("", untrusted_address))
        return
    run = coloured(paragraph.add_run(_IMPOSSIBLE.sub("", shown), style="Hyperlink"), PRIMARY)
    told = {"w:tooltip": tooltip[:240]} if tooltip else {}
    way = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    anchor = element("w:hyperlink", {"r:id": way, **told, "w:history": "1"})
    anchor.append(run._r)
    paragraph._p.append(anchor)


def web_address(untrusted: str) -> str:
    """Return an address of the web or of an e-mail as Word takes it; empty for what is neither."""
    text = untrusted.strip()
    if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text, re.ASCII):
        return f"mailto:{text}"
    if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", text, re.ASCII):
        text = f"https://{text}"
    if not re.match(r"https?://[\w-]+(\.[\w-]+)*(:\d{1,5})?([/?#]|$)", text, re.ASCII):
        return ""
    return quote(text, safe=":/?#@!$&'()*+,;=%~-._")


def indent_right(paragraph: BaseOxmlElement, by: int) -> None:
    """Set the paragraph a little narrower at its right."""
    properties = paragraph.get_or_add_pPr()
    indent = properties.find(qn("w:ind"))
    if indent is None:
        indent = element("w:ind", {})
        properties.insert_element_before(indent, "w:jc", "w:outlineLvl", "w:rPr")
    indent.set(qn("w:right"), str(by))


def restarted(document: Document, style: str = "List Number") -> Callable[[Paragraph], None]:
    """Return what numbers paragraphs of a list style from 1 anew."""
    own = document.styles[style].element.find(f".//{qn('w:numId')}")
    if own is None:
        return lambda _: None
    numbering = document.part.numbering_part.element
    wanted = own.get(qn("w:val"))
    found = next((n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == wanted), None)
    if found is None:
        return lambda _: None
    fresh = numbering.add_num(int(found.find(qn("w:abstractNumId")).get(qn("w:val"))))
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)

    def number(paragraph: Paragraph) -> None:
        told = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        told.get_or_add_ilvl().val = 0
        told.get_or_add_numId().val = fresh.numId

    return number


def field(paragraph: Paragraph, code: str, shown: str = "1") -> None:
    """Add a field that Word works out, such as the page number."""
    for kind in ("begin", "", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "":
            instruction = element("w:instrText", {"xml:space": "preserve"})
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind != "shown":
            run._r.append(element("w:fldChar", {"w:fldCharType": kind}))


def table(document: Document, title: str, header: Sequence[str], rows: Sequence[Sequence[str]],
          widths: Sequence[int]) -> Table:
    """Add a table with hairlines, a header row that repeats on every page, and a title for screen readers."""
    made: Table = document.add_table(rows=0, cols=len(header), style="SB Table")
    made.autofit = False
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    properties.append(element("w:tblLook", {"w:val": "0020", "w:firstRow": "1", "w:lastRow": "0",
                                             "w:firstColumn": "0", "w:noHBand": "1", "w:noVBand": "1"}))
    properties.append(element("w:tblCaption", {"w:val": title}))
    for number, texts in enumerate([header, *rows]):
        _fill_row(made, texts, widths, is_header=number == 0)
    for column, width in zip(made._tbl.tblGrid, widths, strict=True):
        column.set(qn("w:w"), str(width))
    return made


def cells_of(made: Table) -> list[list[Paragraph]]:
    """Return the first paragraph of each cell, row by row, without asking for each cell anew."""
    return [[Paragraph(cell.p_lst[0], made) for cell in row.tc_lst] for row in made._tbl.tr_lst]


def below(paragraph: Paragraph, style: str) -> Paragraph:
    """Add another paragraph under one, in the same cell."""
    made = Paragraph(element("w:p", {}), paragraph._parent)
    paragraph._p.addnext(made._p)
    made._p.style = style_id(paragraph.part, style)
    return made


def keep_together(paragraph: Paragraph) -> None:
    """Keep everything in the cell that holds the paragraph on one page with the row below."""
    cell = paragraph._p.getparent()
    assert cell is not None
    for one in cell.iter(qn("w:p")):
        Paragraph(one, paragraph._parent).paragraph_format.keep_with_next = True


def name_rows(made: Table) -> None:
    """Tell readers of screens that the first column names each row."""
    look = made._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstColumn"), "1")
        look.set(qn("w:val"), "00A0")


def edge(paragraph: Paragraph, colour: str) -> None:
    """Draw a rule of 3 points at the left of the cell that holds the paragraph."""
    cell = paragraph._p.getparent()
    assert cell is not None
    borders, margins = element("w:tcBorders", {}), element("w:tcMar", {})
    borders.append(element("w:left", {"w:val": "single", "w:sz": "24", "w:space": "0", "w:color": colour}))
    margins.append(element("w:left", {"w:w": "140", "w:type": "dxa"}))
    properties = cell.get_or_add_tcPr()
    properties.extend([borders, margins])


def _fill_row(made: Table, texts: Sequence[str], widths: Sequence[int], *, is_header: bool) -> None:
    row: _Row = made.add_row()  # type: ignore[no-untyped-call]
    marks = row._tr.get_or_add_trPr()
    for mark in ("w:cantSplit", "w:tblHeader") if is_header else ("w:cantSplit",):
        marks.append(OxmlElement(mark))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Twips(width)
        paragraph = cell.paragraphs[0]
        paragraph._p.style = style_id(made.part, "SB Cell")
        if text:
            paragraph.add_run(text).bold = True if is_header else None


def _set_borders(paragraph: Paragraph, borders: dict[str, dict[str, str]]) -> None:
    edges = element("w:pBdr", {})
    for side, look in borders.items():
        edges.append(element(f"w:{side}", {"w:val": "single", **look}))
    paragraph._p.get_or_add_pPr().insert_element_before(edges, *_AFTER_BORDERS)


def element(tag: str, attributes: dict[str, str]) -> BaseOxmlElement:
    """Return an element of a Word file with its attributes."""
    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        made.set("{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else qn(name), value)
    return made


def numbered(start: int = 1) -> itertools.count[int]:
    """Return numbers for bookmarks, which must differ within a document."""
    return itertools.count(start)
