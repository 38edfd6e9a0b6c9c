"""Terms: what can be asked of the index, as a tree: words, phrases, fields, and how they go together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


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
    quoted: bool = False
    """Whether it stood in quotation marks: other words for it will not do."""
    others: tuple[Term, ...] = ()
    """Other words for it that will do as well: its synonyms, once they were looked up."""


@dataclass(frozen=True, slots=True)
class Field:
    """`speaker:amina`, `year:2020..2023`: something that must be so; any one of the values will do."""

    name: str
    values: tuple[str, ...]
    """As typed, folded."""
    keys: tuple[str, ...] | None = None
    """What they stand for in this library, by identifier or key; None until it was looked up."""


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


TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """Return a word as the index keeps it: lower case, without accents, ligatures undone."""
    plain = unicodedata.normalize("NFC", word).casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text with where they stand, in code points, end exclusive."""
    return [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]
