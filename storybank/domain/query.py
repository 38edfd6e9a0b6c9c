"""Query: what a person typed into the search field, understood; and what was found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to be found: a word, the beginning of one, a phrase of several, or several near each other."""

    words: tuple[str, ...]
    """Folded: lower case, no accents, ligatures undone."""
    surface: tuple[str, ...]
    """As typed, lower case, for the stemmers."""
    exact: bool = False
    prefix: bool = False
    """The last word may go on."""
    near: int = 0
    """How many other words may stand between them, in any order; 0 for a phrase, word for word."""


@dataclass(frozen=True, slots=True)
class Field:
    """`speaker:amina`, `year:2020..2023`: something that must be so; any one of the values will do."""

    name: str
    values: tuple[str, ...]
    """As typed, folded."""


@dataclass(frozen=True, slots=True)
class Every:
    """All parts must be found."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts is enough."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not be there."""

    part: Node


Node = Term | Field | Every | Either | Not


class Kind(StrEnum):
    """What a search reads, each a tab with its own count."""

    PASSAGE = "passage"
    QUOTE = "quote"
    MEMO = "memo"
    STORY = "story"
    """A story's details: title, place, date, people with role and organisation."""


class Sort(StrEnum):
    """In which order hits are told."""

    BEST = "best"
    NEWEST = "newest"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed must be found; every filter must hold."""

    terms: tuple[Term, ...] = ()
    """The terms to be found, those that must not be there left out: what is marked in the hits."""
    blocks: frozenset[str] = frozenset()
    stakeholders: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    usable_for: str = ""
    """Key of a use: only what the gate allows for it today."""
    typed: str = ""
    root: Node | None = None
    """What was typed, as a tree; None where only `terms` count, all of them."""
    codes: frozenset[str] = frozenset()
    """Keys of stages and free codes."""
    years: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    """Identifiers of contributors."""
    coders: frozenset[str] = frozenset()
    """Identifiers of coders."""
    kinds: frozenset[Kind] = frozenset()
    """Empty for all."""
    sort: Sort = Sort.BEST


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, quote, memo or story that was found."""

    kind: str
    """A `Kind`."""
    story_id: str
    recording_id: str
    """Empty for what is not said at a moment: a story's details, a memo about a story."""
    start_ms: int
    """Where the lines that answer begin: what is played."""
    end_ms: int
    speaker: str
    text: str
    """The lines of the passage around its densest window, as they read."""
    marks: tuple[tuple[int, int], ...]
    """Where the found words stand in `text`: code points, end exclusive."""
    codes: tuple[str, ...] = ()
    quote_code: str = ""
    speaker_id: str | None = None
    """The contributor who says it, where the line or the quote names one itself."""
    owner_id: str = ""
    """Identifier of the quote, memo or story; of a passage its first line's."""
    line_ids: tuple[str, ...] = ()
    """The lines that `text` is made of."""
    moment_ms: int = 0
    """When the first found word is said."""
    before: str = ""
    """What stands before `text` in its passage, and after it."""
    after: str = ""
    language: str = ""


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
    root = Every(terms) if len(terms) > 1 else terms[0] if terms else None
    return Query(terms=terms, typed=typed, root=root, **filters)  # type: ignore[arg-type]


def _term(part: re.Match[str]) -> Term | None:
    phrase, word = part.groups()
    text = phrase if phrase is not None else word
    exact = phrase is None and text.startswith("=")
    prefix = phrase is None and text.rstrip().endswith("*")
    surface = tuple(token.casefold() for token, _start, _end in tokens(text))
    if not surface:
        return None
    return Term(tuple(map(folded, surface)), surface, exact, prefix)
