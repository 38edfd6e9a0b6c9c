"""Unpacked: everything that anybody could read in an export: texts, properties, metadata, names of files."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import av
import pikepdf
import pypdfium2
from PIL import Image

_PICTURES = (".png", ".jpg", ".jpeg")
_FILMS = (".mp4", ".wav", ".mp3")


def everything_in(place: Path) -> Iterator[tuple[str, str]]:
    """Yield each text in a file or folder with where it was found."""
    for file in [place] if place.is_file() else sorted(place.rglob("*")):
        if file.is_file():
            name = file.relative_to(place).as_posix() if place.is_dir() else file.name
            yield name, name
            yield from _inside(file, name)


def where_it_says(place: Path, *words: str) -> list[str]:
    """Return where one of `words` can be read, whatever its case, and which."""
    return [f"{where}: {word}" for where, text in everything_in(place) for word in words
            if word.casefold() in text.casefold()]


def _inside(file: Path, name: str) -> Iterator[tuple[str, str]]:
    yield f"{name}, as it lies", _readable(file)
    if file.suffix in (".docx", ".qdpx", ".xlsx", ".pptx", ".zip"):
        with zipfile.ZipFile(file) as package:
            yield f"{name}, comment", package.comment.decode("utf-8", "replace")
            for part in package.namelist():
                if not part.endswith((".odttf", "/")):
                    yield from _packed(package.read(part), f"{name}, {part}", part)
                    yield f"{name}, name of {part}", part
    if file.suffix == ".pdf":
        yield from _printed(file, name)
    if file.suffix in _PICTURES:
        with Image.open(file) as picture:
            yield f"{name}, text chunks", repr(picture.info)
    if file.suffix in _FILMS:
        with suppress(av.FFmpegError), av.open(str(file), metadata_errors="replace") as film:
            told = [film.metadata, *(stream.metadata for stream in film.streams)]
            yield f"{name}, metadata", repr(told)


def _packed(raw: bytes, where: str, part: str) -> Iterator[tuple[str, str]]:
    """Yield what is in a part of a package; a part that is a file of its own is opened like one."""
    ending = Path(part).suffix.lower()
    if ending in (".docx", ".pptx", ".zip", ".pdf", *_PICTURES, *_FILMS):
        with tempfile.TemporaryDirectory() as aside:
            own = Path(aside) / f"part{ending}"
            own.write_bytes(raw)
            yield from _inside(own, where)
    else:
        yield where, raw.decode("utf-8", "replace")


def _printed(file: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield what a PDF says on its pages, on its card and in its description."""
    with closing(pypdfium2.PdfDocument(file)) as pages:
        for number, page in enumerate(pages, 1):
            yield f"{name}, page {number}", " ".join(page.get_textpage().get_text_range().split())
    with pikepdf.open(io.BytesIO(file.read_bytes())) as pdf:
        yield f"{name}, card", repr({key: str(value) for key, value in pdf.docinfo.items()})
        if "/Metadata" in pdf.Root:
            yield f"{name}, description", pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")


def _readable(file: Path) -> str:
    """Return a file's bytes as text; of pictures and packages only what chance spells no names in."""
    raw = file.read_bytes()
    if file.suffix in (".docx", ".pptx", ".zip", ".pdf"):
        return ""
    if file.suffix == ".png":
        raw = b" ".join(raw[start:end] for kind, start, end in _chunks(raw) if kind != b"IDAT")
    elif file.suffix in (".jpg", ".jpeg"):
        raw = raw.partition(b"\xff\xda")[0]
    return raw.decode("utf-8", "replace")


def _chunks(png: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 8
    while at + 8 <= len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], at, end
        at = end
