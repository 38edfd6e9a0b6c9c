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
    yield f"{name}, as it lies", file.read_bytes().decode("utf-8", "replace")
    if file.suffix in (".docx", ".qdpx", ".xlsx"):
        with zipfile.ZipFile(file) as package:
            for part in package.namelist():
                yield f"{name}, {part}", package.read(part).decode("utf-8", "replace")
                yield f"{name}, name of {part}", part
    if file.suffix == ".png":
        with Image.open(file) as picture:
            yield f"{name}, text chunks", repr(picture.info)
    if file.suffix == ".mp4":
        with suppress(av.FFmpegError), av.open(str(file)) as film:
            told = [film.metadata, *(stream.metadata for stream in film.streams)]
            yield f"{name}, metadata", repr(told)
