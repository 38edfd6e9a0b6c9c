"""Query: what a person typed into the search field, understood; and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storybank.domain.query_language import parts_of
from storybank.domain.terms import TOKEN, Either, Every, Field, Node, Not, Term, folded, tokens

__all__ = [
    "TOKEN", "Either", "Every", "Field", "Hit", "Kind", "Node", "Not", "Query", "Sort", "Stretch", "Term", "Usable",
    "fields_in",
    "folded", "terms_in", "tokens", "understood",
]  # fmt: skip


class Kind(StrEnum):
    """What a search reads, each a tab with its own count."""

    PASSAGE = "passage"
    QUOTE = "quote"
    MEMO = "memo"
    STORY = "story"
    """A story's details: title, place, date, people with role and organisation."""


class Sort(StrEnum):
    """In which order hits are told."""

    BEST = "best"
    NEWEST = "newest"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed must be found; every filter must hold."""

    terms: tuple[Term, ...] = ()
    """The terms to be found, those that must not be there left out: what is marked in the hits."""
    blocks: frozenset[str] = frozenset()
    stakeholders: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    usable_for: str = ""
    """Key of a use: only what the gate allows for it today."""
    typed: str = ""
    root: Node | None = None
    """What was typed, as a tree; None where only `terms` count, all of them."""
    codes: frozenset[str] = frozenset()
    """Keys of stages and free codes."""
    years: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    """Identifiers of contributors."""
    coders: frozenset[str] = frozenset()
    """Identifiers of coders."""
    kinds: frozenset[Kind] = frozenset()
    """Empty for all."""
    sort: Sort = Sort.BEST
    usable: tuple[Usable, ...] = ()
    """What the gate allows for each use that is asked about, once it was asked."""


@dataclass(frozen=True, slots=True)
class Usable:
    """What may be used for something today: everything in some stories, and in others only some of it."""

    use: str
    story_ids: frozenset[str]
    """Stories that may be used, all but what is refused in them."""
    refused: frozenset[str] = frozenset()
    """Passages and quotes in them that may not, by owner."""
    also: frozenset[str] = frozenset()
    """Passages and quotes elsewhere that may, by owner."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage or a quote without its words: what the gate looks at."""

    kind: str
    owner_id: str
    story_id: str
    recording_id: str
    start_ms: int
    end_ms: int
    speaker_id: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, quote, memo or story that was found."""

    kind: str
    """A `Kind`."""
    story_id: str
    recording_id: str
    """Empty for what is not said at a moment: a story's details, a memo about a story."""
    start_ms: int
    """Where the lines that answer begin: what is played."""
    end_ms: int
    speaker: str
    text: str
    """The lines of the passage around its densest window, as they read."""
    marks: tuple[tuple[int, int], ...]
    """Where the found words stand in `text`: code points, end exclusive."""
    codes: tuple[str, ...] = ()
    quote_code: str = ""
    speaker_id: str | None = None
    """The contributor who says it, where the line or the quote names one itself."""
    owner_id: str = ""
    """Identifier of the quote, memo or story; of a passage its first line's."""
    line_ids: tuple[str, ...] = ()
    """The lines that `text` is made of."""
    moment_ms: int = 0
    """When the first found word is said."""
    before: str = ""
    """What stands before `text` in its passage, and after it."""
    after: str = ""
    language: str = ""


def understood(typed: str, **filters: frozenset[str] | str) -> Query:
    """Return the query for what a person typed, in the query language. No input is an error."""
    read = parts_of(typed)
    root = _joined(tuple(part.node for part in read.parts), read.any_will_do)
    return Query(terms=terms_in(root), typed=typed, root=root, **filters)  # type: ignore[arg-type]


def _joined(nodes: tuple[Node, ...], any_will_do: bool) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return Either(nodes) if any_will_do else Every(nodes)


def terms_in(node: Node | None) -> tuple[Term, ...]:
    """Return the terms of a tree that are to be found, those that must not be there left out."""
    if isinstance(node, Term):
        return (node,)
    if isinstance(node, (Every, Either)):
        return tuple(term for part in node.parts for term in terms_in(part))
    return ()


def fields_in(node: Node | None) -> tuple[Field, ...]:
    """Return the fields of a tree, those that must not hold among them."""
    if isinstance(node, Field):
        return (node,)
    if isinstance(node, Not):
        return fields_in(node.part)
    if isinstance(node, (Every, Either)):
        return tuple(field for part in node.parts for field in fields_in(part))
    return ()
