"""Mending: what is put right in a letterhead before a brief is set on it, so that Word opens it without a question."""



from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from exports import template
from exports.pages.opened import W

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_LEVEL = ("start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlPicBulletId", "legacy", "lvlJc",
          "pPr", "rPr")
_FONTS = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}/>').encode()
_STALE = ("stylesWithEffects", "thumbnail")
"""Copies that would contradict what we add: of the styles for Word 2007, and of the page as a picture."""


def mend(document: Document) -> None:
    """Drop stale copies, and give a document without page measures those of a Letter page."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in _STALE]:
            rels.pop(key)
    _bring(document)
    _put_levels_in_order(document)
    body = document.element.body
    if body.find(f"{W}sectPr") is None:
        body.append(parse_xml(
            f'<w:sectPr {nsdecls("w")}><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1134" w:right="1134" '
            'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'))


def _bring(document: Document) -> None:
    """Bring the parts that Word expects and other programs leave out: colours, typefaces, settings."""
    main = document.part
    there = {rel.reltype for rel in main.rels.values()}
    for kind, name, content_type, blob in (
        (RELATIONSHIP_TYPE.THEME, "/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, template.theme()),
        (RELATIONSHIP_TYPE.FONT_TABLE, "/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, _FONTS),
    ):
        if kind not in there:
            main.relate_to(Part(PackURI(name), content_type, blob, main.package), kind)
    if RELATIONSHIP_TYPE.SETTINGS not in there:
        document.settings.odd_and_even_pages_header_footer = False


def _put_levels_in_order(document: Document) -> None:
    """Set the parts of each level of a list in Word's order, which LibreOffice does not always keep."""
    if any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in document.part.rels.values()):
        for level in document.part.numbering_part.element.iter(f"{W}lvl"):
            known = [one for one in level if etree.QName(one).localname in _LEVEL]
            for one in sorted(known, key=lambda one: _LEVEL.index(etree.QName(one).localname)):
                level.append(one)


def number_pictures(document: Document) -> None:
    """Give every picture a number of its own, as Word asks for."""
    for number, picture in enumerate((one for part in readable_parts(document) for one in part.iter(_PICTURE)), 1):
        picture.set("id", str(number))


def fit_tables(added: Iterable[etree._Element]) -> None:
    """Make tables that are wider than the letterhead's text as wide as it."""
    for table in added:
        if table.tag != f"{W}tbl":
            continue
        columns = [int(one.get(f"{W}w", "0")) for one in table.iter(f"{W}gridCol")]
        room = _room_for(table)
        if room and sum(columns) > room:
            share = room / sum(columns)
            for one in (*table.iter(f"{W}gridCol"), *table.iter(f"{W}tcW")):
                if one.get(f"{W}type", "dxa") == "dxa":
                    one.set(f"{W}w", str(int(int(one.get(f"{W}w", "0")) * share)))


def _room_for(table: etree._Element) -> int:
    """Return the width of the text around a table, in twentieths of a point: of the section that ends next."""
    for below in table.itersiblings():
        section = below if below.tag == f"{W}sectPr" else below.find(f"{W}pPr/{W}sectPr")
        if section is None:
            continue
        page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        if page is None or margins is None:
            return 0
        return int(page.get(f"{W}w", "0")) - sum(int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
    return 0


def readable_parts(document: Document) -> Iterator[etree._Element]:
    """Yield the body, the headers and the footers."""
    yield document.element
    for rel in document.part.rels.values():
        if not rel.is_external and rel.reltype.rpartition("/")[2] in ("header", "footer"):
            yield rel.target_part.element


def set_language(document: Document, language: str) -> None:
    """Let what is added be read in its language, and what stood there before in the one it was written in."""
    wanted = f"{language}-CA"
    marks = [mark for mark in document.styles.element.iter(f"{W}lang") if mark.get(f"{W}val")]
    before = marks[0].get(f"{W}val", "") if marks else ""
    if before[:2].lower() not in ("", language):
        for part in readable_parts(document):
            for run in part.iter(f"{W}r"):
                _say_language(run, before)
    for mark in marks:
        mark.set(f"{W}val", wanted)
    if not marks:
        _default_language(document.styles.element, wanted)


def _say_language(run: etree._Element, language: str) -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = parse_xml(f"<w:rPr {nsdecls('w')}/>")
        run.insert(0, properties)
    if properties.find(f"{W}lang") is None:
        mark = parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}"/>')
        behind = [one for one in properties if one.tag in (f"{W}eastAsianLayout", f"{W}specVanish", f"{W}oMath")]
        behind[0].addprevious(mark) if behind else properties.append(mark)


def _default_language(sheet: etree._Element, language: str) -> None:
    defaults = _child(sheet, "docDefaults")
    letters = _child(_child(defaults, "rPrDefault"), "rPr")
    letters.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}"/>'))


def _child(above: etree._Element, name: str) -> etree._Element:
    """Return the child of that name, put first where there is none."""
    found = above.find(f"{W}{name}")
    if found is None:
        found = parse_xml(f"<w:{name} {nsdecls('w')}/>")
        above.insert(0, found)
    return found
