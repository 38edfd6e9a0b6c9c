"""Dropped: tells old documents, which are checked, from recordings, which are imported, in whatever falls on us."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from storybank.services.collecting import MEDIA_SUFFIXES

DOCUMENTS = frozenset({".docx", ".docm", ".dotx", ".pptx", ".xlsx", ".pdf", ".html", ".htm", ".txt", ".md"})
MANIFESTS = frozenset({"consent-manifest.json", "manifest-sha256.txt"})
"""What lies in every campaign kit that we made."""
MOST = 3_000
"""How many files of a folder or a zip are looked at to tell what it is."""


class Dropped(NamedTuple):
    """What is to be done with what was dropped."""

    documents: list[Path]
    others: list[Path]
    """For the import, which says itself what it cannot take."""


def sort_out(paths: Sequence[Path]) -> Dropped:
    """Return what is to be checked and what is to be imported, each in the order it came."""
    documents = [path for path in paths if is_document(path)]
    return Dropped(documents, [path for path in paths if path not in documents])


def is_document(path: Path) -> bool:
    """Tell whether this is something to check: by its ending, and a folder or zip by what lies in it."""
    if path.is_dir():
        return _is_kit([PurePosixPath(name) for name in islice(_names_under(path), MOST)])
    ending = path.suffix.lower()
    if ending != ".zip":
        return ending in DOCUMENTS
    try:
        with zipfile.ZipFile(path) as packed:
            return _is_kit([PurePosixPath(name) for name in packed.namelist()[:MOST]], otherwise=True)
    except (OSError, zipfile.BadZipFile):
        return True  # the check says what is wrong with it


def _is_kit(inside: Sequence[PurePosixPath], *, otherwise: bool = False) -> bool:
    """Tell by what lies inside: a manifest of ours, or documents and no recordings."""
    if any(name.name in MANIFESTS for name in inside):
        return True
    if any(name.suffix.lower() in MEDIA_SUFFIXES for name in inside):
        return False
    return otherwise or any(name.suffix.lower() in DOCUMENTS for name in inside)


def _names_under(folder: Path) -> Iterator[str]:
    for _root, _folders, files in os.walk(folder):
        yield from files
