"""Unfound: why a search finds nothing, in sentences that say which word or filter is to blame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storybank.domain.found import FACETS
from storybank.domain.query import Query, understood
from storybank.domain.query_chips import said_of
from storybank.domain.terms import Either, Every, Field, Node, Term
from storybank.ports import OpenWork, Today
from storybank.services.searching import Searching
from storybank.words import Sentence, say

MOST_BLAMED = 8
"""Words that are named; each is a search of its own."""


class Unfound:
    """Knows what is to blame where nothing is found."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._searching = Searching(open_work, today)

    def reasons(self, query: Query, names: Mapping[str, str]) -> list[Sentence]:
        """Return why a query finds nothing, never without a reason; `names` are what keys of codes are called."""
        bare = understood(query.typed)
        if bare.root is None:
            if not _is_filtered(query):
                return [_nothing_to_look_for(query.typed)]
        elif not self._finds(bare):
            return list(self._blamed(bare, names)) or [_not_together(bare)]
        return [say("The filters leave nothing. Take one away, or search without them.")]

    def _blamed(self, query: Query, names: Mapping[str, str]) -> Iterator[Sentence]:
        for term in list(dict.fromkeys(query.terms))[:MOST_BLAMED]:
            if not self._finds(Query(terms=(term,), root=term)):
                yield self._missing(term)
        for field in list(dict.fromkeys(_wanted(query.root)))[:MOST_BLAMED]:
            if not self._finds(Query(root=field)):
                yield say("Nothing in the library answers to “{part}”.", part=said_of(field, names))

    def _missing(self, term: Term) -> Sentence:
        words = " ".join(term.surface)
        if len(term.words) > 1:
            alone = (Term((word,), (surface,)) for word, surface in zip(term.words, term.surface, strict=True))
            gone = [one.surface[0] for one in list(dict.fromkeys(alone))[:MOST_BLAMED]
                    if not self._finds(Query(terms=(one,), root=one))]
            if gone:
                return say("Nothing in the library has “{words}”.", words="”, “".join(gone))
            if term.near:
                return say("The words “{words}” never stand so near each other.", words=words)
            return say("The words “{words}” never stand together so.", words=words)
        if term.prefix:
            return say("Nothing in the library has a word that begins with “{words}”.", words=words)
        return say("Nothing in the library has “{words}”.", words=words)

    def _finds(self, query: Query) -> int:
        return self._searching.find(query, 0).total


def _wanted(node: Node | None) -> tuple[Field, ...]:
    """Return the fields of a tree that must hold."""
    if isinstance(node, Field):
        return (node,)
    if isinstance(node, (Every, Either)):
        return tuple(field for part in node.parts for field in _wanted(part))
    return ()


def _not_together(query: Query) -> Sentence:
    if query.terms and len(query.terms) + len(_wanted(query.root)) > 1:
        return say("Each part of it is in the library, but not together in one place.")
    return say("What is to be left out leaves nothing.")


def _nothing_to_look_for(typed: str) -> Sentence:
    if not typed.strip():
        return say("Nothing was asked for: type a word, or choose a filter.")
    return say("“{typed}” holds no word to look for: search reads letters and numbers only.", typed=_short(typed))


def _short(typed: str) -> str:
    text = " ".join(typed.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _is_filtered(query: Query) -> bool:
    return bool(query.usable_for or query.kinds or any(getattr(query, facet) for facet in FACETS))
