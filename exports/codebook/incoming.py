"""Incoming: the bytes of codebooks that others wrote, under limits, each refusal with its reason."""

from __future__ import annotations

import re
from pathlib import Path

from exports.reading.archives import readable, single
from exports.transcripts.incoming import in_its_encoding
from storybank.domain.codebook_sheet import MOST_CODES
from storybank.errors import Invalid
from storybank.words import say

MOST_BYTES = 20_000_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CHECK_FILE = say("Nothing was changed. Check that it is the right file, or save it again.")


def content(file: Path) -> bytes:
    """Return the bytes of a file, or refuse with the reason."""
    entry = single(file)
    if entry.size > MOST_BYTES:
        raise Invalid(say("{file} is too large for a codebook: {megabytes} MB.", file=file.name,
                          megabytes=entry.size // 1_000_000), hint=CHECK_FILE)
    with readable(file.name), entry.opened() as stream:
        return stream.read(MOST_BYTES + 1)


def decoded(raw: bytes, name: str) -> str:
    """Return the text of a table in the encoding it is in."""
    text = in_its_encoding(raw).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROLS.findall(text)) > len(text) // 500 or text.count("\ufffd") > max(8, len(text) // 100):
        raise Invalid(say("{file} does not hold what its name says: it is no text.", file=name), hint=CHECK_FILE)
    return _CONTROLS.sub("", text)


def refuse_instructions(xml: bytes, name: str) -> None:
    """Refuse XML that defines entities: no codebook needs them, and an attack does."""
    bare = xml.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise attack(name)


def attack(name: str) -> Invalid:
    """Say that a file holds what only an attack needs."""
    return Invalid(say("{file} holds instructions that no codebook needs, as in an attack.", file=name),
                   hint=say("Nothing was changed. Do not open it elsewhere either; ask whoever sent it."))


def too_many(name: str) -> Invalid:
    """Say that a file holds more codes than anybody keeps."""
    return Invalid(say("There are more than {most} codes in {file}.", file=name, most=MOST_CODES), hint=CHECK_FILE)
