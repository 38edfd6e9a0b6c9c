"""Contents: a real field whose entries are filled in already, so that nobody is asked to update anything."""

# ruff: noqa: SLF001 - python-docx hands out its XML under names with an underscore only

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from exports import word
from exports.briefs.paper import Heading, Paper

_CODE = r'TOC \o "2-3" \h \z \u'


def contents(paper: Paper, before: Paragraph) -> None:
    """Set the contents where `before` begins, once every heading is known."""
    lines = []
    for place, heading in enumerate(paper.headings):
        paragraph = before.insert_paragraph_before(style=f"toc {heading.level}")
        _entry(paragraph, heading, paper.pages[place] if place < len(paper.pages) else 0)
        lines.append(paragraph)
    if not lines:
        return
    first, last = lines[0]._p, lines[-1]._p
    begin = [_run(word.element("w:fldChar", {"w:fldCharType": "begin"})), _run(_instruction(_CODE)),
             _run(word.element("w:fldChar", {"w:fldCharType": "separate"}))]
    where = 1 if first.pPr is not None else 0
    for place, run in enumerate(begin):
        first.insert(where + place, run)
    last.append(_run(word.element("w:fldChar", {"w:fldCharType": "end"})))


def pages_of(pdf: Path, headings: Sequence[Heading]) -> list[int]:
    """Return the page of each heading, as the bookmarks of a PDF tell it; empty where they do not tell it of all."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        told = [(_plain(item.get_title()), item.get_dest()) for item in document.get_toc(max_depth=9)]
        found, at = [], 0
        for heading in headings:
            while at < len(told) and told[at][0] != _plain(heading.text):
                at += 1
            if at == len(told) or (to := told[at][1]) is None:
                return []
            found.append(to.get_index() + 1)
            at += 1
        return found
    finally:
        document.close()


def _plain(text: str) -> str:
    return " ".join(text.split())


def _entry(paragraph: Paragraph, heading: Heading, page: int) -> None:
    anchor = word.element("w:hyperlink", {"w:anchor": heading.bookmark, "w:history": "1"})
    anchor.append(_run(_text(heading.text)))
    if page:
        anchor.append(_run(word.element("w:tab", {})))
        anchor.append(_run(_text(str(page))))
    paragraph._p.append(anchor)


def _text(said: str) -> BaseOxmlElement:
    made = word.element("w:t", {"xml:space": "preserve"})
    made.text = said
    return made


def _instruction(code: str) -> BaseOxmlElement:
    made = word.element("w:instrText", {"xml:space": "preserve"})
    made.text = f" {code} "
    return made


def _run(inside: BaseOxmlElement) -> BaseOxmlElement:
    run = word.element("w:r", {})
    run.append(inside)
    return run
