"""Selection: which quotes a brief prints, and under which building block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.export import Passage

PER_BLOCK = 3
MOST_QUOTES = 12
MOST_CHARACTERS = 1700
"""All quotes together: what still leaves the brief within four pages."""
_CLEAR_FROM = 40
"""A quote shorter than this says too little on its own."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A building block and the quotes printed under it; no block where the quotes speak to none."""

    block: Code | None
    passages: tuple[Passage, ...]


def chapters(passages: Sequence[Passage], codebook: Sequence[Code]) -> list[Chapter]:
    """Return the strongest quotes by block, in the codebook's order; every quote stands once.

    The block with the fewest quotes chooses first, so that a quote speaking to several goes where it is needed.
    """
    blocks = in_order(codebook, CodeKind.BLOCK)
    wanted = {block.key: [p for p in passages if block.key in keys_of(p)] for block in blocks}
    known = {block.key for block in blocks}
    wanted[""] = [p for p in passages if not known & set(keys_of(p))]
    taken: set[str] = set()
    chosen: dict[str, list[Passage]] = {}
    for key in sorted(wanted, key=lambda key: len(wanted[key])):
        free = sorted((p for p in wanted[key] if p.cleared.quote.id not in taken), key=strength)
        chosen[key] = free[:PER_BLOCK]
        taken |= {p.cleared.quote.id for p in chosen[key]}
    _trim(chosen)
    ordered: list[Code | None] = [*blocks, None]
    return [Chapter(block, tuple(chosen[block.key if block else ""])) for block in ordered
            if chosen[block.key if block else ""]]


def strength(passage: Passage) -> tuple[bool, bool, int, str]:
    """Return a sort key, strongest first: marked important, long enough to be clear, then short."""
    quote = passage.cleared.quote
    return not quote.important, len(quote.text) < _CLEAR_FROM, len(quote.text), quote.code


def keys_of(passage: Passage) -> tuple[str, ...]:
    """Return the keys of the building blocks that a passage speaks to."""
    return tuple(block.key for block in passage.blocks)


def in_order(codebook: Sequence[Code], kind: CodeKind) -> list[Code]:
    """Return the codes of a kind in the codebook's order."""
    return sorted((code for code in codebook if code.kind is kind), key=lambda code: (code.position, code.key))


def _trim(chosen: dict[str, list[Passage]]) -> None:
    """Take away the weakest quote of the fullest block until the rest fits the page; one quote always stays."""
    def total(what: list[Passage]) -> int:
        return sum(len(p.cleared.quote.text) + 60 for p in what)

    while True:
        everything = [p for passages in chosen.values() for p in passages]
        if len(everything) < 2 or (len(everything) <= MOST_QUOTES and total(everything) <= MOST_CHARACTERS + 720):
            return
        fullest = max(chosen, key=lambda key: (len(chosen[key]), total(chosen[key])))
        chosen[fullest].pop()
