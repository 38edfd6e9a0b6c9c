"""What a query means to the index, and where words answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storybank.domain.query import Either, Every, Node, Not, Query, Term
from storybank.persistence.wording import STEMMED, stem

MOST_TERMS = 64
"""Nobody types more; text that was pasted by mistake is cut here."""

MOST_WORDS = 64
"""The longest phrase that is looked for."""


@dataclass(frozen=True, slots=True)
class Needle:
    """One way in which a term is found: words in a row, as they are written (`x`) or by their stems (`s`)."""

    column: str
    words: tuple[str, ...]
    prefix: bool = False
    near: int = 0

    def expression(self) -> str:
        """Return it in the index's own language."""
        if self.near:
            return f"{self.column} : NEAR({' '.join(map(_quoted, self.words))}, {self.near})"
        return f"{self.column} : {_quoted(' '.join(self.words))}{' *' if self.prefix else ''}"

    def runs(self, said: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield where it stands among words: the first and the last of them."""
        if self.near:
            yield from self._clusters(said)
            return
        first, size = self.words[0], len(self.words)
        if size == 1 and not self.prefix:
            if first in said:
                yield from ((at, at) for at, word in enumerate(said) if word == first)
            return
        head, last = self.words[:-1], self.words[-1]
        for at in range(len(said) - size + 1):
            end = said[at + size - 1]
            if (end.startswith(last) if self.prefix else end == last) and tuple(said[at : at + size - 1]) == head:
                yield at, at + size - 1

    def _clusters(self, said: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield each of the words where all of them stand near enough to each other."""
        wanted = set(self.words)
        places = [at for at, word in enumerate(said) if word in wanted]
        marked: set[int] = set()
        for number, at in enumerate(places):
            inside = [one for one in places[number:] if one - at <= self.near + 1]
            if {said[one] for one in inside} == wanted:
                marked.update(inside)
        yield from ((at, at) for at in sorted(marked))


def needles(term: Term) -> tuple[Needle, ...]:
    """Return the ways in which a term is found: as it is written, by its stems in each language, by other words."""
    words = term.words[:MOST_WORDS]
    if not any(map(_is_findable, words)):
        return ()
    found = [Needle("x", words, term.prefix, term.near)]
    if not term.exact and not term.prefix:
        found += [Needle("s", one, near=term.near) for one in sorted(_stemmed(term))]
    return tuple(dict.fromkeys([*found, *(needle for other in term.others for needle in needles(other))]))


def stems(term: Term) -> set[str]:
    """Return the stems that a word may be found by; a phrase, a beginning and an exact word have none."""
    if term.exact or term.prefix or len(term.words) != 1:
        return set()
    return {one for (one,) in _stemmed(term)}


def _stemmed(term: Term) -> set[tuple[str, ...]]:
    surface = term.surface[:MOST_WORDS]
    return {tuple(stem(word, language) for word in surface) for language in STEMMED}


def _is_findable(word: str) -> bool:
    return any(map(str.isalnum, word))


def _quoted(words: str) -> str:
    """Return words as a string of the index's language; whatever is no letter or digit cannot mean anything there."""
    return '"' + "".join(c if c.isalnum() else " " for c in words) + '"'


def match_expression(query: Query) -> str:
    """Return the words of a query in the index's own language: what its hits are ranked by; empty where it has none.

    Only quoted words, joined by operators of ours: what is typed can mean nothing else.
    """
    return expression_of(wanted_words(query)[0]) or ""


def wanted_words(query: Query) -> tuple[Node | None, tuple[Node, ...]]:
    """Return the part of a query that the index alone can answer, and the parts that the tables must answer."""
    root = query.root if query.root is not None else Every(query.terms[:MOST_TERMS])
    parts = root.parts if isinstance(root, Every) else (root,)
    if not any(expression_of(part) for part in parts):
        return None, tuple(part for part in parts if expression_of(part) != "")
    answered = [p for p in parts if expression_of(p) or (isinstance(p, Not) and expression_of(p.part))]
    return Every(tuple(answered)), tuple(p for p in parts if p not in answered and expression_of(p) != "")


def expression_of(node: Node | None) -> str | None:
    """Return a part of a query in the index's language; empty where it asks nothing, None where tables are needed."""
    if isinstance(node, Term):
        return " OR ".join(needle.expression() for needle in needles(node))
    if isinstance(node, Either):
        either = [expression_of(part) for part in node.parts]
        return None if None in either else " OR ".join(f"({one})" for one in either if one)
    if not isinstance(node, Every):
        return None
    wanted = [expression_of(part) for part in node.parts if not isinstance(part, Not)]
    refused = [expression_of(part.part) for part in node.parts if isinstance(part, Not)]
    if None in wanted or None in refused or (any(refused) and not any(wanted)):
        return None
    both = " AND ".join(f"({one})" for one in wanted if one)
    without = " OR ".join(f"({one})" for one in refused if one)
    return f"({both}) NOT ({without})" if without else both


class Matcher:
    """Finds where words answer a query."""

    def __init__(self, query: Query) -> None:
        self._terms = [needles(term) for term in query.terms[:MOST_TERMS]]

    def runs(self, x: Sequence[str], s: Sequence[str]) -> list[tuple[int, int, int]]:
        """Return where the terms stand among the words of a text: first word, last word, and which term it is."""
        return sorted(
            (first, last, number)
            for number, ways in enumerate(self._terms)
            for first, last in {run for way in ways for run in way.runs(x if way.column == "x" else s)}
        )
