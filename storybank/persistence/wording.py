"""Words as the index keeps them: folded, and reduced to their stem in English and French."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache, lru_cache
from typing import Any

from storybank.domain.query import folded, tokens

STEMMED = {"en": "english", "fr": "french"}
"""The languages whose word forms search sees through; words of others are found as they are written."""

_one_at_a_time = threading.Lock()


def shadows(text: str, language: str) -> tuple[str, str]:
    """Return the folded words of a text and their stems: as many of each, one space apart."""
    words = [word for word, _start, _end in tokens(unicodedata.normalize("NFC", text))]
    return " ".join(map(folded, words)), " ".join(stem(word.casefold(), language) for word in words)


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Return the folded stem of a lower-case word; stemming comes first, because French needs its accents."""
    name = STEMMED.get(language)
    if name is None:
        return folded(word)
    with _one_at_a_time:  # a stemmer keeps its word while it works on it
        return folded(_stemmer(name).stemWord(word))


@cache
def _stemmer(name: str) -> Any:  # noqa: ANN401 - the package has no types
    import snowballstemmer  # loads every language it knows, which starting up need not wait for

    return snowballstemmer.stemmer(name)
