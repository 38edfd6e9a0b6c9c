"""Pace: word times at which nobody can speak, put right; engines bunch words together where they lose the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storybank.domain.transcript import Word

FASTEST = 30
"""Characters a second nobody exceeds; faster words have times that cannot be true."""
USUAL, SLOWEST = 13, 11
"""Characters a second, spaces among them, of ordinary and of unhurried speech."""
_DRAWLED = 7


def steadied(words: Sequence[Word], voice_ends_ms: int) -> tuple[Word, ...]:
    """Return the words with every bunch of them spread over the time it had, the last to where the voice ends.

    A bunch is two words or more in a row, each said faster than can be; the drawn-out word beside it, in which
    their time was lost, belongs to it. A voice that goes on after the last word, no longer than unhurried speech
    would need, is that word and those before it, timed too early.
    """
    steady = list(words)
    for first, last in _bunches(words):
        steady[first : last + 1] = shared_out(words[first : last + 1], words[first].start_ms, words[last].end_ms)
    length = _length(words)
    if words[-1].end_ms < voice_ends_ms <= words[0].start_ms + length * 1000 // SLOWEST:
        first = _unhurried_from(steady, voice_ends_ms)
        steady[first:] = shared_out(steady[first:], steady[first].start_ms, voice_ends_ms)
    return tuple(steady)


def _unhurried_from(words: Sequence[Word], end_ms: int) -> int:
    """Return the last word from which on the rest could be said, unhurried, until `end_ms`."""
    for first in range(len(words) - 1, 0, -1):
        if _length(words[first:]) * 1000 >= USUAL * (end_ms - words[first].start_ms):
            return first
    return 0


def _length(words: Sequence[Word]) -> int:
    return sum(len(word.text) + 1 for word in words)


def shared_out(words: Sequence[Word], start: int, end: int) -> tuple[Word, ...]:
    """Return the words sharing [start, end] by their length."""
    total, at, shared = sum(len(word.text) for word in words) or 1, 0, []
    for word in words:
        begin = start + (end - start) * at // total
        at += len(word.text)
        shared.append(replace(word, start_ms=begin, end_ms=start + (end - start) * at // total))
    return tuple(shared)


def _bunches(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the first and last index of each bunch."""
    paces = [_pace(words, index) for index in range(len(words))]
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(words):
        last = index
        while last < len(words) and paces[last] > FASTEST:
            last += 1
        if last - index >= 2:
            free = index - 1 > (found[-1][1] if found else -1)
            first = index - 1 if free and paces[index - 1] < _DRAWLED else index
            last = last if last < len(words) and paces[last] < _DRAWLED else last - 1
            found.append((first, last))
        index = max(last, index) + 1
    return found


def _pace(words: Sequence[Word], index: int) -> float:
    """Return the characters a second at which a word is said, up to where the next begins."""
    until = words[index + 1].start_ms if index + 1 < len(words) else words[index].end_ms
    return len(words[index].text) * 1000 / max(1, until - words[index].start_ms)
