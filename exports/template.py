"""Template: the empty Word document that briefs and papers begin from, and the file they end as."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import docx
from docx.document import Document

from storybank.domain.names import named
from storybank.errors import Unavailable
from storybank.words import say

_BASE = resources.files("exports") / "base"
_FONTS = resources.files("exports") / "fonts"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def empty_document(language: str) -> Document:
    """Return an empty document with Storybank's styles and typefaces, in the English or French of Canada."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(_BASE, ""):
            archive.writestr(name, content.replace(b"en-CA", b"fr-CA") if language == "fr" else content)
        for name, content in _embedded_fonts():
            archive.writestr(name, content)
    package.seek(0)
    return docx.Document(package)


def theme() -> bytes:
    """Return the colours and typefaces of our documents, as a part for one that has none."""
    return (_BASE / "word" / "theme" / "theme1.xml").read_bytes()


def save(document: Document, to: Path) -> None:
    """Save a document so that the same content makes the same bytes, and put it in place last."""
    raw = io.BytesIO()
    document.save(raw)
    part = to.with_name(to.name + ".part")
    try:
        with zipfile.ZipFile(raw) as made, zipfile.ZipFile(part, "w") as archive:
            for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
                archive.writestr(_entry(name), made.read(name), compresslevel=6)
        part.replace(to)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable(say("{name} could not be written: {reason}.", name=named(to), reason=reason),
                          hint=say("Check that the disk has room and that you may write there.")) from error
    finally:
        part.unlink(missing_ok=True)


def describe(document: Document, *, title: str, subject: str, author: str, identifier: str, language: str,
             made_at: str) -> None:
    """Fill in the document's own card: what it is, who made it and when."""
    told = datetime.fromisoformat(made_at)
    when = (told.astimezone(UTC) if told.tzinfo else told).replace(microsecond=0, tzinfo=None)
    card = document.core_properties
    card.title, card.subject = title[:255], subject[:255]
    card.author = card.last_modified_by = author[:255]
    card.identifier, card.language = identifier, f"{language}-CA"
    card.created = card.modified = when
    card.revision = 1


def _parts(folder: Traversable, under: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = under + entry.name
        if entry.is_dir():
            found += _parts(entry, f"{name}/")
        elif entry.name.endswith((".xml", ".rels")):
            found.append((name, entry.read_bytes()))
    return found


def _embedded_fonts() -> list[tuple[str, bytes]]:
    """Return the typefaces as Word embeds them: their first 32 bytes crossed with the key in the font table."""
    table = (_BASE / "word" / "fontTable.xml").read_text(encoding="utf-8")
    links = (_BASE / "word" / "_rels" / "fontTable.xml.rels").read_text(encoding="utf-8")
    targets = dict(re.findall(r'Id="(rId\d+)"[^>]*Target="fonts/([\w-]+)\.odttf"', links))
    found: list[tuple[str, bytes]] = []
    for relation, key in re.findall(r'r:id="(rId\d+)" w:fontKey="\{([0-9A-F-]+)\}"', table):
        plain = (_FONTS / f"{targets[relation]}.ttf").read_bytes()
        pad = bytes.fromhex(key.replace("-", ""))[::-1] * 2
        hidden = bytes(byte ^ by for byte, by in zip(plain[:32], pad, strict=True)) + plain[32:]
        found.append((f"word/fonts/{targets[relation]}.odttf", hidden))
    return found


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
