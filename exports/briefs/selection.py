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
_CLEAR_FROM = 60
"""A quote shorter than this says too little on its own."""
_LONGEST_LEAD = 140


@dataclass(frozen=True, slots=True)
class Chapter:
    """A building block and the quotes printed under it; no block where the quotes speak to none."""

    block: Code | None
    passages: tuple[Passage, ...]


def chapters(passages: Sequence[Passage], codebook: Sequence[Code], room: float = 1.0) -> list[Chapter]:
    """Return the strongest quotes by block, in the codebook's order; each stands once. Less `room` holds fewer.

    The block with the fewest quotes chooses first, so that a quote speaking to several goes where it is needed.
    """
    blocks = in_order(codebook, CodeKind.BLOCK)
    wanted = {block.key: [p for p in passages if block.key in keys_of(p)] for block in blocks}
    known = {block.key for block in blocks}
    wanted[""] = [p for p in passages if not known & set(keys_of(p))]
    taken: list[Passage] = []
    chosen: dict[str, list[Passage]] = {}
    for key in sorted(wanted, key=lambda key: len(wanted[key])):
        chosen[key] = _choose(wanted[key], taken)
        taken += chosen[key]
    _trim(chosen, room)
    ordered: list[Code | None] = [*blocks, None]
    return [Chapter(block, tuple(chosen[block.key if block else ""])) for block in ordered
            if chosen[block.key if block else ""]]


def lead(passages: Sequence[Passage], printed: Sequence[Chapter], language: str) -> Passage | None:
    """Return a quote for page 1 that stands nowhere else, in the brief's language if there is one."""
    taken = [passage for chapter in printed for passage in chapter.passages]
    free = [p for p in passages if p not in taken and len(p.cleared.quote.text) <= _LONGEST_LEAD]
    return min(free, key=lambda p: (p.cleared.quote.language != language, *_heard(p, taken), *strength(p)),
               default=None)


def _choose(wanted: Sequence[Passage], taken: Sequence[Passage]) -> list[Passage]:
    """Return up to three: the important ones first, then whoever was heard least so far, then the short and clear."""
    chosen: list[Passage] = []
    free = [passage for passage in wanted if passage not in taken]
    while free and len(chosen) < PER_BLOCK:
        best = min(free, key=lambda p: (not p.cleared.quote.important, *_heard(p, chosen), *_heard(p, taken),
                                        *strength(p)))
        chosen.append(best)
        free.remove(best)
    return sorted(chosen, key=strength)


def _heard(passage: Passage, among: Sequence[Passage]) -> tuple[int]:
    """Return how often the speaker of a passage is among others."""
    return (sum(other.cleared.speaker.id == passage.cleared.speaker.id for other in among),)


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


def _trim(chosen: dict[str, list[Passage]], room: float) -> None:
    """Take away the weakest quote of the fullest block until the rest fits the page; one quote always stays."""

    def length(passages: list[Passage]) -> int:
        return sum(len(passage.cleared.quote.text) for passage in passages)

    while True:
        everything = [passage for passages in chosen.values() for passage in passages]
        fits = len(everything) <= MOST_QUOTES * room and length(everything) <= MOST_CHARACTERS * room
        if fits or len(everything) < 2:
            return
        fullest = max(chosen, key=lambda key: (len(chosen[key]), length(chosen[key])))
        chosen[fullest].pop()
