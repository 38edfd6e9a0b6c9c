"""Reading Office files: every text of a Word file, also where Word hides it; slides and sheets as far as they go."""

from __future__ import annotations

import io
import re
from typing import IO
from xml.etree import ElementTree

from exports.reading.archives import Allowance, unzipped
from exports.reading.gathering import ASK_AGAIN, Gathering, cut_off
from storybank.errors import Damaged, Invalid
from storybank.words import say

_DEEPEST = 400
_PLACES = (
    (re.compile(r"header\d*\.xml$"), "header"), (re.compile(r"footer\d*\.xml$"), "footer"),
    (re.compile(r"footnotes\.xml$"), "footnote"), (re.compile(r"endnotes\.xml$"), "endnote"),
    (re.compile(r"notesSlide\d+\.xml$"), "notes"), (re.compile(r"slide\d+\.xml$"), "slide"),
    (re.compile(r"comments?\w*\.xml$"), "comment"), (re.compile(r"^xl/"), "cell"), (re.compile(r"^docProps/"), "card"),
)
_MAIN = re.compile(r"^(word/document\w*\.xml|ppt/presentation\.xml|xl/workbook\.xml)$")
_UNTOLD = re.compile(r"/(styles\w*|theme\d*|fontTable|settings|webSettings|numbering)\.xml$")
_PARAGRAPHS = frozenset({"p", "si", "is"})
_GAPS = frozenset({"tab", "br", "cr", "ptab"})
_HEADING = re.compile(r"^(heading|titre|title)", re.IGNORECASE)
_LABELS = {"tag": ("val",), "alias": ("val",), "bookmarkStart": ("name",), "docPr": ("name", "descr", "title"),
           "cNvPr": ("name", "descr", "title"), "property": ("name",), "hyperlink": ("anchor", "tooltip"),
           "author": ("name",)}


def read(stream: IO[bytes], into: Gathering) -> None:
    """Gather the texts of a Word, PowerPoint or Excel file."""
    inside = Allowance()
    with unzipped(stream, into.file) as entries:
        if not any(_MAIN.match(entry.path) for entry in entries):
            raise Invalid(say("{file} is no Word file, whatever its name says.", file=into.file),
                          hint=say("Open it in Word and save it as .docx."))
        told = [entry for entry in entries if entry.ending == ".xml" and not _UNTOLD.search(entry.path)]
        for entry in sorted(told, key=lambda entry: (not _MAIN.match(entry.path), _natural(entry.path))):
            _Part(into, entry.path).read(inside.read(entry))


def _natural(path: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", path) if part]


class _Part:
    """One XML file of the package, read from its first sign to its last without ever building it whole."""

    def __init__(self, into: Gathering, path: str) -> None:
        self._into = into
        self._kind = next((kind for pattern, kind in _PLACES if pattern.search(path)), "body")
        self._number = next(iter(re.findall(r"(\d+)\.xml$", path)), "")
        self._open: list[list[str]] = []
        self._deleted: list[str] = []
        self._hidden: list[str] = []
        """Labels: kept for the end, so that they do not come between two halves of a sentence."""
        self._fallbacks = self._paragraphs = self._tables = self._rows = self._nested = 0
        self._heading, self._is_heading = "", False

    def read(self, content: bytes) -> None:
        """Gather what people may read in it, and the labels that they do not see."""
        bare = content.replace(b"\0", b"").upper()
        if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
            raise Invalid(say("{file} holds instructions that no Word file needs, as in an attack.",
                              file=self._into.file), hint=say("Ask for a fresh copy, or check its PDF."))
        depth = 0
        try:
            for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
                depth += 1 if event == "start" else -1
                if depth > _DEEPEST:
                    raise Damaged(say("{file} is nested too deeply to be a document.", file=self._into.file),
                                  hint=ASK_AGAIN)
                (self._starts if event == "start" else self._ends)(element)
            for label in dict.fromkeys(self._hidden):
                self._into.add(label, self._into.words("hidden label"))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise cut_off(self._into.file) from error

    def _starts(self, element: ElementTree.Element) -> None:
        name = _local(element.tag)
        if name == "Fallback":
            self._fallbacks += 1
        elif name == "tbl":
            self._nested += 1
            if self._nested == 1:
                self._tables, self._rows = self._tables + 1, 0
        elif name == "tr" and self._nested == 1:
            self._rows += 1
        elif name in ("footnote", "endnote", "comment"):
            self._number = next((v for k, v in element.attrib.items() if _local(k) == "id"), "")
        elif name in _PARAGRAPHS and not self._fallbacks:
            self._open.append([])
        elif name == "pStyle":
            self._is_heading = any(_HEADING.match(value) for value in element.attrib.values())
        self._labels(name, element)

    def _labels(self, name: str, element: ElementTree.Element) -> None:
        for key, value in element.attrib.items():
            if _local(key) in _LABELS.get(name, ()) and value:
                said = value.replace("_", "-") if name == "bookmarkStart" else value
                self._hidden.append(said)

    def _ends(self, element: ElementTree.Element) -> None:
        name = _local(element.tag)
        if name == "Fallback":
            self._fallbacks -= 1
        elif name == "tbl":
            self._nested -= 1
        elif self._kind == "card":
            self._into.add(element.text or "", self._into.words("properties"))
        elif not self._fallbacks:
            self._says(name, element.text or "")
        element.clear()

    def _says(self, name: str, text: str) -> None:
        here = self._open[-1] if self._open else None
        if name in _PARAGRAPHS and here is not None:
            self._paragraph("".join(self._open.pop()))
        elif here is None:
            return
        elif name == "t":
            here.append(text)
        elif name == "delText":
            self._deleted.append(text)
        elif name in _GAPS:
            here.append(" ")
        elif name == "noBreakHyphen":
            here.append("-")

    def _paragraph(self, text: str) -> None:
        if not text.isspace() and text:
            self._paragraphs += 1
            self._into.add(text, self._place())
        if self._deleted:
            self._into.add("".join(self._deleted),
                           self._into.words("deleted and still there, in {place}", place=self._place()))
            self._deleted = []
        if self._is_heading:
            self._heading, self._is_heading = text.strip(), False

    def _place(self) -> str:
        words = self._into.words
        places = {
            "header": words("page header"), "footer": words("page footer"), "cell": words("a cell"),
            "footnote": words("footnote {n}", n=self._number), "endnote": words("endnote {n}", n=self._number),
            "comment": words("comment {n}", n=self._number), "slide": words("slide {n}", n=self._number),
            "notes": words("notes of slide {n}", n=self._number),
        }
        if self._kind in places:
            return places[self._kind]
        if self._nested:
            return words("table {n}, row {row}", n=self._tables, row=self._rows)
        if self._heading and not self._is_heading:
            short = self._heading if len(self._heading) <= 40 else self._heading[:39].rstrip() + "…"
            return words("paragraph {n}, under “{heading}”", n=self._paragraphs, heading=short)
        return words("paragraph {n}", n=self._paragraphs)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
