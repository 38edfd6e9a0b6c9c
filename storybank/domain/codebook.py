"""Codebook: the organisation's own lists, bilingual, that quotes are tagged with."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_LEVELS = 3
"""How deep codes may stand under one another, the top one counted."""

_SHIPPED = uuid.UUID("5f6c2f0e-6b6b-4b4e-9d4f-1f9a2f6a7c11")


class CodeKind(StrEnum):
    """The list a code belongs to."""

    BLOCK = "block"
    STAKEHOLDER = "stakeholder"
    STAGE = "stage"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Code:
    """A tag with a stable key and a label in each language."""

    key: str
    kind: CodeKind
    label_en: str
    label_fr: str
    short_en: str = ""
    """The label where room is short: chips and stripes."""
    short_fr: str = ""
    gist_en: str = ""
    """What it stands for: its description."""
    gist_fr: str = ""
    position: int = 0
    """Its place among those under the same parent."""
    aliases: tuple[str, ...] = ()
    """Other words for it, in either language: what one may type to find it, and what suggests it."""
    colour: str = ""
    """`#rrggbb`; empty for the one that the theme has for it."""
    parent: str = ""
    """Key of the code it stands under, of the same list; empty at the top."""
    codable: bool = True
    """Whether quotes can be tagged with it; a heading only gathers others."""
    guid: str = ""
    """Its UUID in exchange with other programs, the same for ever; filled when it is first saved."""

    def label(self, language: str) -> str:
        """Return the label in `language`."""
        return (self.label_fr or self.label_en) if language == "fr" else (self.label_en or self.label_fr)

    def said_in(self, language: str) -> str:
        """Return what it is called where a sentence names it."""
        return self.label(language)

    def short(self, language: str) -> str:
        """Return the short label in `language`."""
        return (self.short_fr if language == "fr" else self.short_en) or self.label(language)

    def gist(self, language: str) -> str:
        """Return what the code stands for, in a sentence."""
        return self.gist_fr if language == "fr" else self.gist_en


def shipped_guid(key: str) -> str:
    """Return the UUID of a code that every library begins with: the same in all of them, so that they can exchange."""
    return str(uuid.uuid5(_SHIPPED, key))


def by_key(codes: Iterable[Code]) -> dict[str, Code]:
    """Return codes by their key."""
    return {code.key: code for code in codes}


def path_of(code: Code, codes: Mapping[str, Code]) -> tuple[Code, ...]:
    """Return the codes above one, the top first, and itself last; a parent that is missing ends the way."""
    found = [code]
    while (above := codes.get(found[0].parent)) is not None and above not in found:
        found.insert(0, above)
    return tuple(found)


def with_descendants(key: str, codes: Sequence[Code]) -> frozenset[str]:
    """Return the keys of a code and of all that stand under it."""
    found = {key}
    while more := {code.key for code in codes if code.parent in found} - found:
        found |= more
    return frozenset(found)


def levels_under(key: str, codes: Sequence[Code]) -> int:
    """Return how many levels a code and those under it take up: 1 for a code alone."""
    return 1 + max((levels_under(code.key, codes) for code in codes if code.parent == key), default=0)


def level_of(code: Code, codes: Mapping[str, Code]) -> int:
    """Return on which level a code stands: 1 at the top."""
    return len(path_of(code, codes))


def under(parent: str, kind: CodeKind, codes: Iterable[Code]) -> list[Code]:
    """Return the codes right under one, in their order; an empty key means the top of a list."""
    return sorted((one for one in codes if one.parent == parent and one.kind is kind),
                  key=lambda one: (one.position, one.key))


def in_order(codes: Sequence[Code]) -> list[Code]:
    """Return codes as a tree is read: list by list, each code before those under it."""
    kinds, known = list(CodeKind), by_key(codes)

    def place(code: Code) -> tuple[object, ...]:
        return (kinds.index(code.kind), *((one.position, one.key) for one in path_of(code, known)))

    return sorted(codes, key=place)
