"""Incoming: the bytes and texts of files that others wrote, under limits, each refusal with its reason."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from exports.reading.archives import readable, single
from storybank.domain.sheet import SheetLine
from storybank.errors import Invalid
from storybank.words import Sentence, say

MOST_BYTES = 30_000_000
"""More than ten hours of speech with every word's time."""
MOST_SIGNS = 30_000_000
MOST_WORDS = 400_000
MOST_HOURS = 100
CHECK_FILE = say("Check that it is the right file, or save it again.")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def content(file: Path) -> bytes:
    """Return the bytes of a file, or refuse with the reason."""
    entry = single(file)
    if entry.size > MOST_BYTES:
        raise Invalid(say("{file} is too large for a transcript: {megabytes} MB.", file=file.name,
                          megabytes=entry.size // 1_000_000), hint=CHECK_FILE)
    with readable(file.name), entry.opened() as stream:
        return stream.read(MOST_BYTES + 1)


def decoded(raw: bytes, name: str) -> str:
    """Return the text of a file in the encoding it is in: UTF-8, UTF-16 or what Windows used before."""
    text = in_its_encoding(raw).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(_BINARY.findall(text[:100_000])) > len(text[:100_000]) // 200:
        raise Invalid(say("{file} does not hold what its name says: it is no text.", file=name), hint=CHECK_FILE)
    if len(text) > MOST_SIGNS:
        raise Invalid(say("{file} is too large for a transcript: {megabytes} MB.", file=name,
                          megabytes=len(text) // 1_000_000), hint=CHECK_FILE)
    if not text.strip():
        raise Invalid(say("There are no words in {file}.", file=name), hint=CHECK_FILE)
    return _BINARY.sub("", text)


def in_its_encoding(raw: bytes) -> str:
    """Return the text of these bytes: UTF-8, UTF-16 with or without its mark, or what Windows used before."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    sample = raw[:2000]
    if sample[1::2].count(0) > len(sample) // 4:
        return raw.decode("utf-16-le", "replace")
    if sample[0::2].count(0) > len(sample) // 4:
        return raw.decode("utf-16-be", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def clock_ms(text: str) -> int | None:
    """Return a time such as `01:02:03,450`, `2:03` or `62:03.4` in milliseconds; None where it is none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[3]) > 59 or int(found[1] or 0) >= MOST_HOURS:
        return None
    fraction = int((found[4] or "0").ljust(3, "0")[:3])
    return ((int(found[1] or 0) * 60 + int(found[2])) * 60 + int(found[3])) * 1000 + fraction


def seconds_ms(value: object, name: str) -> int | None:
    """Return seconds from a JSON file in milliseconds; None where there are none, refused where they are no time."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise no_time(name, value)
    try:
        seconds = float(value) if isinstance(value, (int, float, str)) else math.nan
    except (ValueError, OverflowError) as error:
        raise no_time(name, value) from error
    return milliseconds(seconds * 1000, name)


def milliseconds(value: object, name: str) -> int:
    """Return a time in milliseconds; refused where it is negative, endless or no number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MOST_HOURS * 3_600_000:
        raise no_time(name, value)
    return round(value)


def no_time(name: str, value: object) -> Invalid:
    """Say that something is no time."""
    return Invalid(say("{file} has a time that is none: {time}.", file=name, time=str(value)[:40]), hint=CHECK_FILE)


def refuse_instructions(xml: bytes, name: str) -> None:
    """Refuse XML that defines entities: no transcript needs them, and an attack does."""
    bare = xml.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise Invalid(say("{file} holds instructions that no transcript needs, as in an attack.", file=name),
                      hint=say("Do not open it elsewhere either; ask whoever sent it."))


def check_words(lines: Sequence[SheetLine], name: str) -> None:
    """Refuse what holds no words, and more than anybody says."""
    count = sum(len(line.text.split()) for line in lines)
    if not count:
        raise Invalid(say("There are no words in {file}.", file=name), hint=CHECK_FILE)
    if count > MOST_WORDS:
        raise Invalid(say("There are too many words in {file} for one recording: {n}.", file=name, n=count),
                      hint=CHECK_FILE)


def in_time(lines: Sequence[SheetLine], name: str) -> tuple[tuple[SheetLine, ...], tuple[Sentence, ...]]:
    """Return lines with times in their order, and what had to be put right; refuse one that ends before it begins."""
    for number, line in enumerate(lines, 1):
        if (line.end_ms or 0) < (line.start_ms or 0):
            raise Invalid(say("In {file}, caption {n} ends before it begins.", file=name, n=number), hint=CHECK_FILE)
    ordered = sorted(lines, key=lambda line: line.start_ms or 0)
    mended = []
    if list(lines) != ordered:
        mended.append(say("Captions that were out of order were sorted."))
    if overlapping := sum((b.start_ms or 0) < (a.end_ms or 0) for a, b in pairwise(ordered)):
        mended.append(say("{n} captions overlap the next one; they were left as they are.", n=overlapping))
    lasting = (replace(line, end_ms=max(line.end_ms or 0, (line.start_ms or 0) + 1)) for line in ordered)
    return tuple(lasting), tuple(mended)
