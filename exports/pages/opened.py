"""Opened: a finished Word file as its checks look at it: parts, paragraphs, and what a style means in the end."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from storybank.errors import Damaged
from storybank.words import say

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TELLING = ("document", "footnotes", "endnotes", "header", "footer")
_MOST_TOGETHER = 200_000_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A Word file with its parts as XML."""

    parts: dict[str, etree._Element]
    styles: dict[str, etree._Element] = field(default_factory=dict)

    @property
    def body(self) -> etree._Element:
        """What is neither header, footer nor note."""
        found = self.parts["word/document.xml"].find(f"{W}body")
        return self.parts["word/document.xml"] if found is None else found

    def telling(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield every part in which people read something, the body first."""
        for kind in _TELLING:
            for name, part in self.parts.items():
                if name.startswith(f"word/{kind}") and name.endswith(".xml"):
                    yield name, part

    def core(self, name: str) -> str:
        """Return what the document's own card says: `title`, `language`, `identifier`."""
        card = self.parts.get("docProps/core.xml")
        found = None if card is None else card.find(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        return (found.text or "").strip() if found is not None else ""

    def defaults(self) -> Iterator[etree._Element]:
        """Yield the properties that hold wherever nothing else is said: the default style's, then the document's."""
        for style in self.styles.values():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                yield style
        sheet = self.parts.get("word/styles.xml")
        found = None if sheet is None else sheet.find(f"{W}docDefaults")
        if found is not None:
            for kind in ("rPrDefault", "pPrDefault"):
                yield from found.findall(f"{W}{kind}")

    def chain(self, style: str) -> list[etree._Element]:
        """Return a style and those it is based on, itself first."""
        found: list[etree._Element] = []
        while style in self.styles and self.styles[style] not in found:
            found.append(self.styles[style])
            based = self.styles[style].find(f"{W}basedOn")
            style = "" if based is None else based.get(f"{W}val", "")
        return found

    def style_of(self, paragraph: etree._Element) -> str:
        """Return the id of a paragraph's style."""
        return value(paragraph, "pPr/pStyle")

    def name_of(self, style: str) -> str:
        """Return how Word calls a style."""
        return value(self.styles[style], "name") if style in self.styles else style

    def level_of(self, paragraph: etree._Element) -> int:
        """Return a heading's level, 1 to 9; 0 for what is no heading."""
        told = value(paragraph, "pPr/outlineLvl")
        for style in self.chain(self.style_of(paragraph)):
            told = told or value(style, "pPr/outlineLvl")
            name = value(style, "name").lower()
            if not told and name.startswith("heading ") and name[8:].isdigit():
                told = str(int(name[8:]) - 1)
        return int(told) + 1 if told.isdigit() and int(told) < 9 else 0

    def said(self, paragraph: etree._Element, path: str) -> etree._Element | None:
        """Return a property of a paragraph as it holds: its own, its style's, or the document's."""
        for where in (paragraph, *self.chain(self.style_of(paragraph)), *self.defaults()):
            if (found := at(where, path)) is not None:
                return found
        return None


def opened(file: Path) -> Opened:
    """Open a Word file that was made here, or checked; raise `Damaged`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    parts: dict[str, etree._Element] = {}
    try:
        with zipfile.ZipFile(file) as package:
            if sum(info.file_size for info in package.infolist()) > _MOST_TOGETHER:
                raise unreadable(file)
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    parts[name] = etree.fromstring(package.read(name), parser)
    except (OSError, zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError) as error:
        raise unreadable(file) from error
    sheet = parts.get("word/styles.xml")
    listed = [] if sheet is None else sheet.findall(f"{W}style")
    return Opened(parts, {style.get(f"{W}styleId", ""): style for style in listed})


def at(element: etree._Element, path: str) -> etree._Element | None:
    """Return what lies at a path of Word's own names, as `pPr/jc`."""
    return element.find("/".join(f"{W}{step}" for step in path.split("/")))


def value(element: etree._Element, path: str) -> str:
    """Return the `w:val` at a path; empty where there is none."""
    found = at(element, path)
    return "" if found is None else found.get(f"{W}val", "")


def is_on(mark: etree._Element | None) -> bool:
    """Tell whether a switch is there and not turned off."""
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def text_of(element: etree._Element) -> str:
    """Return what people read in an element."""
    return "".join(part.text or "" for part in element.iter(f"{W}t"))


def unreadable(file: Path) -> Damaged:
    """Return the word on a Word file that is none."""
    return Damaged(say("{file} is no Word file that can be opened.", file=file.name),
                   hint=say("Open it in Word and save it as .docx."))
