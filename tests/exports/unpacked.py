"""Unpacked: everything that anybody could read in an export: texts, properties, metadata, names of files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import av
from PIL import Image


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
    if file.suffix in (".docx", ".qdpx", ".xlsx", ".pptx"):
        with zipfile.ZipFile(file) as package:
            yield f"{name}, comment", package.comment.decode("utf-8", "replace")
            for part in package.namelist():
                if part.endswith(".odttf"):
                    continue
                yield f"{name}, {part}", package.read(part).decode("utf-8", "replace")
                yield f"{name}, name of {part}", part
    if file.suffix in (".png", ".jpg"):
        with Image.open(file) as picture:
            yield f"{name}, text chunks", repr(picture.info)
    if file.suffix == ".mp4":
        with suppress(av.FFmpegError), av.open(str(file)) as film:
            told = [film.metadata, *(stream.metadata for stream in film.streams)]
            yield f"{name}, metadata", repr(told)


def _readable(file: Path) -> str:
    """Return a file's bytes as text; of pictures and packages only what chance spells no names in."""
    raw = file.read_bytes()
    if file.suffix in (".docx", ".pptx"):
        return ""
    if file.suffix == ".png":
        raw = b" ".join(raw[start:end] for kind, start, end in _chunks(raw) if kind != b"IDAT")
    elif file.suffix == ".jpg":
        raw = raw.partition(b"\xff\xda")[0]
    return raw.decode("utf-8", "replace")


def _chunks(png: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 8
    while at + 8 <= len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], at, end
        at = end
