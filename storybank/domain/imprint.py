"""Imprint: knowing words again by their checksum alone, where the words themselves had to be erased."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

_SPOKEN = re.compile(r"“([^“”]+)”|«([^«»]+)»|\"([^\"]+)\"|„([^„“”]+)[“”]")
_AROUND = " \t\n\"“”„«»‹›"
_CREDITED = re.compile(r"\s+[—–-]\s.{1,200}$", re.DOTALL)
_CODED = re.compile(r"\s*\((?:[A-Z]-\d{4,7})\)\s*$")
_FRENCH_SPACE = re.compile(r" (?=[;:!?%»])|(?<=«) ")
_FRENCH_SIGN = re.compile(r"(?<=\w)([;:!?%])")
_BROKEN = re.compile(r"(?<=\w)[-\u2010]\s*\n\s*(?=\w)")
_LONGEST = 5_000


def imprint(words: str) -> str:
    """Return the checksum under which the ledger keeps the words of a quote."""
    return hashlib.sha256(words.encode()).hexdigest()


def imprints_in(text: str) -> Iterator[str]:
    """Yield the checksums of everything in a text that may be a quote: as it stands, and as it may have been said.

    Setting a quote in type changes marks and spaces; each is tried both ways.
    """
    for words in dict.fromkeys(form for passage in _passages(text) for form in _forms(passage)):
        yield imprint(words)


def _passages(text: str) -> Iterator[str]:
    for whole in (text, *text.split("\n")):
        if len(whole) <= _LONGEST:
            bare = _CODED.sub("", whole.strip())
            yield bare.strip(_AROUND)
            yield _CREDITED.sub("", bare).strip(_AROUND)
    for found in _SPOKEN.finditer(text):
        yield next(filter(None, found.groups())).strip(_AROUND)


def _forms(passage: str) -> Iterator[str]:
    plain = " ".join(unicodedata.normalize("NFC", _BROKEN.sub("", passage).replace("\u00ad", "")).split())
    close = _FRENCH_SPACE.sub("", plain)
    for words in (plain, close, _FRENCH_SIGN.sub(r" \1", close)):
        yield words
        yield words.replace("’", "'")
