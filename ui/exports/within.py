"""Within: what a kit's folder will hold and which pages a site has, read off its preview."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from storybank.domain.draft import Draft, DraftKind
from storybank.services.making import Pages

MOST_LINES = 60
_MAPS = ("*map*.png", "*carte*.png", "*map*.svg")


def within(draft: Draft, pages: Pages, images: tuple[QImage, ...]) -> tuple[tuple[QImage, ...], tuple[str, ...]]:
    """Return the pictures to show and the lines beneath them; of a brief, nothing is added to its pages."""
    if draft.kind is DraftKind.BRIEF:
        return images, ()
    folder = pages.document if pages.document.is_dir() else pages.document.parent
    if draft.kind is DraftKind.SITE:
        return images or _map_in(folder), _lines(folder, "*.html")
    return images, ()


def _map_in(folder: Path) -> tuple[QImage, ...]:
    for pattern in _MAPS:
        for file in sorted(folder.rglob(pattern)):
            if not (image := QImage(str(file))).isNull():
                return (image,)
    return ()


def _lines(folder: Path, pattern: str) -> tuple[str, ...]:
    found = sorted(file.relative_to(folder).as_posix() for file in folder.rglob(pattern) if file.is_file())
    return tuple(found[:MOST_LINES])
