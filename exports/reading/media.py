"""Reading what pictures and clips say about themselves: never the pictures, only the words beside them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO

from exports.reading.archives import MOST_BYTES
from exports.reading.gathering import Gathering, cut_off

_WORDS = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{4,}")
_MOST_INFLATED = 1 << 20
_MOST_CHUNKS = 20_000
_HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"udta", b"ilst", b"moof"})
_UNSAID = frozenset({b"mdat", b"free", b"skip", b"wide", b"minf", b"mvhd", b"tkhd", b"mdhd", b"edts"})
"""Pictures, sound and the tables that lead to them: no words, and by chance the look of any code."""


def read_png(content: bytes, into: Gathering) -> None:
    """Gather the texts in a PNG's own chunks."""
    at, ended = 8, False
    while at + 8 <= len(content) and not ended:
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        body = content[at + 8 : at + 8 + length]
        if len(body) < length:
            break
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            _say(_png_text(kind, body), into)
        ended, at = kind == b"IEND", at + 12 + length
    if not ended:
        raise cut_off(into.file)


def read_jpeg(content: bytes, into: Gathering) -> None:
    """Gather the texts in a JPEG's own segments."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] not in (0xDA, 0xD9):
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] == 0xFE or 0xE1 <= content[at + 1] <= 0xEF:
            _say(content[at + 4 : at + 2 + length], into)
        at += 2 + max(2, length)
    if b"\xff\xd9" not in content[-4096:]:
        raise cut_off(into.file)


def read_film(stream: IO[bytes], into: Gathering) -> None:
    """Gather the texts in the boxes of an MP4 or QuickTime file that hold no picture and no sound."""
    size = stream.seek(0, 2)
    for body in _boxes(stream, 0, size, into.file):
        _say(body, into)


def _boxes(stream: IO[bytes], begin: int, end: int, name: str) -> Iterator[bytes]:
    """Yield the content of every box that may hold words, from the outermost in."""
    waiting, seen = [(begin, end)], 0
    while waiting:
        at, until = waiting.pop()
        while at + 8 <= until:
            seen += 1
            stream.seek(at)
            head = stream.read(16)
            length, kind = int.from_bytes(head[:4], "big"), head[4:8]
            skip = 16 if length == 1 else 8
            length = int.from_bytes(head[8:16], "big") if length == 1 else length or until - at
            if length < skip or at + length > until or seen > _MOST_CHUNKS:
                if until == end and not seen > _MOST_CHUNKS:
                    raise cut_off(name)
                break
            if kind in _HOLDERS:
                waiting.append((at + skip, at + length))
            elif kind not in _UNSAID and length <= MOST_BYTES:
                stream.seek(at + skip)
                yield stream.read(length - skip)
            at += length


def _png_text(kind: bytes, body: bytes) -> bytes:
    """Return the text of a chunk, opened where it is packed."""
    name, _, rest = body.partition(b"\0")
    if kind == b"zTXt":
        return name + b"\0" + _inflated(rest[1:])
    if kind == b"iTXt" and rest[:1] == b"\1":
        *labels, text = rest[2:].split(b"\0", 2)
        return b"\0".join([name, *labels, _inflated(text)])
    return body


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _MOST_INFLATED)
    except zlib.error:
        return b""


def _say(raw: bytes, into: Gathering) -> None:
    """Keep every run of letters; what is XML, by its texts and values."""
    place = into.words("picture or film data")
    for text in _WORDS.findall(raw.replace(b"\n", b" ").decode("utf-8", "replace")):
        if text.lstrip().startswith("<"):
            into.add_loose(text, place)
        else:
            into.add(text, place)
