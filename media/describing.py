"""Describing: writes credit and terms into a finished clip or sound, in place, and nothing else about it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from media.sounds import BARE
from media.tools import NobodyWaits, guarded_input, put_in_place, run
from storybank.errors import Damaged, Invalid
from storybank.words import say

_XMP_BOX = UUID("BE7ACFCB-97A9-42E8-9C71-999491E3AFAC").bytes
_UTF8 = 65001
_MINUTES = 600.0


def describe(file: Path, title: str, rights: str, xmp: str) -> None:
    """Write title and rights into an MP4, M4A, MP3 or WAV, and an XMP packet unless it is empty."""
    write = _WRITERS.get(file.suffix.lower())
    if write is None:
        raise Invalid(say("Nothing can be written into a {ending} file.", ending=file.suffix or "?"),
                      hint=say("Choose an MP4, M4A, MP3 or WAV file."))
    with put_in_place(file) as part:
        write(file, part, _plain(title), _plain(rights), xmp.encode())


def _plain(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())


def _mp4(file: Path, part: Path, title: str, rights: str, xmp: bytes) -> None:
    """Copy the streams as they are, and put the packet behind everything else, where it moves nothing."""
    bare = [text for key, value in BARE.items() for text in (f"-{key}", str(value))]
    told = [*bare, "-metadata", f"title={title}", "-metadata", f"copyright={rights}", "-movflags", "+faststart"]
    kind = "ipod" if file.suffix.lower() == ".m4a" else "mp4"
    run([*guarded_input(file), "-map", "0:V?", "-map", "0:a?", "-c", "copy", *told, "-f", kind,
         f"file:{part.absolute().as_posix()}"], NobodyWaits(), seconds=_MINUTES)
    if xmp:
        with part.open("ab") as stream:
            stream.write(struct.pack(">I4s", 24 + len(xmp), b"uuid") + _XMP_BOX + xmp)


def _mp3(file: Path, part: Path, title: str, rights: str, xmp: bytes) -> None:
    """Put a tag of our own (ID3v2.3) before the sound, in place of any other."""
    sound = file.read_bytes()
    if sound[:3] == b"ID3" and len(sound) > 10:
        sound = sound[10 + _seven_bits(sound[6:10]):]
    if sound[-128:-125] == b"TAG":
        sound = sound[:-128]
    frames = _frame(b"TIT2", _text(title)) + _frame(b"TCOP", _text(rights))
    frames += _frame(b"PRIV", b"XMP\0" + xmp) if xmp else b""
    length = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    part.write_bytes(b"ID3\x03\x00\x00" + length + frames + sound)


def _seven_bits(four: bytes) -> int:
    return four[0] << 21 | four[1] << 14 | four[2] << 7 | four[3]


def _text(text: str) -> bytes:
    return b"\x01" + b"\xff\xfe" + text.encode("utf-16-le")


def _frame(name: bytes, content: bytes) -> bytes:
    return name + struct.pack(">IH", len(content), 0) + content


def _wav(file: Path, part: Path, title: str, rights: str, xmp: bytes) -> None:
    """Keep the format and the sound, and put the facts behind them."""
    chunks = _chunks(file.read_bytes())
    if b"fmt " not in chunks or b"data" not in chunks:
        raise Damaged(say("This is no whole WAV file."), hint=say("Make it again."))
    declared, code = _code_of(title + rights)
    told = b"INFO" + _chunk(b"INAM", title.encode(code) + b"\0") + _chunk(b"ICOP", rights.encode(code) + b"\0")
    kept = _chunk(b"fmt ", chunks[b"fmt "]) + _chunk(b"data", chunks[b"data"])
    kept += declared + _chunk(b"LIST", told) + (_chunk(b"_PMX", xmp) if xmp else b"")
    part.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(kept)) + b"WAVE" + kept)


def _code_of(text: str) -> tuple[bytes, str]:
    """Return how text is written: as Windows does, which every program reads, or declared to be UTF-8."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return _chunk(b"CSET", struct.pack("<HHHH", _UTF8, 0, 0, 0)), "utf-8"
    return b"", "cp1252"


def _chunks(whole: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = 12
    while whole[:4] == b"RIFF" and at + 8 <= len(whole):
        name, size = struct.unpack_from("<4sI", whole, at)
        found.setdefault(name, whole[at + 8:at + 8 + size])
        at += 8 + size + size % 2
    return found


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


_WRITERS: dict[str, Callable[[Path, Path, str, str, bytes], None]] = {
    ".mp4": _mp4, ".m4a": _mp4, ".mp3": _mp3, ".wav": _wav,
}  # fmt: skip
