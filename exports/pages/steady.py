"""Steady: a PDF without what differs from one minute to the next, so that the same document is the same bytes."""

from __future__ import annotations

import io
import os
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pikepdf

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]{10,40})<")
_MOST = 1_000_000
_LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)


def steady(made: Path, to: Path, told: datetime | None = None) -> int:
    """Write a PDF with dates of its document's own, put it in place last, and return how many pages it has."""
    when = told or _LONG_AGO
    part = to.with_name(f"{to.name}.{os.getpid()}.part")
    try:
        with pikepdf.open(made) as pdf:
            _fix_dates(pdf, when)
            for key in ("/DocChecksum", "/ID"):
                if key in pdf.trailer:
                    del pdf.trailer[key]
            _say_its_title(pdf)
            pages = len(pdf.pages)
            _save_in_order(pdf, part)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return pages


def written_at(document: Path) -> datetime | None:
    """Return when a document says it was last changed, in UTC; None where it says nothing that makes sense."""
    try:
        with zipfile.ZipFile(document) as package:
            info = package.getinfo("docProps/core.xml")
            said = _MODIFIED.search(package.read(info)[:_MOST]) if info.file_size <= _MOST else None
        return datetime.fromisoformat(said[1].decode()).astimezone(UTC) if said else None
    except (KeyError, ValueError, OSError, OverflowError, zipfile.BadZipFile):
        return None


def _save_in_order(pdf: pikepdf.Pdf, part: Path) -> None:
    """Save twice: LibreOffice numbers its typefaces by chance, and packing objects together follows their numbers."""
    in_order = io.BytesIO()
    pdf.save(in_order, deterministic_id=True, recompress_flate=True,
             object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(in_order) as numbered:
        del numbered.trailer["/ID"]
        numbered.save(part, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _fix_dates(pdf: pikepdf.Pdf, when: datetime) -> None:
    for key in ("/CreationDate", "/ModDate"):
        if key in pdf.docinfo:
            pdf.docinfo[key] = when.strftime("D:%Y%m%d%H%M%SZ")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            if key in told:
                told[key] = when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _say_its_title(pdf: pikepdf.Pdf) -> None:
    """Let readers show the document's title, not the file's name."""
    if "/ViewerPreferences" not in pdf.Root:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary()
    pdf.Root.ViewerPreferences.DisplayDocTitle = True
