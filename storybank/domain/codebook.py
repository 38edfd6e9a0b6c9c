"""Codebook: the organisation's own lists, bilingual, that quotes are tagged with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    gist_fr: str = ""
    position: int = 0

    def label(self, language: str) -> str:
        """Return the label in `language`."""
        return self.label_fr if language == "fr" else self.label_en

    def short(self, language: str) -> str:
        """Return the short label in `language`."""
        return (self.short_fr if language == "fr" else self.short_en) or self.label(language)

    def gist(self, language: str) -> str:
        """Return what the code stands for, in a sentence."""
        return self.gist_fr if language == "fr" else self.gist_en
