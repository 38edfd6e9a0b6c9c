"""Editing: what hands do to the lines of a transcript. Words keep the times at which they were said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from storybank.domain import alignment
from storybank.domain.quote import Anchor
from storybank.domain.transcript import Line, Span, Word, realigned
from storybank.errors import Invalid
from storybank.words import say

SHORTEST_LINE_MS = 60


def split(line: Line, before_word: int, new_id: str, position: float) -> tuple[Line, Line]:
    """Return a line cut in front of a word (counted from 0); the second part gets `new_id` and its own position.

    Raises `Invalid` where one of the parts would have no words.
    """
    words = timed_words(line)
    if not 0 < before_word < len(words):
        raise Invalid(say("A line can be split between two of its words."))
    return (
        _with_words(line, words[:before_word], start_ms=line.start_ms),
        replace(_with_words(line, words[before_word:], end_ms=line.end_ms), id=new_id, position=position,
                opens_paragraph=False),
    )  # fmt: skip


def merged(first: Line, second: Line) -> tuple[Line, Line]:
    """Return two neighbouring lines as one, and the second marked as gone."""
    flags = tuple(dict.fromkeys((*first.flags, *second.flags)))
    words = (*timed_words(first), *timed_words(second))
    whole = replace(
        _with_words(first, words, start_ms=first.start_ms, end_ms=max(first.end_ms, second.end_ms)),
        reviewed=first.reviewed and second.reviewed, flags=flags,
    )
    return replace(whole, revision=max(first.revision, second.revision)), replace(second, gone=True)


def shifted(first: Line, second: Line, words: int) -> tuple[Line, Line]:
    """Return two neighbouring lines with their boundary moved by some words, later or (negative) earlier.

    Raises `Invalid` where one of them would be left without words.
    """
    begun = timed_words(first)
    both, at = (*begun, *timed_words(second)), len(begun) + words
    if not 0 < at < len(both):
        raise Invalid(say("Each line must keep a word; merge them instead."))
    return (
        _with_words(first, both[:at], start_ms=first.start_ms),
        _with_words(second, both[at:], end_ms=second.end_ms),
    )


def timed_words(line: Line) -> tuple[Word, ...]:
    """Return a line's words; where its engine gave none, those of its text, shared out over its time."""
    if line.words or not line.text:
        return line.words
    return realigned((), line.text, Span(line.start_ms, line.end_ms))


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


class Reanchoring:
    """Where quotes stand once some lines changed; an end in none of them stays where it is.

    Each end is found again: the same word at the same moment, or among the same words at other moments. Where it is
    gone, the quote begins with the next word that is left, and ends with the one before. Lines are compared only where
    a quote stands on one whose words changed.
    """

    def __init__(self, before: Sequence[Line], after: Sequence[Line]) -> None:
        self._before, self._after = before, after
        self._touched = {line.id: line for line in in_order(before)}
        self._stand = {line.id: line.words for line in in_order(after)}

    def of(self, anchor: Anchor) -> Anchor:
        """Return where a quote stands that stood there."""
        ends = ((anchor.first_line_id, anchor.first_word), (anchor.last_line_id, anchor.last_word))
        if all(self._is_as_it_was(line_id) for line_id, _ in ends) or not self._left:
            return anchor
        moved = [
            place if place[0] not in self._touched
            else _found(_word(self._touched[place[0]], place[1]), self._left,
                        self._stayed.get(self._then.get(place, -1)), last=last)
            for place, last in zip(ends, (False, True), strict=True)
        ]
        if moved[0] in self._now and moved[1] in self._now and self._now[moved[0]] > self._now[moved[1]]:
            moved[1] = moved[0]
        return Anchor(*moved[0], *moved[1])

    def _is_as_it_was(self, line_id: str) -> bool:
        return line_id not in self._touched or self._stand.get(line_id) == self._touched[line_id].words

    @cached_property
    def _old(self) -> list[tuple[Word, tuple[str, int]]]:
        return list(_places(self._before))

    @cached_property
    def _left(self) -> list[tuple[Word, tuple[str, int]]]:
        return list(_places(self._after))

    @cached_property
    def _then(self) -> dict[tuple[str, int], int]:
        return {place: number for number, (_word, place) in enumerate(self._old)}

    @cached_property
    def _now(self) -> dict[tuple[str, int], int]:
        return {place: number for number, (_word, place) in enumerate(self._left)}

    @cached_property
    def _stayed(self) -> dict[int, int]:
        return _stayed([word.text for word, _ in self._old], [word.text for word, _ in self._left])


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
    if not words:
        return line
    begin = words[0].start_ms if start_ms is None else start_ms
    return replace(
        line, words=words, text=" ".join(word.text for word in words), start_ms=begin,
        end_ms=max(begin, words[-1].end_ms if end_ms is None else end_ms),
    )


def _places(lines: Sequence[Line]) -> Iterator[tuple[Word, tuple[str, int]]]:
    for line in in_order(lines):
        for number, word in enumerate(line.words):
            yield word, (line.id, number)


def _word(line: Line, number: int) -> Word:
    """Return a word of a line; beyond its end, an instant at its end."""
    return line.words[number] if 0 <= number < len(line.words) else Word("", line.end_ms, line.end_ms)


def _stayed(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return which words are still there, and where."""
    folded = [[text.casefold().strip(".,;:!?…\"«»") or text for text in texts] for texts in (old, new)]
    return {
        one.i1 + step: one.j1 + step
        for one in alignment.opcodes(*folded) if one.tag == "equal" for step in range(one.i2 - one.i1)
    }  # fmt: skip


def _found(wanted: Word, left: Sequence[tuple[Word, tuple[str, int]]], stayed: int | None, *,
           last: bool) -> tuple[str, int]:
    same = [place for word, place in left if (word.start_ms, word.text) == (wanted.start_ms, wanted.text)]
    if len(same) == 1:
        return same[0]
    if stayed is not None:
        return left[stayed][1]
    middle = (wanted.start_ms + wanted.end_ms) / 2
    if last:
        earlier = [place for word, place in left if word.start_ms <= middle]
        return earlier[-1] if earlier else left[0][1]
    later = (place for word, place in left if word.end_ms >= middle)
    return next(later, left[-1][1])


def _inside(ms: int, start_ms: int, end_ms: int) -> int:
    return min(max(ms, start_ms), end_ms)
