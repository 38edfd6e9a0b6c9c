"""Reading PDFs: the text of each page, what stands in notes and forms, and the document's own card."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from exports.reading.gathering import ASK_AGAIN, Gathering
from storybank.errors import Damaged, Invalid
from storybank.ports import Ticket
from storybank.words import say

_MOST_PAGES = 2_000
_TAIL = 1 << 16
_BROKEN = (PyPdfError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
           OSError, RecursionError, TypeError, ValueError, zlib.error)
"""What pypdf raises on files that are not what they should be."""
_NUMBER = re.compile(r"\d+")


def read(stream: IO[bytes], into: Gathering, ticket: Ticket) -> None:
    """Gather the texts of a PDF."""
    _whole(stream, into.file)
    reader = _opened(stream, into.file)
    pages: list[list[str]] = []
    for number in range(_pages(reader, into.file)):
        ticket.check()
        text, notes = _page(reader, number, into)
        pages.append([line.rstrip() for line in text.split("\n")])
        for note in notes:
            into.add(note, into.words("note on page {n}", n=number + 1))
    _add_pages(pages, into)
    if pages and not any(line.strip() for lines in pages for line in lines):
        into.miss(say("It holds pictures of pages and no text that could be compared."))
    _card(reader, into)


def _whole(stream: IO[bytes], name: str) -> None:
    """Refuse a PDF whose end is missing: a reader would show the rest as if that were all."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    if b"%%EOF" not in stream.read():
        raise Damaged(say("{file} is cut off: its end is missing.", file=name),
                      hint=ASK_AGAIN)
    stream.seek(0)


def _opened(stream: IO[bytes], name: str) -> PdfReader:
    try:
        reader = PdfReader(stream)
        locked = reader.is_encrypted and not reader.decrypt("")
    except PyPdfError as error:
        if "AES" in str(error):
            raise _protected(name) from error
        raise _damaged(name) from error
    except _BROKEN as error:
        raise _damaged(name) from error
    if locked:
        raise _protected(name)
    return reader


def _pages(reader: PdfReader, name: str) -> int:
    try:
        many = len(reader.pages)
    except _BROKEN as error:
        if "AES" in str(error) or "decrypt" in str(error):
            raise _protected(name) from error
        raise _damaged(name) from error
    if many > _MOST_PAGES:
        raise Invalid(say("{file} has more than {most} pages.", file=name, most=_MOST_PAGES),
                      hint=say("Check the parts that matter one by one."))
    return many


def _page(reader: PdfReader, number: int, into: Gathering) -> tuple[str, list[str]]:
    try:
        page = reader.pages[number]
        text = page.extract_text()
    except _BROKEN:
        into.miss(say("Page {n} cannot be read.", n=number + 1))
        return "", []
    return text, _tried(lambda: [
        str(value) for note in page.get("/Annots") or () for key in ("/Contents", "/V", "/T", "/TU")
        if (value := note.get_object().get(key))
    ])  # fmt: skip


def _add_pages(pages: list[list[str]], into: Gathering) -> None:
    """Keep the pages, and apart from them the lines that stand at the head or foot of many, and page numbers."""
    seen = Counter(line for lines in pages for line in {_numberless(one) for one in _edges(lines)})
    running = {line for line, times in seen.items() if times >= max(2, len(pages) // 2) or line.strip("# /-–|") == ""}
    aside: dict[str, int] = {}
    for number, lines in enumerate(pages, 1):
        edges = {id(one) for one in _edges(lines) if _numberless(one) in running}
        into.add("\n".join(one for one in lines if id(one) not in edges), into.words("page {n}", n=number))
        for one in lines:
            if id(one) in edges:
                aside.setdefault(one, number)
    for one, number in aside.items():
        into.add(one, into.words("head or foot of page {n}", n=number))


def _edges(lines: list[str]) -> list[str]:
    told = [line for line in lines if line.strip()]
    return told[:2] + told[2:][-2:]


def _numberless(line: str) -> str:
    return _NUMBER.sub("#", line.strip())


def _card(reader: PdfReader, into: Gathering) -> None:
    place = into.words("properties")
    for told in _tried(lambda: [str(value) for value in (reader.metadata or {}).values()]):
        into.add(told, place)
    for packet in _tried(lambda: [_xmp(reader)]):
        into.add_loose(packet, place)
    for title in _tried(lambda: [str(one.get("/Title", "")) for one in _flat(reader.outline)]):
        into.add(title, into.words("bookmarks"))
    for name in _tried(lambda: list(reader.attachments)):
        into.miss(say("It carries another file, {name}, that was not opened.", name=name))


def _xmp(reader: PdfReader) -> str:
    stream: Any = reader.root_object.get("/Metadata")
    found = stream.get_object().get_data() if stream is not None else b""
    return bytes(found)[: 1 << 20].decode("utf-8", "replace")


def _flat(outline: list[Any]) -> list[Any]:
    return [one for entry in outline for one in (_flat(entry) if isinstance(entry, list) else [entry])]


def _tried(what: Callable[[], list[str]]) -> list[str]:
    """Return texts beside the pages; where they are broken, the pages still count."""
    try:
        return what()
    except _BROKEN:
        return []


def _damaged(name: str) -> Damaged:
    return Damaged(say("{file} is damaged, or no PDF at all.", file=name),
                   hint=ASK_AGAIN)


def _protected(name: str) -> Invalid:
    return Invalid(say("{file} is protected with a password.", file=name),
                   hint=say("Save it without the password, and check that."))
