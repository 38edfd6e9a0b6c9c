"""Easing: ways to ask for less where nothing was found, the smallest step first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storybank.domain.query_language import Part, Parts, parts_of
from storybank.domain.terms import Not, Term
from storybank.words import Sentence, say

_NEAR = 5
"""Words that may stand between those of a phrase."""

MOST_TRIED = 16
"""Ways that are tried: each is a search of its own."""


@dataclass(frozen=True, slots=True)
class Eased:
    """What would be typed, and what that means."""

    said: Sentence
    typed: str


def easier(typed: str) -> list[Eased]:
    """Return ways to ask for less, each typed but once."""
    read = parts_of(typed)
    found = {eased.typed: eased for eased in reversed([*_forms(read), *_fewer(read), *_any(read)])}
    found.pop(read.text, None)
    return list(reversed(found.values()))[:MOST_TRIED] if len(read.text.strip()) else []


def _forms(read: Parts) -> Iterator[Eased]:
    """Yield the same with any form of an exact word, and with the words of a phrase farther apart."""
    for part in read.parts:
        term = part.node
        if not isinstance(term, Term):
            continue
        said = _typed(read, part)
        words = " ".join(term.surface)
        if term.exact:
            yield Eased(say("Any form of “{words}”", words=words), _with(read, part, said.replace("=", "", 1)))
        if len(term.words) > 1 and not term.near:
            near = _with(read, part, f'"{words}"~{_NEAR}')
            yield Eased(say("“{words}” near each other", words=words), near)
        if len(term.words) > 1:
            yield Eased(say("“{words}” anywhere together", words=words), _with(read, part, words))


def _fewer(read: Parts) -> Iterator[Eased]:
    """Yield the same without one of its parts; what was to be left out comes first."""
    for part in sorted(read.parts, key=lambda one: not isinstance(one.node, Not)):
        if not any(one is not part and not isinstance(one.node, Not) for one in read.parts):
            continue
        yield Eased(say("Search without {part}", part=_typed(read, part)), _with(read, part, ""))


def _any(read: Parts) -> Iterator[Eased]:
    """Yield the same where any of the words will do."""
    terms = [_typed(read, part) for part in read.parts if isinstance(part.node, Term)]
    if len(terms) > 1 and not read.any_will_do:
        rest = [_typed(read, part) for part in read.parts if not isinstance(part.node, Term)]
        together = " OR ".join(terms)
        yield Eased(say("Any of these words"), " ".join([f"({together})" if rest else together, *rest]))


def _typed(read: Parts, part: Part) -> str:
    return read.text[part.start : part.end].strip()


def _with(read: Parts, part: Part, instead: str) -> str:
    """Return what would be typed with something else in place of a part."""
    parts = [instead if one is part else _typed(read, one) for one in read.parts]
    return (" OR " if read.any_will_do else " ").join(one for one in parts if one)
