"""Words as the index keeps them: folded, and reduced to their stem in English and French."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from storybank.domain.query import folded, tokens
from storybank.domain.stemming import STEMMED, stem

__all__ = ["STEMMED", "composed", "shadows", "shadows_of", "stem"]


def composed(text: str) -> str:
    """Return a text as the index keeps it: every letter one character where there is one, and no NUL."""
    return unicodedata.normalize("NFC", text.replace("\0", " "))


def shadows(text: str, language: str) -> tuple[str, str]:
    """Return the folded words of a text and their stems: as many of each, one space apart."""
    return shadows_of([(text, language)])


def shadows_of(parts: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return the folded words of several texts, each in its language, and their stems."""
    words = [(word, language) for text, language in parts for word, _start, _end in tokens(composed(text))]
    x = " ".join(folded(word) or word for word, _language in words)
    return x, " ".join(stem(word.casefold(), language) or word for word, language in words)
