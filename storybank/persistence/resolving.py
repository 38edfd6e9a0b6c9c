"""Resolving: what the names in a query stand for in this library, and which other words will do for its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from sqlalchemy import select

from storybank.domain.codebook import CodeKind
from storybank.domain.query import Field, Node, Not, Query, Term, folded, terms_in, tokens
from storybank.domain.vocabulary import PROVINCES
from storybank.persistence.coding_tables import coders, rings
from storybank.persistence.tables import codes, contributors, recordings, stories
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.persistence.wording import STEMMED, stem

_CANADA = ("ca", "can", "canada")

_KINDS = {"block": CodeKind.BLOCK, "stakeholder": CodeKind.STAKEHOLDER, "stage": CodeKind.STAGE, "code": None}

_Ways = frozenset[tuple[str, ...]]
"""How a word or phrase may be written: folded, and by its stems."""

_Ring = tuple[tuple[Term, _Ways], ...]


def resolved(on: Transaction, query: Query) -> Query:
    """Return a query whose fields know what they stand for, and whose words know their synonyms; again is once."""
    known = _synonyms(on) if query.terms else ()
    change = partial(_resolved, on, known)
    root = change(query.root) if query.root is not None else None
    terms = terms_in(root) if root is not None else tuple(_with_others(term, known) for term in query.terms)
    return replace(query, root=root, terms=terms)


def _resolved(on: Transaction, known: Sequence[_Ring], node: Node) -> Node:
    if isinstance(node, Term):
        return _with_others(node, known)
    if isinstance(node, Field):
        return node if node.keys is not None else replace(node, keys=_keys(on, node))
    if isinstance(node, Not):
        return Not(_resolved(on, (), node.part))  # who leaves a word out means that word
    return replace(node, parts=tuple(_resolved(on, known, part) for part in node.parts))


# ---- synonyms --------------------------------------------------------------------------------------------------------


def _synonyms(on: Transaction) -> tuple[_Ring, ...]:
    return tuple(_ring(tuple(row.words)) for row in on.rows(select(rings.c.words)))


@lru_cache(maxsize=1000)
def _ring(words: tuple[str, ...]) -> _Ring:
    return tuple((term, _ways(term)) for term in map(_member, words) if term)


def _member(said: str) -> Term | None:
    surface = tuple(word.casefold() for word, _start, _end in tokens(said))
    return Term(tuple(map(folded, surface)), surface) if surface else None


def _ways(term: Term) -> _Ways:
    stemmed = (tuple(stem(word, language) for word in term.surface) for language in STEMMED)
    return frozenset([term.words, *stemmed])


def _with_others(term: Term, known: Sequence[_Ring]) -> Term:
    """Return a term with the other members of its rings; one that was asked for as it is written has none."""
    if term.exact or term.prefix or term.quoted or term.near or term.others or not term.words:
        return term
    own, others = _ways(term), []
    for ring in known:
        if any(own & ways for _member, ways in ring):
            others += [member for member, _ways in ring if member.words != term.words]
    return replace(term, others=tuple(dict.fromkeys(others)))


# ---- names -----------------------------------------------------------------------------------------------------------


def _keys(on: Transaction, field: Field) -> tuple[str, ...]:
    look_up = _LOOK_UP.get(field.name)
    return field.values if look_up is None else tuple(dict.fromkeys(look_up(on, field)))


def _is_called(value: str, *called: str) -> bool:
    """Tell whether a name has all the words that were typed; a star lets the last one go on."""
    wanted = [folded(word) for word, _start, _end in tokens(value)]
    has = {folded(word) for name in called for word, _start, _end in tokens(name)}
    if value.endswith("*") and wanted:
        *wanted, begun = wanted
        return has.issuperset(wanted) and any(word.startswith(begun) for word in has)
    return bool(wanted) and has.issuperset(wanted)


def _codes(on: Transaction, field: Field) -> Iterable[str]:
    """Return the codes that are called so, and those that stand under them."""
    rows, kind = on.rows(select(codes)), _KINDS[field.name]
    own = [row for row in rows if kind in (None, row.kind)]
    chosen = {key for value in field.values for key in _called(value, own)}
    while more := {row.key for row in rows if row.parent in chosen} - chosen:
        chosen |= more
    return sorted(chosen)


def _called(value: str, rows: Sequence[AnyRow]) -> set[str]:
    """Return the codes of that key or name, or else those whose label has the words."""
    exactly = {row.key for row in rows if value in map(folded, (row.key, *_names(row)))}
    return exactly or {row.key for row in rows if any(_is_called(value, name) for name in _names(row))}


def _names(code: AnyRow) -> Iterable[str]:
    return code.label_en, code.label_fr, code.short_en, code.short_fr, *code.aliases


def _people(on: Transaction, field: Field) -> Iterable[str]:
    rows = on.rows(select(contributors.c.id, contributors.c.code, contributors.c.name))
    return [
        row.id for row in rows
        if any(value in (row.id, folded(row.code)) or _is_called(value, row.name) for value in field.values)
    ]  # fmt: skip


def _coders(on: Transaction, field: Field) -> Iterable[str]:
    rows = on.rows(select(coders.c.id, coders.c.name))
    return [row.id for row in rows if any(value == row.id or _is_called(value, row.name) for value in field.values)]


def _stories(on: Transaction, field: Field) -> Iterable[str]:
    """Return the stories, and the recordings, that are called so."""
    told = on.rows(select(stories.c.id, stories.c.code, stories.c.slug, stories.c.title))
    yield from (
        row.id for row in told for value in field.values
        if value in (row.id, folded(row.code), row.slug) or _is_called(value, row.title)
    )  # fmt: skip
    made = on.rows(select(recordings.c.id, recordings.c.code, recordings.c.original_name))
    yield from (
        row.id for row in made for value in field.values
        if value in (row.id, folded(row.code), folded(row.original_name))
    )  # fmt: skip


def _provinces(_on: Transaction, field: Field) -> Iterable[str]:
    for value in field.values:
        named = [code for code, called in PROVINCES.items() if value in (folded(code), *map(folded, called))]
        yield from named or [value]


def _countries(_on: Transaction, field: Field) -> Iterable[str]:
    return PROVINCES if any(value in _CANADA for value in field.values) else ()


_LOOK_UP: Mapping[str, Callable[[Transaction, Field], Iterable[str]]] = {
    "speaker": _people, "block": _codes, "stakeholder": _codes, "stage": _codes, "code": _codes, "coder": _coders,
    "story": _stories, "province": _provinces, "country": _countries,
}  # fmt: skip
