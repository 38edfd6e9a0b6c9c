"""Synonyms: the words that mean the same to search, which the organisation keeps itself."""

from __future__ import annotations

from dataclasses import replace

from storybank.domain import names
from storybank.domain.events import SynonymsChanged
from storybank.domain.query import folded, tokens
from storybank.domain.saved import Ring
from storybank.errors import Invalid
from storybank.ports import OpenWork
from storybank.words import say

MOST_WORDS = 24
"""Words that one ring can hold: each is looked for whenever one of them is."""

MOST_LETTERS = 80


class Synonyms:
    """Knows which words mean the same."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def rings(self) -> list[Ring]:
        """Return the rings, by their first word."""
        with self._open_work() as work:
            return sorted(work.rings.all(), key=lambda ring: (tuple(map(folded, ring.words)), ring.id))

    def save(self, ring: Ring) -> Ring:
        """Write a ring, new where it has no identifier yet, and return it as it is kept."""
        kept = replace(ring, id=ring.id or names.new_id(), words=_tidy(ring.words))
        with self._open_work() as work:
            work.rings.save(kept)
            work.record(SynonymsChanged(kept.id))
            work.commit()
        return kept

    def remove(self, ring_id: str) -> None:
        """Let the words of a ring mean each their own again."""
        with self._open_work() as work:
            work.rings.remove(ring_id)
            work.record(SynonymsChanged(ring_id))
            work.commit()


def _tidy(untrusted_words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words once each; refuse a ring that joins nothing, or more than search can look for."""
    said = (" ".join(word.split()) for word in untrusted_words)
    words = tuple({folded(word): word for word in said if tokens(word)}.values())
    if len(words) < 2:
        raise Invalid(say("A ring joins two words or more."), hint=say("Separate them by commas."))
    if len(words) > MOST_WORDS:
        raise Invalid(say("A ring can hold {most} words.", most=MOST_WORDS), hint=say("Make two rings of it."))
    if too_long := [word for word in words if len(word) > MOST_LETTERS]:
        raise Invalid(say("“{word}” is too long to be a word or a phrase.", word=too_long[0][:MOST_LETTERS]))
    return words
