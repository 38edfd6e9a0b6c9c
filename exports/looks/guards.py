"""Guards: what a Word file from outside must not hold before anything of it is used: programs, roads out, traps."""

from __future__ import annotations

import io
import re
from pathlib import Path

from lxml import etree
from PIL import Image, UnidentifiedImageError

from exports.reading.archives import Allowance, Entry, readable, unzipped
from storybank.errors import Damaged, Invalid
from storybank.words import say

_MOST_PIXELS = 40_000_000
_MOST_PICTURE = 15_000_000
"""Bytes of one picture: larger ones make every brief that large."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_PROGRAMS = re.compile(r"vbaProject|vbaData|macroEnabled|activeX|customUI", re.IGNORECASE)
_FOREIGN = re.compile(r"/embeddings/|oleObject", re.IGNORECASE)
_LINKS = ("hyperlink",)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_SMALLER = say("In Word: click the picture, Compress Pictures, 220 ppi. Then save it again.")
_ASK = say("Open it in Word, save it as a plain Word document (.docx), and choose that.")


def admit(untrusted_file: Path) -> None:
    """Raise `Invalid` or `Damaged` with the reason in plain words unless a Word file is safe to build upon."""
    if untrusted_file.suffix.lower() in (".docm", ".dotm"):
        raise Invalid(say("{file} may hold programs (macros).", file=untrusted_file.name), hint=_ASK)
    if untrusted_file.suffix.lower() != ".docx":
        raise Invalid(say("{file} is no Word document.", file=untrusted_file.name), hint=_ASK)
    with readable(untrusted_file.name), untrusted_file.open("rb") as stream:
        if stream.read(4)[:2] != b"PK":
            raise Invalid(say("{file} is no Word document, whatever its name says.", file=untrusted_file.name),
                          hint=_ASK)
        with unzipped(stream, untrusted_file.name) as entries:
            _look_at(entries, untrusted_file.name)


def _look_at(entries: list[Entry], name: str) -> None:
    paths = {entry.path for entry in entries}
    if "[Content_Types].xml" not in paths or "word/document.xml" not in paths:
        raise Invalid(say("{file} is no Word document, whatever its name says.", file=name), hint=_ASK)
    allowance = Allowance()
    for entry in entries:
        if _PROGRAMS.search(entry.path):
            raise Invalid(say("{file} holds programs (macros).", file=name), hint=_ASK)
        if _FOREIGN.search(entry.path):
            raise Invalid(say("{file} holds a file of another program inside (OLE).", file=name),
                          hint=say("In Word, delete the embedded object, or paste it as a picture."))
        if entry.ending in _PICTURES:
            _picture(entry, allowance, name)
        elif entry.ending in (".xml", ".rels", ".vml"):
            _xml(entry.path, allowance.read(entry), name)


def _picture(entry: Entry, allowance: Allowance, name: str) -> None:
    if entry.size > _MOST_PICTURE:
        raise Invalid(say("A picture in {file} is too large: {megabytes} MB.", file=name,
                          megabytes=entry.size // 1_000_000),
                      hint=_SMALLER)
    try:
        with Image.open(io.BytesIO(allowance.read(entry))) as picture:
            width, height = picture.size
    except Image.DecompressionBombError as error:
        raise Invalid(say("A picture in {file} is far too large.", file=name), hint=_SMALLER) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Damaged(say("A picture in {file} cannot be read.", file=name),
                      hint=say("Put the picture in again, and save it.")) from error
    if width * height > _MOST_PIXELS:
        raise Invalid(say("A picture in {file} is too large: {width} × {height} dots.", file=name, width=width,
                          height=height),
                      hint=_SMALLER)


def _xml(path: str, content: bytes, name: str) -> None:
    bare = content.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise Invalid(say("{file} holds instructions that no Word file needs, as in an attack.", file=name),
                      hint=say("Do not open it elsewhere either; ask whoever sent it."))
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise Damaged(say("{file} is damaged: a part of it breaks off.", file=name), hint=_ASK) from error
    if path == "[Content_Types].xml":
        _kinds(root, name)
    if path.endswith(".rels"):
        _roads_out(root, name)


def _kinds(root: etree._Element, name: str) -> None:
    kinds = {each.get("ContentType", "") for each in root}
    if any(_PROGRAMS.search(kind) for kind in kinds):
        raise Invalid(say("{file} holds programs (macros).", file=name), hint=_ASK)
    if _TEMPLATE in kinds or _MAIN not in kinds:
        raise Invalid(say("{file} is no plain Word document.", file=name), hint=_ASK)


def _roads_out(root: etree._Element, name: str) -> None:
    for relation in root.iter(_RELATION):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind == "attachedTemplate":
            raise Invalid(say("{file} is tied to a template that lies elsewhere.", file=name),
                          hint=say("In Word: Developer, Document Template, choose Normal. Then save it again."))
        if relation.get("TargetMode", "").lower() == "external" and kind not in _LINKS:
            raise Invalid(say("{file} fetches something from elsewhere when it is opened ({kind}).", file=name,
                              kind=kind[:40]),
                          hint=say("In Word, put the picture itself in instead of a link to it, and save it again."))
        if _FOREIGN.search(relation.get("Type", "")) or kind in ("oleObject", "package", "control", "aFChunk"):
            raise Invalid(say("{file} holds a file of another program inside (OLE).", file=name),
                          hint=say("In Word, delete the embedded object, or paste it as a picture."))
