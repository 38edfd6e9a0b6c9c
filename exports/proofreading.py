"""Proofreading: reading what is going to be printed as its readers will."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from exports.attribution import credit, wording_of
from exports.pages.accessible import remarks_on
from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code
from storybank.domain.remark import Remark

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COUNTED = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
"""What Word counts with boxes and notes ticked; running heads and feet are not."""
_GAPS = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"})


class WordProofs:
    """Reads Word files of our own (`ports.Proofreader`)."""

    def words(self, document: Path) -> int:
        """Return how many words a Word file has: body, tables, boxes, captions and notes, as Word counts them."""
        with zipfile.ZipFile(document) as package:
            names = set(package.namelist())
            parts = [etree.fromstring(package.read(name), _parser()) for name in _COUNTED if name in names]
        return sum(len(text.split()) for part in parts for text in _paragraphs(part))

    def quote(self, cleared: ClearedQuote) -> str:
        """Return a cleared quote as it will be read."""
        return wording_of(cleared)

    def credit(self, cleared: ClearedQuote, language: str, codebook: Sequence[Code]) -> str:
        """Return how its speaker will be named."""
        return credit(cleared, language, codebook).text

    def faults(self, document: Path) -> tuple[Remark, ...]:
        """Return what keeps somebody from reading a Word file who cannot see it."""
        return remarks_on(document)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _paragraphs(part: etree._Element) -> Iterator[str]:
    """Yield the text of every paragraph; one inside another, as in a box, counts once."""
    for paragraph in part.iter(f"{_W}p"):
        own = (one for one in paragraph.iter(f"{_W}t", *_GAPS)
               if next(one.iterancestors(f"{_W}p")) is paragraph and not _is_a_copy(one))
        yield "".join(" " if one.tag in _GAPS else one.text or "" for one in own)


def _is_a_copy(element: etree._Element) -> bool:
    """Tell whether an element is the second form of a drawing, for programs that do not know the first."""
    return any(etree.QName(one).localname == "Fallback" for one in element.iterancestors())
