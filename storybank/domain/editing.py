"""Editing: what hands do to the lines of a transcript. Words keep the times at which they were said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from storybank.domain.quote import Anchor
from storybank.domain.transcript import Line, Span, Word
from storybank.errors import Invalid
from storybank.words import say

SHORTEST_LINE_MS = 60


def split(line: Line, before_word: int, new_id: str, position: float) -> tuple[Line, Line]:
    """Return a line cut in front of a word (counted from 0); the second part gets `new_id` and its own position.

    Raises `Invalid` where one of the parts would have no words.
    """
    if not 0 < before_word < len(line.words):
        raise Invalid(say("A line can be split between two of its words."))
    return (
        _with_words(line, line.words[:before_word], start_ms=line.start_ms),
        replace(_with_words(line, line.words[before_word:], end_ms=line.end_ms), id=new_id, position=position,
                opens_paragraph=False),
    )  # fmt: skip


def merged(first: Line, second: Line) -> tuple[Line, Line]:
    """Return two neighbouring lines as one, and the second marked as gone."""
    flags = tuple(dict.fromkeys((*first.flags, *second.flags)))
    whole = replace(
        _with_words(first, (*first.words, *second.words), start_ms=first.start_ms, end_ms=second.end_ms),
        reviewed=first.reviewed and second.reviewed, flags=flags,
    )
    return replace(whole, revision=max(first.revision, second.revision)), replace(second, gone=True)


def shifted(first: Line, second: Line, words: int) -> tuple[Line, Line]:
    """Return two neighbouring lines with their boundary moved by some words, later or (negative) earlier.

    Raises `Invalid` where one of them would be left without words.
    """
    both = (*first.words, *second.words)
    at = len(first.words) + words
    if not 0 < at < len(both):
        raise Invalid(say("Each line must keep a word; merge them instead."))
    return (
        _with_words(first, both[:at], start_ms=first.start_ms),
        _with_words(second, both[at:], end_ms=second.end_ms),
    )


def retimed(line: Line, start_ms: int, end_ms: int) -> Line:
    """Return a line that begins and ends at other moments; words outside them are drawn inside.

    Raises `Invalid` for an end before the start.
    """
    if start_ms < 0 or end_ms - start_ms < SHORTEST_LINE_MS:
        raise Invalid(say("A line must begin before it ends."))
    words = tuple(
        replace(word, start_ms=_inside(word.start_ms, start_ms, end_ms), end_ms=_inside(word.end_ms, start_ms, end_ms))
        for word in line.words
    )
    return replace(line, start_ms=start_ms, end_ms=end_ms, words=words)


def reanchored(anchor: Anchor, before: Sequence[Line], after: Sequence[Line]) -> Anchor:
    """Return where a quote stands once some lines changed; an end in none of them stays where it is.

    The same word at the same moment is found again, whichever line it is in now; where it is gone, the quote begins
    with the next word that is left, and ends with the one before.
    """
    old = {line.id: line for line in before}
    left = list(_places(after))
    begin, end = (anchor.first_line_id, anchor.first_word), (anchor.last_line_id, anchor.last_word)
    if anchor.first_line_id in old and left:
        begin = _found(_word(old[anchor.first_line_id], anchor.first_word), left, last=False)
    if anchor.last_line_id in old and left:
        end = _found(_word(old[anchor.last_line_id], anchor.last_word), left, last=True)
    return Anchor(*begin, *end)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that stand, in the order they are read."""
    return sorted((line for line in lines if not line.gone), key=lambda line: line.position)


def rooms(lines: Sequence[Line], whole_ms: int) -> dict[str, Span]:
    """Return for each line, given in order, the stretch between the lines before and after it."""
    befores = [0, *(line.end_ms for line in lines[:-1])]
    afters = [*(line.start_ms for line in lines[1:]), whole_ms]
    return {
        line.id: Span(min(before, line.start_ms), max(after, line.end_ms))
        for line, before, after in zip(lines, befores, afters, strict=True)
    }


def between(first: float, second: float | None, count: int) -> list[float]:
    """Return `count` positions between two lines; `None` for no line after.

    After the last line they stay below the next whole number, where the engine's next line will stand.
    """
    if second is None:
        second = math.floor(first) + 1.0
    step = (second - first) / (count + 1)
    return [first + step * (number + 1) for number in range(count)]


def _with_words(line: Line, words: tuple[Word, ...], start_ms: int | None = None, end_ms: int | None = None) -> Line:
    return replace(
        line, words=words, text=" ".join(word.text for word in words),
        start_ms=words[0].start_ms if start_ms is None else start_ms,
        end_ms=words[-1].end_ms if end_ms is None else end_ms,
    )


def _places(lines: Sequence[Line]) -> Iterator[tuple[Word, tuple[str, int]]]:
    for line in in_order(lines):
        for number, word in enumerate(line.words):
            yield word, (line.id, number)


def _word(line: Line, number: int) -> Word:
    """Return a word of a line; beyond its end, an instant at its end."""
    return line.words[number] if 0 <= number < len(line.words) else Word("", line.end_ms, line.end_ms)


def _found(wanted: Word, left: Sequence[tuple[Word, tuple[str, int]]], *, last: bool) -> tuple[str, int]:
    for word, place in left:
        if (word.start_ms, word.text) == (wanted.start_ms, wanted.text):
            return place
    middle = (wanted.start_ms + wanted.end_ms) / 2
    if last:
        earlier = [place for word, place in left if word.start_ms < middle]
        return earlier[-1] if earlier else left[0][1]
    later = (place for word, place in left if word.end_ms > middle)
    return next(later, left[-1][1])


def _inside(ms: int, start_ms: int, end_ms: int) -> int:
    return min(max(ms, start_ms), end_ms)
