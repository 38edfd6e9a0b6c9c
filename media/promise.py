"""Promise: how many bytes a media file says it has, read from the container's own first lines."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_EBML, _SEGMENT = 0x1A45DFA3, 0x18538067
_STREAMED = (0, 0xFFFFFFFF)
_BOXES = {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta", b"sidx", b"mfra",
          b"pnot", b"PICT", b"udta", b"emsg", b"prft", b"pdin"}
"""The outermost boxes of MP4 and QuickTime; what phones append after them is no box and promises nothing."""


def promised_bytes(file: Path) -> int | None:
    """Return how long the file must be for what it promises; None where the container does not say."""
    with file.open("rb") as stream:
        head = stream.read(12)
        if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
            return max(_box_ends(stream), default=None)
        if head[:4] in (b"RIFF", b"FORM") and len(head) == 12:
            (size,) = struct.unpack("<I" if head[:4] == b"RIFF" else ">I", head[4:8])
            return None if size in _STREAMED else size + 8
        if head[:4] == _EBML.to_bytes(4, "big"):
            return _matroska_end(stream)
    return None


def looks_like_media(head: bytes) -> bool:
    """Tell whether a file begins as media files do, even if the rest is missing."""
    return (
        head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide")
        or head[:4] in (b"\x1a\x45\xdf\xa3", b"OggS", b"fLaC", b"FORM", b"\x30\x26\xb2\x75")
        or (head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI "))
    )


def _box_ends(stream: BinaryIO) -> Iterator[int]:
    """Yield where each outermost MP4 box ends; one that runs to the end of the file promises nothing."""
    at = 0
    while True:
        stream.seek(at)
        head = stream.read(16)
        if len(head) < 8 or head[4:8] not in _BOXES:
            return
        (size,) = struct.unpack(">I", head[:4])
        if size == 1 and len(head) == 16:
            (size,) = struct.unpack(">Q", head[8:16])
        if size < 8:
            return
        at += size
        yield at


def _matroska_end(stream: BinaryIO) -> int | None:
    stream.seek(0)
    number, size = _element(stream)
    if number != _EBML or size is None:
        return None
    stream.seek(size, 1)
    number, size = _element(stream)
    return stream.tell() + size if number == _SEGMENT and size is not None else None


def _element(stream: BinaryIO) -> tuple[int, int | None]:
    """Return an EBML element's number and its size; None for a size that was left open."""
    number, _ = _variable(stream)
    raw, length = _variable(stream)
    size = raw & ((1 << 7 * length) - 1)
    return number, None if size == (1 << 7 * length) - 1 else size


def _variable(stream: BinaryIO) -> tuple[int, int]:
    first = stream.read(1)
    if not first or not first[0]:
        return 0, 1
    length = 9 - first[0].bit_length()
    return int.from_bytes(first + stream.read(length - 1), "big"), length
