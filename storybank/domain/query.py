"""Query: what a person typed into the search field, understood; and what was found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be there: a word, the beginning of one, or a phrase of several."""

    words: tuple[str, ...]
    """Folded: lower case, no accents, ligatures undone."""
    surface: tuple[str, ...]
    """As typed, lower case, for the stemmers."""
    exact: bool = False
    prefix: bool = False
    """The last word may go on."""


@dataclass(frozen=True, slots=True)
class Query:
    """All terms must be found; every filter must hold."""

    terms: tuple[Term, ...] = ()
    blocks: frozenset[str] = frozenset()
    stakeholders: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    usable_for: str = ""
    """Key of a use: only what the gate allows for it today."""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage or quote that was found."""

    kind: str
    """`passage` or `quote`."""
    story_id: str
    recording_id: str
    start_ms: int
    end_ms: int
    speaker: str
    text: str
    marks: tuple[tuple[int, int], ...]
    """Where the found words stand in `text`: code points, end exclusive."""
    codes: tuple[str, ...] = ()
    quote_code: str = ""
    speaker_id: str | None = None
    """The contributor who says it, where the line or the quote names one itself."""


TOKEN = re.compile(r"[^\W_]+")


def folded(word: str) -> str:
    """Return a word as the index keeps it: lower case, without accents, ligatures undone."""
    plain = unicodedata.normalize("NFC", word).casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text with where they stand, in code points, end exclusive."""
    return [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]


_PART = re.compile(r'"([^"]*)"?|(\S+)')


def understood(typed: str, **filters: frozenset[str] | str) -> Query:
    """Return the query for what a person typed: words, "phrases" and beginnings*. No input is an error."""
    text = unicodedata.normalize("NFC", typed.replace("\0", " "))
    for mark in "“”«»„":
        text = text.replace(mark, '"')
    terms = tuple(term for part in _PART.finditer(text) if (term := _term(part)))
    return Query(terms=terms, typed=typed, **filters)  # type: ignore[arg-type]


def _term(part: re.Match[str]) -> Term | None:
    phrase, word = part.groups()
    text = phrase if phrase is not None else word
    exact = phrase is None and text.startswith("=")
    prefix = phrase is None and text.rstrip().endswith("*")
    surface = tuple(token.casefold() for token, _start, _end in tokens(text))
    if not surface:
        return None
    return Term(tuple(map(folded, surface)), surface, exact, prefix)
