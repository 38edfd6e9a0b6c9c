"""Letterhead: a Word file of the organisation's own, in which a brief stands where its line `[[STORYBANK]]` stood.

    document = begin(brief, "fr")      # or a path, and the language
    document.add_paragraph(...)        # whatever is added at the end ...
    finish(document)                   # ... ends where the marker was; then save it
"""



from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from exports.looks import fields
from exports.looks.guards import admit
from exports.looks.lending import lend
from exports.looks.marker import MARKER, clear, markers
from exports.looks.mending import fit_tables, mend, number_pictures, set_language
from exports.pages.opened import W
from storybank.domain.commission import Brief
from storybank.errors import Damaged, Invalid
from storybank.words import say

_HERE, _FROM = "_storybank_here", "_storybank_from"


def begin(letterhead: Brief | Path, language: str = "") -> Document:
    """Return a letterhead ready to be written on: its fields filled, our styles lent; raise `Invalid` with the reason.

    Of a brief, its own letterhead and language are taken.
    """
    brief = letterhead if isinstance(letterhead, Brief) else None
    file = brief.letterhead if brief is not None else letterhead
    if not isinstance(file, Path):
        raise Invalid(say("This brief has no letterhead."))
    language = language or (brief.language if brief is not None else "en")
    admit(file)
    said = fields.values_of(brief, language) if brief is not None else fields.samples(language)
    document = _opened(file, said)
    mend(document)
    set_language(document, language)
    lend(document)
    _mark(document, file.name)
    return document


def finish(document: Document) -> None:
    """Move what was added at the end to where the marker stood, and fill in what is known only now."""
    body = document.element.body
    here, start = (_paragraph(body, name) for name in (_HERE, _FROM))
    if here is not None and start is not None:
        added = [one for one in start.itersiblings() if one.tag != f"{W}sectPr"]
        for one in added:
            here.addprevious(one)
        fit_tables(added)
        body.remove(start)
        body.remove(here)
    _end_well(body)
    number_pictures(document)
    fields.fill_in_late(document)
    card = document.core_properties
    card.keywords = card.comments = card.category = card.content_status = card.version = ""


def _opened(file: Path, said: Mapping[str, str]) -> Document:
    try:
        filled = fields.filled(file, said)
        document: Document = docx.Document(io.BytesIO(filled))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, etree.LxmlError) as error:
        raise Damaged(say("{file} cannot be opened as a Word document.", file=file.name),
                      hint=say("Open it in Word, save it as a Word document (.docx), and choose that.")) from error
    return document


def _mark(document: Document, name: str) -> None:
    """Put a bookmark where the marker stands, and one at the end, after which everything is added."""
    body = document.element.body
    found = markers(body)
    if len(found) != 1 or not found[0].is_good:
        raise Invalid(say("{file} has no line of its own that says {marker}.", file=name, marker=MARKER),
                      hint=say("Type it once, alone on its line, where the brief is to stand."))
    spot = found[0].paragraph
    here = _signed(_HERE)
    spot.addnext(here)
    if not clear(spot):
        spot.getparent().remove(spot)
    last = body.find(f"{W}sectPr")
    start = _signed(_FROM)
    body.append(start) if last is None else last.addprevious(start)


def _signed(name: str) -> etree._Element:
    made: etree._Element = parse_xml(
        f'<w:p {nsdecls("w")}><w:bookmarkStart w:id="990000" w:name="{name}"/><w:bookmarkEnd w:id="990000"/></w:p>')
    return made


def _paragraph(body: etree._Element, name: str) -> etree._Element | None:
    for mark in body.iter(f"{W}bookmarkStart"):
        if mark.get(f"{W}name") == name:
            return mark.getparent()
    return None


def _end_well(body: etree._Element) -> None:
    """Word wants a paragraph behind a table that would be last."""
    last = [one for one in body if one.tag != f"{W}sectPr"]
    if last and last[-1].tag == f"{W}tbl":
        last[-1].addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))
