"""Import: bringing a recording in, beside copying and hashing it with the standard library."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.demo import filmed, recordings, ticket
from benchmarks.figures import Figure, seconds, speed, take_turns
from storybank.persistence.store import FolderStore
from ui.wiring import create_app

SIZES = {"200 MB": (200_000_000, 5), "1 GB": (1_000_000_000, 3)}
"""A few minutes of a phone's film, and a short interview from a camera; how many rounds of each."""


def import_beside_copying(folder: Path) -> Iterator[Figure]:
    """Measure the whole import (a look inside, copy, checksum, safe on disk, rows, poster), then the copying alone."""
    film = next(path for path in recordings() if path.suffix == ".mp4")
    for size, (count, rounds) in SIZES.items():
        recording = filmed(film, folder / "long.mp4", size=count)
        whole = take_turns(partial(_import, recording, folder / "library"), partial(_copy, recording, folder), rounds)
        yield speed(f"import {size}", f"import of {size} / copy and SHA-256, standard library", *whole, 0.7)
        alone = take_turns(partial(_take_in, recording, folder / "library"), partial(_copy, recording, folder), rounds)
        yield speed(f"taking in {size}", "  of it, copied and safe on disk / the same", *alone, 0.7)
        recording.unlink()


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
