"""Notes: sources as real footnotes, which python-docx cannot make: the part, its separators, what refers to it."""

# ruff: noqa: SLF001 - python-docx hands out its XML under names with an underscore only

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from exports import word
from exports.typography import clean, day, tidy
from storybank.domain.draft import Source
from storybank.words import Words

_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    '</w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240"'
    ' w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_AFTER_FOOTNOTES = ("w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema",
                    "w:themeFontLang", "w:clrSchemeMapping", "w:doNotIncludeSubdocsInStats", "w:shapeDefaults",
                    "w:decimalSymbol", "w:listSeparator")


class Notes:
    """The sources of a brief, each a footnote where it is first cited, numbered in the order of citing."""

    def __init__(self, document: Document, sources: Sequence[Source], language: str) -> None:
        self._document = document
        self._sources = sources
        self._language = language
        self._numbers: dict[int, int] = {}
        """The number that a reader sees, by the author's number."""
        self._root: BaseOxmlElement | None = None
        self._part: Part | None = None
        self._first = 1

    @property
    def cited(self) -> list[Source]:
        """Return the sources that were cited, in the order of their numbers."""
        return [self._sources[number - 1] for number in self._numbers]

    @property
    def in_order(self) -> list[Source]:
        """Return every source: those cited by their numbers, then the others."""
        return [*self.cited, *(s for n, s in enumerate(self._sources, 1) if n not in self._numbers)]

    def number_of(self, source_id: str) -> int:
        """Return the author's number of a source, from 1; 0 where there is none of that name."""
        return next((n for n, one in enumerate(self._sources, 1) if one.id == source_id), 0)

    def cite(self, paragraph: Paragraph, number: int, bookmark_id: int, *, raised: bool = True) -> None:
        """Set the sign of a note: a footnote for a source cited first, else the way to that footnote."""
        if number in self._numbers:
            self._again(paragraph, self._numbers[number], raised=raised)
            return
        shown = self._numbers[number] = len(self._numbers) + 1
        note_id = self._add(self._sources[number - 1])
        run = paragraph.add_run()
        run._r.append(word.element("w:footnoteReference", {"w:id": str(note_id)}))
        _style(run._r, raised=raised)
        word.bookmark_round(run._r, f"note_{shown}", bookmark_id)

    def _again(self, paragraph: Paragraph, shown: int, *, raised: bool) -> None:
        word.link(paragraph, str(shown), f"note_{shown}", style="")
        _style(paragraph._p[-1][-1], raised=raised)

    def _add(self, source: Source) -> int:
        root = self._opened()
        note_id = self._first
        self._first += 1
        note: BaseOxmlElement = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{note_id}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r>'
            '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r></w:p></w:footnote>'
        )
        root.append(note)
        paragraph = Paragraph(note[0], self._document._body)
        paragraph.add_run(" ")
        assert self._part is not None
        cite_source(paragraph, source, self._language, self._part)
        return note_id

    def _opened(self) -> BaseOxmlElement:
        """Return the root of the part with the footnotes: the document's own where it has one, else a new one."""
        if self._root is not None:
            return self._root
        main = self._document.part
        found = next((rel.target_part for rel in main.rels.values()
                      if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not rel.is_external), None)
        root: BaseOxmlElement
        if found is not None:
            root = found.element if isinstance(found, XmlPart) else parse_xml(found.blob)
            self._first = 1 + max((int(one.get(qn("w:id"), "0")) for one in root), default=0)
            old = next(rel for rel in main.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES)
            part = XmlPart(found.partname, CONTENT_TYPE.WML_FOOTNOTES, root, main.package)
            for rel in found.rels.values():
                part.rels[rel.rId] = rel
            old._target = part
        else:
            root = parse_xml(f'<w:footnotes {nsdecls("w", "r")}>{_SEPARATORS}</w:footnotes>')
            part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, main.package)
            main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
            self._tell_settings()
        self._root, self._part = root, part
        return root

    def _tell_settings(self) -> None:
        settings = self._document.settings.element
        if settings.find(qn("w:footnotePr")) is None:
            told = word.element("w:footnotePr", {})
            for number in ("-1", "0"):
                told.append(word.element("w:footnote", {"w:id": number}))
            settings.insert_element_before(told, *_AFTER_FOOTNOTES)


def cite_source(paragraph: Paragraph, source: Source, language: str, part: Part) -> None:
    """Set a source: its citation, its address as a link, and when somebody read it."""
    words, other = Words(language), "en" if language == "fr" else "fr"
    here = source.citation.said(language)
    citation = tidy(here, language) if here else tidy(source.citation.said(other), other)
    url = clean(source.url)
    if citation:
        run = paragraph.add_run(citation if citation.endswith((".", "?", "!")) else f"{citation}.")
        if not here:
            word.spoken(run, other)
    if url:
        paragraph.add_run(" " if citation else "")
        word.web_link(paragraph, url, part, citation)
    if source.read_on.strip():
        told = words("Read on {day}.", day=day(source.read_on.strip(), language))
        paragraph.add_run(f"{'. ' if url else ' '}{tidy(told, language)}")
    elif url:
        paragraph.add_run(".")


def _style(run: BaseOxmlElement, *, raised: bool) -> None:
    properties = run.get_or_add_rPr()
    properties.insert(0, word.element("w:rStyle", {"w:val": "FootnoteReference"}))
    if not raised:
        properties.append(word.element("w:vertAlign", {"w:val": "baseline"}))
