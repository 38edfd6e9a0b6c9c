"""Paging: where pages would end, counted without a rendering: what is kept together, and notes under their page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_RULE_OF_NOTES = 10
_FEWEST_LINES = 2
"""Lines of a paragraph that never stand alone at the foot or the head of a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a row of a table, in points."""

    before: float
    height: float
    after: float
    lines: int = 1
    begins_page: bool = False
    keeps_next: bool = False
    """It stands on the page of what follows."""
    is_whole: bool = False
    """It is never parted."""
    notes: float = 0
    """Height of the notes it calls for, which stand at the foot of its page."""


@dataclass(slots=True)
class _Sheet:
    """The page that is being filled."""

    room: float
    full: int = 0
    """Pages that are done."""
    height: float = 0
    after: float = 0
    notes: float = 0

    def turn(self) -> None:
        """Go on to the next page."""
        self.full, self.height, self.after, self.notes = self.full + 1, 0.0, 0.0, 0.0

    def left(self, notes: float) -> float:
        """Return how much room is left over the notes, with more of them to come."""
        under = self.notes + notes
        return self.room - self.height - under - (_RULE_OF_NOTES if under else 0)


def pages_of(blocks: Iterable[Block], room: float) -> float:
    """Return how many pages blocks fill, the last one by its share."""
    sheet = _Sheet(room)
    for chain in _chains(blocks):
        _set(sheet, chain)
    return sheet.full + (room - sheet.left(0)) / room


def _chains(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield blocks with those that they keep to."""
    chain: list[Block] = []
    for block in blocks:
        if chain and block.begins_page:
            yield chain
            chain = []
        chain.append(block)
        if not block.keeps_next:
            yield chain
            chain = []
    if chain:
        yield chain


def _set(sheet: _Sheet, chain: Sequence[Block]) -> None:
    if chain[0].begins_page and sheet.height:
        sheet.turn()
    if sheet.height and _least(sheet, chain) > sheet.left(sum(one.notes for one in chain)):
        sheet.turn()
    for block in chain:
        _set_block(sheet, block)


def _least(sheet: _Sheet, chain: Sequence[Block]) -> float:
    """Return what a chain needs of a page: all of it, but of a last paragraph that can be parted two lines."""
    height, after = 0.0, sheet.after
    for block in chain:
        height += max(block.before, after) + block.height
        after = block.after
    last = chain[-1]
    if not last.is_whole and last.lines > 2 * _FEWEST_LINES - 1:
        height -= last.height * (last.lines - _FEWEST_LINES) / last.lines
    return height


def _set_block(sheet: _Sheet, block: Block) -> None:
    sheet.height += max(block.before, sheet.after)
    rest, line = block.height, block.height / block.lines
    left = sheet.left(block.notes)
    if rest > left and sheet.height > block.before:
        fits = 0 if block.is_whole else max(0, min(int(left / line), block.lines - _FEWEST_LINES))
        if fits < _FEWEST_LINES:
            fits = 0
        rest -= fits * line
        sheet.turn()
    sheet.height += rest
    sheet.notes += block.notes
    sheet.after = block.after
