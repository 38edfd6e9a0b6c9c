"""Within: what a kit's folder will hold and which pages a site has, read off its preview."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from PySide6.QtGui import QImage

from storybank.domain.draft import Draft, DraftKind
from storybank.services.making import Pages

MOST_LINES = 60
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def within(draft: Draft, language: str, pages: Pages,
           images: tuple[QImage, ...]) -> tuple[tuple[QImage, ...], tuple[str, ...]]:
    """Return the pictures to show and the lines beneath them; of a brief, nothing is added to its pages."""
    if draft.kind is DraftKind.BRIEF:
        return images, ()
    folder = pages.document if pages.document.is_dir() else pages.document.parent
    if draft.kind is DraftKind.SITE:
        return images or _map_in(folder, language), _titles(folder, language)
    return images, ()


def _map_in(folder: Path, language: str) -> tuple[QImage, ...]:
    drawn = (QImage(str(file)) for file in sorted(folder.rglob(f"*map.{language}.png")))
    return tuple(image for image in drawn if not image.isNull())[:1]


def _titles(folder: Path, language: str) -> tuple[str, ...]:
    """Return the titles of a site's pages in a language, its front page first, each once."""
    files = sorted(file for file in folder.rglob("*.html") if language in file.relative_to(folder).parts)
    files.sort(key=lambda file: (len(file.parts), file.name != "index.html"))
    found = (_TITLE.search(file.read_text(encoding="utf-8", errors="replace")) for file in files[:MOST_LINES])
    titles = [unescape(title[1]).strip() for title in found if title]
    return tuple(dict.fromkeys(title.removesuffix(f" – {titles[0]}") for title in titles))
