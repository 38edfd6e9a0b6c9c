"""Import: bringing a recording of 200 MB in, beside copying and hashing it with the standard library."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.demo import filmed, recordings, ticket
from benchmarks.figures import Figure, seconds, speed, take_turns
from storybank.persistence.store import FolderStore
from ui.wiring import create_app

SIZE, ROUNDS = 200_000_000, 5


def import_beside_copying(folder: Path) -> Iterator[Figure]:
    """Measure the whole import (a look inside, copy, checksum, safe on disk, rows, poster), then the copying alone."""
    film = next(path for path in recordings() if path.suffix == ".mp4")
    recording = filmed(film, folder / "long.mp4", size=SIZE)
    ours, bare = take_turns(lambda: _import(recording, folder / "library"), lambda: _copy(recording, folder), ROUNDS)
    yield speed("import", "import of 200 MB / copy and SHA-256, standard library", ours, bare, 0.7)
    ours, bare = take_turns(lambda: _take_in(recording, folder / "library"), lambda: _copy(recording, folder), ROUNDS)
    yield speed("taking in", "  of it, copied and safe on disk / the same", ours, bare, 0.7)


def _import(recording: Path, home: Path) -> float:
    app = create_app(home, "Measured")
    try:
        took = seconds(lambda: app.collecting.bring_in([recording], ticket()))
        assert len(app.browsing.cards()) == 1
        return took
    finally:
        app.close()
        shutil.rmtree(home)
        os.sync()


def _take_in(recording: Path, home: Path) -> float:
    store = FolderStore(home)
    try:
        return seconds(lambda: store.take_in(recording, ticket()))
    finally:
        shutil.rmtree(home)
        os.sync()


def _copy(recording: Path, folder: Path) -> float:
    copy = folder / "copy.mp4"
    try:
        return seconds(lambda: _copy_and_hash(recording, copy))
    finally:
        copy.unlink()
        os.sync()


def _copy_and_hash(recording: Path, copy: Path) -> str:
    """Copy and hash in the shortest way there is, without making sure of anything."""
    shutil.copyfile(recording, copy)
    with recording.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
