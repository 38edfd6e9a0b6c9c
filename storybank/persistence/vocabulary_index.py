"""The words of the index: those that begin so, and those that are written much alike, as people mostly write them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from sqlalchemy import text

from storybank.domain.terms import folded, tokens
from storybank.persistence.transaction import Transaction

_RANGE = text("SELECT term, doc FROM passages_words WHERE term >= :first AND term < :last")
_ALL = text("SELECT term, doc FROM passages_words")
_WHERE_IT_STANDS = text(
    "SELECT p.text FROM passages_fts f JOIN passages p ON p.id = f.rowid WHERE passages_fts MATCH :match LIMIT :some"
)

_READ = 24
"""Passages that are read to see how a word is mostly written."""

_LAST = "\U0010ffff"


class StoredWordsThere:
    """Reads the index's own list of words: folded words and stems together, so each is looked up before it is told."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def beginning(self, begun: str, most: int) -> list[str]:
        """Return words that begin so, the most frequent first, as they are mostly written."""
        start = folded(begun)
        if not start or most < 1:
            return []
        found = sorted(self._between(start, start + _LAST), key=lambda one: (-one[1], one[0]))
        return self._as_written([term for term, _count in found], most)

    def nearest(self, word: str, most: int) -> list[str]:
        """Return words that are written much like one, the likeliest first, as they are mostly written.

        Most slips are not in the first letters, so the words that share them are tried before all others.
        """
        wanted = folded(word)
        if len(wanted) < 3 or most < 1:
            return []
        for begun in (wanted[:2], wanted[:1], ""):
            known = dict(self._between(begun, begun + _LAST) if begun else self._everything())
            near = extract(wanted, list(known), scorer=OSA.distance, score_cutoff=_slips(wanted), limit=40)
            likely = sorted((distance, -known[term], term) for term, distance, _at in near if term != wanted)
            if told := self._as_written([term for _distance, _count, term in likely], most):
                return told
        return []

    def _between(self, first: str, last: str) -> list[tuple[str, int]]:
        return [(row[0], row[1]) for row in self._transaction.rows(_RANGE, {"first": first, "last": last})]

    def _everything(self) -> list[tuple[str, int]]:
        return [(row[0], row[1]) for row in self._transaction.rows(_ALL)]

    def _as_written(self, terms: Sequence[str], most: int) -> list[str]:
        told: list[str] = []
        for term in terms[: most * 4]:
            if len(told) == most:
                break
            if written := self._mostly(term):
                told.append(written)
        return told

    def _mostly(self, term: str) -> str:
        """Return how a word is mostly written; nothing for what is a stem and no word."""
        values = {"match": f'x : "{term}"', "some": _READ}
        forms = Counter(
            word
            for row in self._transaction.rows(_WHERE_IT_STANDS, values)
            for word, _start, _end in tokens(unicodedata.normalize("NFC", row.text))
            if folded(word) == term
        )
        if not forms:
            return ""
        small = sum(count for form, count in forms.items() if form == form.lower())
        if small:  # a capital at the beginning of a sentence says nothing about the word
            forms = Counter({form: count for form, count in forms.items() if form == form.lower()})
        return min(forms, key=lambda form: (-forms[form], form))


def _slips(word: str) -> int:
    """Return how many letters may be wrong."""
    return 1 if len(word) < 5 else 2 if len(word) < 9 else 3
