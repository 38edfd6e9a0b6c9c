"""Typed: the transcripts that come as Word files: ours, those with names before the words, and those in tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from exports.reading.archives import Allowance, unzipped
from exports.transcripts.incoming import CHECK_FILE, check_words, clock_ms, content, refuse_instructions
from exports.transcripts.speakers import is_label, may_be_name
from exports.transcripts.talk import Entry, entries, head_of, lines_of
from exports.transcripts.word import SAID, TOLD, TURN
from storybank.domain.sheet import Sheet
from storybank.errors import Invalid
from storybank.words import say

_MAIN = "word/document.xml"
_DEEPEST = 400
_TOP = re.compile(r"(?:Title|Titre|Heading1|Titre1)", re.IGNORECASE)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class _Paragraph:
    """A paragraph of a Word file: its style, its lines, and the row of a table it stands in."""

    style: str = ""
    parts: list[str] = field(default_factory=list)
    row: int = 0

    @property
    def lines(self) -> list[str]:
        """Return its lines, without those that are empty."""
        return [line for line in "".join(self.parts).split("\n") if line.strip()]


def read(file: Path) -> Sheet:
    """Return what a Word file says: ours, one with names before the words, or one with a table."""
    found = [one for one in _Part(file.name).paragraphs(_document(content(file), file.name)) if one.lines]
    styles = {one.style for one in found}
    title = next((" ".join(one.lines) for one in found[:3] if _TOP.fullmatch(one.style)), "")
    said = [one for one in found if not _TOP.fullmatch(one.style)]
    notes = tuple(" ".join(one.lines) for one in said if one.style == _id(TOLD))
    lines, mended = lines_of(list(_ours(said)) if _id(SAID) in styles else _typed(said))
    check_words(lines, file.name)
    return Sheet(lines, title=title, notes=notes, mended=mended)


def _id(style: str) -> str:
    return style.replace(" ", "")


def _document(raw: bytes, name: str) -> bytes:
    """Return the main part of a Word file, after making sure that it asks for nothing it should not."""
    if raw[:4] == b"\xd0\xcf\x11\xe0":
        raise Invalid(say("{file} is an old Word file, or protected with a password.", file=name),
                      hint=say("Open it in Word and save it as .docx."))
    if raw[:2] != b"PK":
        raise Invalid(say("{file} is no Word file, whatever its name says.", file=name), hint=CHECK_FILE)
    with unzipped(BytesIO(raw), name) as inside:
        main = next((entry for entry in inside if entry.path == _MAIN), None)
        if main is None:
            raise Invalid(say("{file} is no Word file, whatever its name says.", file=name), hint=CHECK_FILE)
        return Allowance().read(main)


class _Part:
    """The main part of a Word file, read from its first sign to its last without building it whole."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[_Paragraph] = []
        self._depth = self._row = self._fallbacks = 0

    def paragraphs(self, xml: bytes) -> Iterator[_Paragraph]:
        """Yield its paragraphs in order."""
        refuse_instructions(xml, self._name)
        try:
            for event, element in ElementTree.iterparse(BytesIO(xml), ("start", "end")):
                tag = element.tag.rpartition("}")[2]
                if event == "start":
                    self._starts(tag)
                    continue
                if done := self._ends(tag, element):
                    yield done
                element.clear()
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise Invalid(say("{file} is cut off or damaged.", file=self._name), hint=CHECK_FILE) from error

    def _starts(self, tag: str) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Invalid(say("{file} is nested too deeply to be a document.", file=self._name), hint=CHECK_FILE)
        self._fallbacks += tag == "Fallback"
        self._row += tag == "tr"
        if tag == "p" and not self._fallbacks:
            self._open.append(_Paragraph(row=self._row))

    def _ends(self, tag: str, element: ElementTree.Element) -> _Paragraph | None:
        self._depth -= 1
        if self._fallbacks:
            self._fallbacks -= tag == "Fallback"
            return None
        self._row += tag == "tbl"
        if tag == "p" and self._open:
            return self._open.pop()
        if self._open:
            _take(self._open[-1], tag, element)
        return None


def _take(paragraph: _Paragraph, tag: str, element: ElementTree.Element) -> None:
    if tag == "pStyle":
        paragraph.style = next(iter(element.attrib.values()), "")
    elif tag == "t":
        paragraph.parts.append(element.text or "")
    elif tag in _SIGNS:
        paragraph.parts.append(_SIGNS[tag])


def _ours(said: Sequence[_Paragraph]) -> Iterator[Entry]:
    speaker, at = "", None
    for one in said:
        if one.style == _id(TURN):
            name, _tab, time = "".join(one.parts).rpartition("\t")
            at = clock_ms(time)
            speaker = name.strip() if at is not None else time.strip()
        elif one.style != _id(TOLD):
            yield Entry(speaker, " ".join(" ".join(one.lines).split()), at)
            speaker, at = "", None


def _typed(said: Sequence[_Paragraph]) -> list[Entry]:
    """Return what people typed: paragraphs with names and times before the words, or a table with them in columns."""
    found: list[Entry] = []
    loose: list[_Paragraph] = []
    by_row: list[Entry] = []
    rows: dict[int, list[_Paragraph]] = {}
    for one in said:
        rows.setdefault(one.row, []).append(one)
    for cells in rows.values():
        entry = _of_row(cells) if len(cells) > 1 and cells[0].row else None
        if entry is None:
            loose += cells
            continue
        found += [*_of_loose(loose), entry]
        by_row.append(entry)
        loose = []
    found += _of_loose(loose)
    if by_row and by_row[0].start_ms is None and any(entry.start_ms is not None for entry in by_row):
        found.remove(by_row[0])  # the names of the columns
    return found


def _of_loose(loose: Sequence[_Paragraph]) -> list[Entry]:
    parts: list[list[str]] = []
    for one in loose:
        lone = len(parts) > 0 and len(parts[-1]) == 1 and len(one.lines) >= 1 and _is_head(parts[-1][0])
        if lone:
            parts[-1] += one.lines
        else:
            parts.append(list(one.lines))
    return entries(parts)


def _is_head(line: str) -> bool:
    head = head_of(line, more_follows=True)
    return head is not None and not head.rest and (head.start_ms is not None or is_label(line) or line.endswith(":"))


def _of_row(cells: Sequence[_Paragraph]) -> Entry | None:
    """Return a row of a table: the cell that is a time, the one that is a name, and the words in the others."""
    texts = [" ".join(" ".join(cell.lines).split()) for cell in cells]
    heads = [head_of(text, more_follows=True) for text in texts]
    time = next((n for n, head in enumerate(heads) if head and head.start_ms is not None and not head.rest), None)
    left = [n for n in range(len(texts)) if n != time]
    longest = max(left, key=lambda n: len(texts[n]), default=None)
    if longest is None:
        return None
    name = next((n for n in left if n != longest and may_be_name(texts[n].rstrip(": "))), None)
    if time is None and name is None:
        return None
    said = " ".join(texts[n] for n in left if n != name)
    head = heads[time] if time is not None else None
    speaker = texts[name].rstrip(": ") if name is not None else (head.speaker or "" if head else "")
    return Entry(speaker, said, head.start_ms if head else None, head.end_ms if head else None)
