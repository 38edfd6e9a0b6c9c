"""Names: identifiers for the machine, short codes and safe file names for people."""

from __future__ import annotations

import re
import unicodedata
import uuid

SHORT_CODES = {"story": "S", "recording": "R", "person": "P", "consent": "C", "quote": "Q", "export": "E"}
"""The letter that begins each kind's short code, as in S-0012."""


def new_id() -> str:
    """Return a fresh UUID; identifiers never carry meaning."""
    return str(uuid.uuid4())


def short_code(kind: str, number: int) -> str:
    """Return what people call the thing: `short_code("story", 12)` is `S-0012`."""
    return f"{SHORT_CODES[kind]}-{number:04d}"


def slug(text: str, most: int = 60) -> str:
    """Return `text` as lower-case ASCII words joined by hyphens: safe in any file system and address."""
    bare = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    words = re.findall(r"[a-z0-9]+", bare.encode("ascii", "ignore").decode().lower())
    return "-".join(words)[:most].strip("-") or "untitled"
