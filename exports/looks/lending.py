"""Lending: the styles and lists that a letterhead lacks, copied from ours; what it has of its own is used as it is."""



from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from lxml import etree

from exports import template
from exports.pages.opened import W, at, value

_BY_ID = ("FootnoteText", "FootnoteReference")
"""Styles that writers name by their id, which Word translates with the language of its menus."""
_LISTS = ("list bullet", "list number")
_BEFORE_LISTS = ("keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
_LOOSE = ("basedOn", "next", "link")


@cache
def _ours() -> Document:
    """Return the document whose styles are lent; nothing is ever changed in it."""
    return template.empty_document("en")


def lend(document: Document) -> tuple[str, ...]:
    """Give a document every style of ours that it lacks; return the names of those that were lent."""
    return tuple(_Lending(document, _ours()).lend())


def missing_styles(document: Document) -> tuple[str, ...]:
    """Return the names of the styles that would be lent."""
    theirs = set(_named(document.styles.element))
    return tuple(name for name in _named(_ours().styles.element) if name not in theirs)


def _named(sheet: etree._Element) -> dict[str, etree._Element]:
    """Return a sheet's styles by their names, in lower case: ids are another matter in every language of Word."""
    return {value(style, "name").lower(): style for style in sheet.findall(f"{W}style")}


class _Lending:
    """Two documents while styles go from one to the other."""

    def __init__(self, document: Document, ours: Document) -> None:
        self._document = document
        self._sheet: BaseOxmlElement = document.styles.element
        self._ours = ours
        self._from = _named(ours.styles.element)
        self._theirs = _named(self._sheet)
        self._lists: dict[str, str] = {}

    def lend(self) -> Iterator[str]:
        self._call_as_word_does()
        lent = {name: copy.deepcopy(style) for name, style in self._from.items() if name not in self._theirs}
        ids = {style.get(f"{W}styleId", ""): self._id_for(name) for name, style in self._from.items()}
        for name, style in lent.items():
            style.set(f"{W}styleId", ids[style.get(f"{W}styleId", "")])
            style.attrib.pop(f"{W}default", None)
            self._tie(style, ids)
            self._soften(name, style)
            self._number(style)
            self._sheet.append(style)
            yield value(style, "name")
        self._make_lists_visible()
        self._keep_ids()

    def _call_as_word_does(self) -> None:
        """LibreOffice writes `Heading 1` where Word writes `heading 1`: the same style, found by Word's name only."""
        for name, style in self._theirs.items():
            told = at(style, "name")
            if name in self._from and told is not None:
                told.set(f"{W}val", value(self._from[name], "name"))

    def _id_for(self, name: str) -> str:
        """Return the id that a style has, or will have, in the letterhead."""
        if name in self._theirs:
            return str(self._theirs[name].get(f"{W}styleId", ""))
        wanted = self._from[name].get(f"{W}styleId", "")
        taken = {style.get(f"{W}styleId", "") for style in self._theirs.values()}
        return wanted if wanted not in taken else f"SB{wanted}"

    def _tie(self, style: etree._Element, ids: dict[str, str]) -> None:
        """Let a style rest on the letterhead's own, where it rested on ours."""
        for tie in _LOOSE:
            mark = style.find(f"{W}{tie}")
            if mark is not None:
                mark.set(f"{W}val", ids.get(mark.get(f"{W}val", ""), mark.get(f"{W}val", "")))

    def _soften(self, name: str, style: etree._Element) -> None:
        """Leave out typefaces that the letterhead does not bring along, and let a quote look as theirs does."""
        for fonts in list(style.iter(f"{W}rFonts")):
            above = fonts.getparent()
            if above is not None:
                above.remove(fonts)
        if name == "sb quote" and "quote" in self._theirs:
            for part in ("pPr", "rPr"):
                if (found := at(style, part)) is not None:
                    style.remove(found)
            based = at(style, "basedOn")
            if based is not None:
                based.set(f"{W}val", self._theirs["quote"].get(f"{W}styleId", ""))

    def _number(self, style: etree._Element) -> None:
        """Carry the list that a style belongs to over into the letterhead."""
        mark = at(style, "pPr/numPr/numId")
        if mark is not None:
            mark.set(f"{W}val", self._list(mark.get(f"{W}val", "")))

    def _make_lists_visible(self) -> None:
        """Give the letterhead's own list styles our signs, where they have none and would look like plain text."""
        for name in _LISTS:
            style = self._theirs.get(name)
            if style is None or at(style, "pPr/numPr") is not None:
                continue
            told = at(self._from[name], "pPr/numPr/numId")
            properties = at(style, "pPr")
            if told is None:
                continue
            if properties is None:
                properties = parse_xml(f"<w:pPr {nsdecls('w')}/>")
                before = at(style, "rPr")
                style.append(properties) if before is None else before.addprevious(properties)
            wanted = self._list(told.get(f"{W}val", ""))
            number = parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{wanted}"/></w:numPr>')
            last = [found for step in _BEFORE_LISTS if (found := at(properties, step)) is not None]
            last[-1].addnext(number) if last else properties.insert(0, number)

    def _keep_ids(self) -> None:
        ids = {style.get(f"{W}styleId", "") for style in self._sheet.findall(f"{W}style")}
        for wanted in _BY_ID:
            if wanted in ids:
                continue
            ours = next(style for style in self._from.values() if style.get(f"{W}styleId") == wanted)
            theirs = _named(self._sheet)[value(ours, "name").lower()]
            kind, name = ours.get(f"{W}type", ""), value(ours, "name")
            self._sheet.append(parse_xml(
                f'<w:style {nsdecls("w")} w:type="{kind}" w:customStyle="1" w:styleId="{wanted}">'
                f'<w:name w:val="SB {name}"/><w:basedOn w:val="{theirs.get(f"{W}styleId", "")}"/></w:style>'))

    def _list(self, number: str) -> str:
        """Return the number, in the letterhead, of a list of ours; it is copied when it is first asked for."""
        if number not in self._lists:
            self._lists[number] = self._copied_list(number)
        return self._lists[number]

    def _copied_list(self, number: str) -> str:
        ours = self._ours.part.numbering_part.element
        mark = next(one for one in ours.findall(f"{W}num") if one.get(f"{W}numId") == number)
        wanted = value(mark, "abstractNumId")
        shapes = ours.findall(f"{W}abstractNum")
        shape = copy.deepcopy(next(one for one in shapes if one.get(f"{W}abstractNumId") == wanted))
        for fonts in list(shape.iter(f"{W}rFonts")):
            fonts.getparent().remove(fonts)
        numbering = _numbering(self._document)
        shape_id = _next(numbering, "abstractNum", "abstractNumId", 0)
        list_id = _next(numbering, "num", "numId", 1)
        shape.set(f"{W}abstractNumId", str(shape_id))
        shapes = numbering.findall(f"{W}abstractNum")
        shapes[-1].addnext(shape) if shapes else numbering.insert(len(numbering.findall(f"{W}numPicBullet")), shape)
        fresh = parse_xml(f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="{shape_id}"/></w:num>')
        lists = numbering.findall(f"{W}num")
        lists[-1].addnext(fresh) if lists else numbering.findall(f"{W}abstractNum")[-1].addnext(fresh)
        return str(list_id)


def _next(numbering: etree._Element, tag: str, number: str, least: int) -> int:
    return max([least - 1, *(int(one.get(f"{W}{number}", "0")) for one in numbering.findall(f"{W}{tag}"))]) + 1


def _numbering(document: Document) -> BaseOxmlElement:
    """Return the part with the lists, made where the letterhead has none."""
    main = document.part
    if not any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in main.rels.values()):
        root = parse_xml(f'<w:numbering {nsdecls("w")}/>')
        part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    element: BaseOxmlElement = main.numbering_part.element
    return element
