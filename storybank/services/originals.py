"""Originals: where a recording's own file lies, or in plain words that it lies there no more."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from storybank.checksum import sha256_of
from storybank.domain.recording import Recording
from storybank.errors import Damaged, Unavailable
from storybank.ports import Store
from storybank.words import say


def original(store: Store, recording: Recording) -> Path:
    """Return the path of a recording's file; raise `Unavailable` naming where it was, if it is not there."""
    file = store.path(recording.place)
    if not file.exists():
        raise Unavailable(
            say("The recording is not where it was: {path}. Its transcript and quotes are safe.", path=str(file)),
            hint=say("Press “Find it…” under its picture, or type: storybank locate {code} FILE", code=recording.code),
        )
    return file


def unchanged(store: Store, recording: Recording) -> Path:
    """Return the path of a recording's file if it is the one that came in: consent was given for no other.

    Raise `Damaged` where another file has its name by now.
    """
    file = original(store, recording)
    told = file.stat()
    if told.st_size != recording.bytes or _hashed(file, told.st_size, told.st_mtime_ns) != recording.sha256:
        raise Damaged(say("{file} has changed since it came in.", file=recording.original_name),
                      hint=say("Press “Find it…” under its picture, or type: storybank locate {code} FILE",
                               code=recording.code))
    return file


@lru_cache(maxsize=512)
def _hashed(file: Path, _bytes: int, _changed_ns: int) -> str:
    """Return a file's hash, worked out again only when the file is another."""
    return sha256_of(file)
