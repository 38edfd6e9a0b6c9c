"""Words as the index keeps them: folded, and reduced to their stem in English and French."""

from __future__ import annotations

import unicodedata

from storybank.domain.query import folded, tokens
from storybank.domain.stemming import STEMMED, stem

__all__ = ["STEMMED", "shadows", "stem"]


def shadows(text: str, language: str) -> tuple[str, str]:
    """Return the folded words of a text and their stems: as many of each, one space apart."""
    words = [word for word, _start, _end in tokens(unicodedata.normalize("NFC", text))]
    return " ".join(map(folded, words)), " ".join(stem(word.casefold(), language) for word in words)
