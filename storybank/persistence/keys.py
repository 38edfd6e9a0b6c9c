"""The library's key: 32 random bytes beside the database, kept twice, so that one spoilt file loses nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from pathlib import Path

from storybank.errors import Damaged
from storybank.words import say

KEY_FILES = ("library.keys", "library.keys.copy")


def make_keys(folder: Path) -> bytes:
    """Write a fresh key, and return it; keys that are there already are used, never written over."""
    if any((folder / name).exists() for name in KEY_FILES):
        return read_keys(folder)
    key = secrets.token_bytes(32)
    text = json.dumps({"version": 1, "key": key.hex(), "check": _check(key)}, indent=1)
    for name in KEY_FILES:
        write_safely(folder / name, text)
    return key


def read_keys(folder: Path) -> bytes:
    """Return the key from whichever of its two files is whole."""
    for name in KEY_FILES:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads((folder / name).read_text("utf-8"))
            key = bytes.fromhex(kept["key"])
            if len(key) == 32 and kept["check"] == _check(key):
                return key
    raise Damaged(
        say("The keys of this library are missing or damaged: {file}.", file=KEY_FILES[0]),
        hint=say("Put the file back from a backup of this library; without it nobody can read the database."),
    )


def write_safely(file: Path, text: str) -> None:
    """Write a small private file so that it is there whole or not at all."""
    part = file.with_name(file.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe on disk, where the system has a way to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(key: bytes) -> str:
    return hashlib.sha256(b"storybank key check " + key).hexdigest()[:16]
