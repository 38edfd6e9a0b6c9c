"""Stemming: the stem of a word in English and French, so that its forms are taken for one word."""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from typing import Any

from storybank.domain.query import folded

STEMMED = {"en": "english", "fr": "french"}
"""The languages whose word forms are seen through; words of others are taken as they are written."""

_one_at_a_time = threading.Lock()


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
