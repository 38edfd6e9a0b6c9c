"""Chips: each part of a query, said as it was understood, with what would be typed without it."""

from __future__ import annotations

from collections.abc import Mapping

from storybank.domain.found import Chip
from storybank.domain.query import Query
from storybank.domain.query_language import parts_of
from storybank.domain.terms import Either, Every, Field, Node, Not, Term
from storybank.words import Sentence, say


def chips(query: Query, names: Mapping[str, str]) -> tuple[Chip, ...]:
    """Return the parts of what was typed as they were understood; `names` are what keys of codes and uses are called.

    Where one of several is enough, each of them is a part, and taking it out leaves the others.
    """
    read = parts_of(query.typed)
    found = []
    for number, part in enumerate(read.parts):
        others = [read.text[one.start : one.end].strip() for one in read.parts if one is not part]
        said = said_of(part.node, names)
        if read.any_will_do and number:
            said = say("or {part}", part=said)
        found.append(Chip(said, (" OR " if read.any_will_do else " ").join(others)))
    return tuple(found)


def said_of(node: Node, names: Mapping[str, str]) -> Sentence:
    """Return a part of a query as it was understood."""
    if isinstance(node, Not):
        return say("without: {part}", part=said_of(node.part, names))
    if isinstance(node, Field):
        return _FIELDS[node.name](", ".join(names.get(value, value) for value in node.values))
    if isinstance(node, Term):
        return _said_of_term(node)
    return _said_together(node, names)


def _said_together(node: Every | Either, names: Mapping[str, str]) -> Sentence:
    said = said_of(node.parts[0], names)
    for part in node.parts[1:]:
        more = said_of(part, names)
        both = say("{first} and {second}", first=said, second=more)
        said = both if isinstance(node, Every) else say("{first} or {second}", first=said, second=more)
    return say("({parts})", parts=said)


def _said_of_term(term: Term) -> Sentence:
    words = " ".join(term.surface)
    if term.near:
        return say("near within {n}: {words}", n=term.near, words=words)
    if term.exact:
        return say("exactly: {words}", words=words)
    if term.prefix:
        return say("beginning with {words}", words=words)
    return say("“{words}”", words=words) if term.quoted or len(term.words) > 1 else say("{words}", words=words)


_FIELDS = {
    "speaker": lambda value: say("speaker: {value}", value=value),
    "block": lambda value: say("building block: {value}", value=value),
    "stakeholder": lambda value: say("stakeholder: {value}", value=value),
    "code": lambda value: say("code: {value}", value=value),
    "stage": lambda value: say("stage: {value}", value=value),
    "province": lambda value: say("province: {value}", value=value),
    "country": lambda value: say("country: {value}", value=value),
    "language": lambda value: say("language: {value}", value=value),
    "year": lambda value: say("year: {value}", value=value),
    "story": lambda value: say("story: {value}", value=value),
    "coder": lambda value: say("coder: {value}", value=value),
    "usable": lambda value: say("usable for: {value}", value=value),
    "has": lambda value: say("has: {value}", value=value),
    "is": lambda value: say("is: {value}", value=value),
    "before": lambda value: say("before: {value}", value=value),
    "after": lambda value: say("after: {value}", value=value),
    "kind": lambda value: say("kind: {value}", value=value),
}
