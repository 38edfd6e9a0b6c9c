"""What a query means to the index, and where a text answers it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from storybank.domain.query import Query, Term, folded, tokens
from storybank.persistence.wording import STEMMED, stem

MOST_TERMS = 64
"""Nobody types more; text that was pasted by mistake is cut here."""

MOST_WORDS = 64
"""The longest phrase that is looked for."""


def match_expression(query: Query) -> str:
    """Return a query in the index's own language: only quoted words, joined by operators of ours.

    A word is found as it is written or by its stem in any language, a phrase word for word in order.
    """
    return " AND ".join(f"({_alternatives(term)})" for term in query.terms[:MOST_TERMS])


def _alternatives(term: Term) -> str:
    whole = f"x : {_quoted(*term.words[:MOST_WORDS])}"
    if term.prefix:
        return f"{whole} *"
    return " OR ".join([whole, *(f"s : {_quoted(one)}" for one in sorted(stems(term)))])


def _quoted(*words: str) -> str:
    """Return words as a string of the index's language; whatever is no letter or digit cannot mean anything there."""
    return '"' + "".join(c if c.isalnum() else " " for c in " ".join(words)) + '"'


def stems(term: Term) -> set[str]:
    """Return the stems that a word may be found by; a phrase, a beginning and an exact word have none."""
    if term.exact or term.prefix or len(term.words) != 1:
        return set()
    return {stem(term.surface[0], language) for language in STEMMED}


@dataclass(frozen=True, slots=True)
class _Token:
    folded: str
    stem: str
    start: int
    end: int


class Matcher:
    """Finds where a text answers a query."""

    def __init__(self, query: Query) -> None:
        self._terms = [(term, stems(term)) for term in query.terms[:MOST_TERMS]]

    def marks(self, text: str, language: str) -> tuple[tuple[int, int], ...]:
        """Return where the found words stand in a text, in order; overlapping ones are joined."""
        found = _tokens(text, language)
        spans = [span for term, its_stems in self._terms for span in _spans(term, its_stems, found)]
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)


def _spans(term: Term, its_stems: set[str], found: Sequence[_Token]) -> list[tuple[int, int]]:
    wanted = term.words[:MOST_WORDS]
    if len(wanted) == 1 and not term.prefix:
        return [(t.start, t.end) for t in found if t.folded == wanted[0] or t.stem in its_stems]
    runs = (found[at : at + len(wanted)] for at in range(len(found) - len(wanted) + 1))
    return [(run[0].start, run[-1].end) for run in runs if _follows(term, wanted, run)]


def _follows(term: Term, wanted: Sequence[str], run: Sequence[_Token]) -> bool:
    if any(token.folded != word for token, word in zip(run[:-1], wanted, strict=False)):
        return False
    last = run[-1].folded
    return last.startswith(wanted[-1]) if term.prefix else last == wanted[-1]


def _tokens(text: str, language: str) -> list[_Token]:
    """Return the words of a text as the index keeps them, with where they stand in the text as it is."""
    composed = unicodedata.normalize("NFC", text)
    places = range(len(text) + 1) if composed == text else _places(text, composed)
    return [
        _Token(folded(word), stem(word.casefold(), language), places[start], places[end])
        for word, start, end in tokens(composed)
    ]


def _places(text: str, composed: str) -> Sequence[int]:
    """Return for each character of the composed text where it begins in the text as it is."""
    places, at = [], 0
    for start in range(len(composed)):
        places.append(at)
        while at < len(text) and len(unicodedata.normalize("NFC", text[: at + 1])) <= start + 1:
            at += 1
    return [*places, len(text)]
