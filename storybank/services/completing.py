"""Completing: help with what to type: words that exist, words that were meant, and ways to ask for less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from storybank.domain.coding import Coder
from storybank.domain.easing import Eased, easier
from storybank.domain.found import FACETS, Easing
from storybank.domain.query import Query, understood
from storybank.domain.query_fields import FIELDS
from storybank.domain.query_language import parts_of
from storybank.domain.terms import Field, Not, Term, folded, tokens
from storybank.ports import OpenWork, Today
from storybank.services.field_values import values_of
from storybank.services.searching import Searching
from storybank.words import say

MOST_MEANT, MOST_EASINGS = 3, 6

_FIELD_BEGUN = re.compile(r'(?:^|[\s(|-])(?P<name>[^\W\d_]+):(?P<value>"[^"]*|[^\s"()|]*)$')
_WORD_BEGUN = re.compile(r"[^\W_]+$")
_WORTH = 2
"""Letters from which on words are told: one alone begins half of them."""


class Completing:
    """Knows what can be found."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._searching = Searching(open_work, today)

    def words(self, begun: str, most: int = 8) -> list[str]:
        """Return what could be typed, the likeliest first: all of `begun`, with its last word completed."""
        if most < 1:
            return []
        if (field := _FIELD_BEGUN.search(begun)) and folded(field["name"]) in _NAMES:
            return self._with_value(begun, field, most)
        last = _WORD_BEGUN.search(begun)
        if last is None or len(last.group()) < _WORTH:
            return []
        names = [] if begun.count('"') % 2 else _fields_beginning(last.group())
        with self._open_work() as work:
            words = work.words_there.beginning(last.group(), most)
        told = dict.fromkeys(f"{begun[: last.start()]}{one}" for one in [*words[: most - len(names)], *names])
        return [one for one in told if one != begun][:most]

    def coders(self) -> list[Coder]:
        """Return everybody whose codings one can look for."""
        with self._open_work() as work:
            return work.codings.coders()

    def did_you_mean(self, query: Query) -> list[str]:
        """Return what may have been meant, as it would be typed, where words of a query are nowhere to be found."""
        missing = [word for word in _words_of(query) if not self._finds(Query(terms=(word,), root=word))]
        if not missing:
            return []
        with self._open_work() as work:
            near = {word.words[0]: work.words_there.nearest(word.words[0], MOST_MEANT) for word in missing}
        near = {word: others for word, others in near.items() if others}
        told = (_reworded(query.typed, dict(zip(near, choice, strict=True))) for choice in _likeliest(near))
        return [one for one in dict.fromkeys(told) if one != query.typed and self._finds(understood(one))][:MOST_MEANT]

    def easings(self, query: Query) -> list[Easing]:
        """Return ways to ask for less where nothing was found, with what each finds; those that find nothing left out.

        An easing with `keep_filters` false is asked without any of the boxes checked.
        """
        found = [one for eased in easier(query.typed) if (one := self._easing(query, eased))]
        if _is_filtered(query):
            if total := self._finds(understood(query.typed)):
                found.insert(0, Easing(say("Search without the filters"), query.typed, False, total))
            elif not found:
                bare = understood(query.typed)
                found = [replace(one, keep_filters=False) for eased in easier(query.typed)
                         if (one := self._easing(bare, eased))]
        return found[:MOST_EASINGS]

    def _easing(self, query: Query, eased: Eased) -> Easing | None:
        total = self._finds(_asked_so(query, eased.typed))
        return Easing(eased.said, eased.typed, True, total) if total else None

    def _finds(self, query: Query) -> int:
        return self._searching.find(query, 0).total

    def _with_value(self, begun: str, field: re.Match[str], most: int) -> list[str]:
        value = field["value"]
        kept = value[: value.rfind(",") + 1] if not value.startswith('"') else ""
        start = folded(value[len(kept) :].lstrip('"'))
        with self._open_work() as work:
            values = values_of(work, _NAMES[folded(field["name"])], folded(field["name"]))
        told = dict.fromkeys(_quoted(one) for one in values if _begins_so(one, start))
        before = begun[: field.start("value")] + kept
        return [f"{before}{one}" for one in told if f"{before}{one}" != begun][:most]


_NAMES = {name: field for field, names in FIELDS.items() for name in names}


def _fields_beginning(word: str) -> list[str]:
    start = folded(word)
    return [f"{name}:" for name in _NAMES if len(start) > _WORTH and name.startswith(start)][:2]


def _begins_so(value: str, start: str) -> bool:
    """Tell whether a value, or one of the words in it, begins so."""
    whole = folded(value)
    return whole.startswith(start) or any(whole[at:].startswith(start) for _word, at, _end in tokens(whole))


def _quoted(value: str) -> str:
    return f'"{value}"' if any(not c.isalnum() for c in value) else value


def _words_of(query: Query) -> list[Term]:
    """Return every word that is looked for, each by itself and once."""
    found = {
        word: Term((word,), (surface,), term.exact)
        for term in query.terms if not term.prefix
        for word, surface in zip(term.words, term.surface, strict=True)
    }  # fmt: skip
    return list(found.values())


def _likeliest(near: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield a choice for each word, the likeliest of all first."""
    if near:
        yield from sorted(
            product(*near.values()),
            key=lambda choice: sum(others.index(one) for one, others in zip(choice, near.values(), strict=True)),
        )[: MOST_MEANT * 2]  # fmt: skip


def _reworded(typed: str, instead: dict[str, str]) -> str:
    """Return what was typed with other words in place of some; the values of fields stay as they are."""
    read = parts_of(typed)
    fields = [(part.start, part.end) for part in read.parts
              if isinstance(part.node, Field) or (isinstance(part.node, Not) and isinstance(part.node.part, Field))]
    said, at = [], 0
    for word, start, end in tokens(read.text):
        other = instead.get(folded(word))
        if other and not any(first <= start < last for first, last in fields):
            said += [read.text[at:start], other]
            at = end
    return "".join([*said, read.text[at:]])


def _is_filtered(query: Query) -> bool:
    return bool(query.usable_for or query.kinds or any(getattr(query, facet) for facet in FACETS))


def _asked_so(query: Query, typed: str) -> Query:
    """Return a query that asks for something else, with the same boxes checked."""
    asked = understood(typed)
    return replace(query, typed=asked.typed, terms=asked.terms, root=asked.root)

