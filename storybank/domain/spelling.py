"""Spelling: which words of a line are worth looking up, and which are known without a dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

_ELIDED = re.compile(r"^(?:[cdjlmnstç]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)'(?=\w)", re.IGNORECASE)
"""What French elides before a vowel."""
_POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-", "\u00ad": ""})
_ADDRESS = re.compile(r"@|://|^www\.|\w\.\w")
_LONGEST_ACRONYM = 6
_LONGEST_WORD = 60
"""No word is longer; what is, no dictionary need be asked about."""


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of names and terms, as they are compared with the words of a transcript."""
    return frozenset(part.casefold() for text in texts for word in text.split() for part in _forms(word))


@lru_cache(maxsize=50_000)
def to_look_up(word: str) -> tuple[str, ...]:
    """Return what a dictionary is asked about a word as it stands: the word, and its parts; nothing for no word.

    Numbers, addresses, abbreviations with their stops inside, acronyms and single letters are no words.
    """
    bare = _bare(word)
    if not bare or len(bare) > _LONGEST_WORD or any(sign.isdigit() for sign in bare) or _ADDRESS.search(bare):
        return ()
    if len(bare) == 1 or (bare.isupper() and len(bare) <= _LONGEST_ACRONYM):
        return ()
    return tuple(dict.fromkeys([bare, *(part for part in _parts(bare) if len(part) > 1)]))


def is_wrong(word: str, unknown: Set[str], known: Set[str]) -> bool:
    """Tell whether a word is in no dictionary; `unknown` is what dictionaries did not have of `to_look_up`.

    Dictionaries know what may be elided before their words; for names and terms, anything may.
    """
    asked = to_look_up(word)
    if not asked or asked[0] not in unknown or any(form.casefold() in known for form in _forms(word)):
        return False
    parts = _parts(asked[0])
    right = (len(part) == 1 or part not in unknown or part.casefold() in known for part in parts)
    return len(parts) < 2 or not all(right)


def core_of(word: str) -> tuple[str, str, str]:
    """Return a word without the signs around it, and what stands before and behind it."""
    found = re.fullmatch(r"(\W*)(.*?)(\W*)", word, re.DOTALL)
    return (found[1], found[2], found[3]) if found else ("", word, "")


def _parts(bare: str) -> list[str]:
    return [part for part in re.split(r"[-/]", bare) if part]


def _bare(word: str) -> str:
    return core_of(word)[1].translate(_ALIKE)


def _forms(word: str) -> Iterator[str]:
    """Yield a word as it stands, without what was elided before it, and without a possessive behind it."""
    bare = _bare(word)
    if bare:
        yield bare
    for shorter in (_ELIDED.sub("", bare, count=1), _POSSESSIVE.sub("", bare)):
        if shorter and shorter != bare:
            yield shorter
