"""Names: identifiers for the machine, short codes and safe file names for people."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Container
from itertools import chain, count
from pathlib import Path

SHORT_CODES = {
    "story": "S", "recording": "R", "person": "P", "consent": "C", "quote": "Q", "export": "E", "case": "W",
    "draft": "D",
}
"""The letter that begins each kind's short code, as in S-0012."""


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Controls, line breaks and changes of direction: no page can show them, and Word refuses some."""
_BROKEN = re.compile(r"[\ud800-\udfff]")


def new_id() -> str:
    """Return a fresh UUID; identifiers never carry meaning."""
    return str(uuid.uuid4())


def short_code(kind: str, number: int) -> str:
    """Return what people call the thing: `short_code("story", 12)` is `S-0012`."""
    return f"{SHORT_CODES[kind]}-{number:04d}"


def named(path: Path) -> str:
    """Return the name that a file or folder will have, also while it is still being made beside its place."""
    return path.name.removeprefix(".").replace(".making", "")


_CODE = re.compile(
    rf"(?<![^\W_])([{''.join(SHORT_CODES.values())}])[-\u2010-\u2013\u2212]\xad?\n?([0-9]{{4,7}})(?![^\W_])",
    re.IGNORECASE,
)


def codes_in(untrusted_text: str) -> list[str]:
    """Return the short codes in a text in order, however they are set: `kit:E-0003`, `q-0012.srt`, `(Q‑0012)`."""
    return [f"{letter.upper()}-{number}" for letter, number in _CODE.findall(untrusted_text)]


def plain(untrusted_text: str) -> str:
    """Return `untrusted_text` as one line that can be shown, kept and printed anywhere."""
    return unicodedata.normalize("NFC", _BROKEN.sub("\ufffd", _UNSEEN.sub(" ", untrusted_text))).strip()


def in_line(label: str) -> str:
    """Return a label as it stands inside a sentence: without its capital, unless it is a name or an acronym."""
    second = label.split()[1:2]
    keeps = label[1:2].isupper() or bool(second and second[0][:1].isupper())
    return label if keeps else label[:1].lower() + label[1:]


def slug(text: str, most: int = 60) -> str:
    """Return `text` as lower-case ASCII words joined by hyphens: safe in any file system and address."""
    bare = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    words = re.findall(r"[a-z0-9]+", bare.encode("ascii", "ignore").decode().lower())
    return "-".join(words)[:most].strip("-") or "untitled"


def free_slug(text: str, taken: Container[str]) -> str:
    """Return the slug of `text`, with a number behind it where another has it already."""
    wanted = slug(text)
    return next(s for s in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if s not in taken)
