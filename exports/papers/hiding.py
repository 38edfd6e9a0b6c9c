"""Hiding: takes a person's name out of titles, file names and whatever else goes to people who need not know it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from exports.typography import clean
from storybank.domain.contributor import Contributor
from storybank.domain.recall import Affected

HIDDEN = "[…]"
_FEWEST_LETTERS = 3


def unnamed(text: str, person: Contributor, *, parts: bool = True) -> str:
    """Return `text` without the person's name, and without any part of it, with or without its accents.

    Without `parts` only the whole name goes: the Martin Foundation keeps its name when Grace Martin withdraws.
    """
    for name in _names(person) if parts else _spellings(clean(person.name)):
        words = r"[\W_]+".join(re.escape(word) for word in re.split(r"\W+", name) if word)
        text = re.sub(rf"(?<![^\W\d_]){words}(?![^\W\d_])", HIDDEN, text, flags=re.IGNORECASE)
    return text


def without_name(affected: Affected, person: Contributor) -> Affected:
    """Return what left the house with the person's name out of its title, its recipient and its file names."""
    export = affected.export
    return replace(
        affected,
        export=replace(export, title=unnamed(clean(export.title), person)),
        files=tuple(replace(file, path=unnamed(clean(file.path), person)) for file in affected.files),
    )


def _names(person: Contributor) -> list[str]:
    """Return the name and its parts, the longest first, so that a whole name goes before its parts."""
    whole = clean(person.name)
    parts = [part for part in re.split(r"[\s.\-]+", whole) if len(part) >= _FEWEST_LETTERS]
    names = {name for said in (whole, *parts) for name in _spellings(said)}
    return sorted(names, key=lambda name: (-len(name), name))


def _spellings(name: str) -> list[str]:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    return [name, bare] if re.search(r"\w", name) else []
