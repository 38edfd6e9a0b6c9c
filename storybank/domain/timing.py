"""Timing: a text that people wrote, found in what an engine heard, so that each of its words gets its time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from storybank.domain.folding import folded
from storybank.domain.transcript import Span, Word, realigned

LEAST_SHARE = 0.3
"""A text of which less than this is heard in a recording is a text of something else (unrelated talk: below 0.1)."""
_RUNS = (6, 4, 3, 2, 1)
"""Words in a row that occur once in both texts hold them together; the longest are looked for first."""
_AT_ONCE = 160
_TITLES = "".join(rf"(?<!\b{title}\.)" for title in ("Dr", "Dre", "Mr", "Mrs", "Ms", "Prof", "St", "Ste", "M", "Mme"))
_SENTENCE = re.compile(
    rf"(?:(?<=[.!?…])|(?<=[.!?…][\"”»’)])){_TITLES}\s+(?=[\"“«(¿—–-]*\s?[^\W\d_a-zà-ÿ])"
)
_LONG_LINE = 240


@dataclass(frozen=True, slots=True)
class Timed:
    """The words of a text with their times, and how much of it was heard."""

    words: tuple[Word, ...]
    share: float
    """Words found in the recording in company, as a share of all; a word found alone may be chance."""


def timed(texts: Sequence[str], heard: Sequence[Word], room: Span) -> Timed:
    """Return words with the times at which an engine heard them, or, where it heard others, in between.

    Unlike a comparison it takes a text that is only a part of what was said, wherever that part begins.
    """
    if not texts:
        return Timed((), 0.0)
    ours, theirs = [folded(text) for text in texts], [folded(word.text) for word in heard]
    cuts = [(0, 0), *_cuts(ours, theirs), (len(ours), len(theirs))]
    words: list[Word] = []
    for (i, j), (to_i, to_j) in pairwise(cuts):
        begin = words[-1].end_ms if words else room.start_ms
        end = heard[to_j].start_ms if to_j < len(heard) else room.end_ms
        words += realigned(heard[j:to_j], " ".join(texts[i:to_i]), Span(begin, max(begin, end)))
    return Timed(tuple(words), _in_company(words) / len(words))


def spread(texts: Sequence[str], span: Span) -> tuple[Word, ...]:
    """Return words shared out over a stretch by their length, where nothing more is known of them."""
    total, at, long = sum(map(len, texts)), 0, span.end_ms - span.start_ms
    words = []
    for text in texts:
        begin, at = span.start_ms + long * at // total, at + len(text)
        words.append(Word(text, begin, span.start_ms + long * at // total, estimated=True))
    return tuple(words)


def sentences(text: str) -> list[str]:
    """Return a paragraph as lines one can work with: a sentence each, short ones together, endless ones in parts."""
    lines: list[str] = []
    for sentence in _SENTENCE.split(" ".join(text.split())):
        if lines and len(lines[-1]) + len(sentence) < _LONG_LINE // 6:
            lines[-1] += f" {sentence}"
        elif sentence:
            lines.append(sentence)
    return [part for line in lines for part in _parts(line)]


def _parts(line: str) -> Iterator[str]:
    """Yield a line that is too long in parts, cut after a comma where there is one."""
    while len(line) > 2 * _LONG_LINE:
        cut = line.rfind(", ", _LONG_LINE // 2, _LONG_LINE) + 1 or line.rfind(" ", 1, _LONG_LINE)
        if cut <= 0:
            break
        yield line[:cut].strip()
        line = line[cut:].strip()
    yield line


def _in_company(words: Sequence[Word]) -> int:
    """Return how many words were found beside another that was found."""
    found = [False, *(not word.estimated for word in words), False]
    return sum(found[n] and (found[n - 1] or found[n + 1]) for n in range(1, len(found) - 1))


def _cuts(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Return places, in order, where both texts surely say the same, close enough to compare what lies between."""
    found: list[tuple[int, int]] = []
    waiting = [(0, len(ours), 0, len(theirs), 0)]
    while waiting:
        a, b, c, d, level = waiting.pop()
        if b - a <= _AT_ONCE and d - c <= _AT_ONCE:
            continue
        if level == len(_RUNS):
            found += _evenly((a, b), (c, d))
            continue
        same = ((a + i, c + j) for i, j in _in_both(ours[a:b], theirs[c:d], _RUNS[level]))
        places = [place for place in same if place != (a, c)]
        found += places
        waiting += [(i, k, j, m, level + 1) for (i, j), (k, m) in pairwise([(a, c), *places, (b, d)])]
    return _spaced(sorted(found))


def _evenly(ours: tuple[int, int], theirs: tuple[int, int]) -> list[tuple[int, int]]:
    """Return places at even distances: where nothing holds the texts together, comparing all with all takes hours."""
    here, there = ours[1] - ours[0], theirs[1] - theirs[0]
    parts = max(here, there) // _AT_ONCE + 1
    return [(ours[0] + here * n // parts, theirs[0] + there * n // parts) for n in range(1, parts)]


def _in_both(ours: Sequence[str], theirs: Sequence[str], run: int) -> list[tuple[int, int]]:
    """Return where runs of words begin that occur once in each text, as many as stand in the same order."""
    here, there = _once(ours, run), _once(theirs, run)
    return _in_order([(i, there[words]) for words, i in here.items() if words in there])


def _once(words: Sequence[str], run: int) -> dict[tuple[str, ...], int]:
    seen: dict[tuple[str, ...], int] = {}
    for n in range(len(words) - run + 1):
        key = tuple(words[n : n + run])
        seen[key] = -1 if key in seen else n
    return {key: n for key, n in seen.items() if n >= 0}


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most pairs that run forward in both texts: a longest increasing subsequence."""
    ends: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for n, (_i, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before[n] = last[at - 1] if at else -1
        ends[at : at + 1], last[at : at + 1] = [j], [n]
    chain: list[tuple[int, int]] = []
    n = last[-1] if last else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]


def _spaced(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return only as many places as are needed, so that what lies between them is compared in one piece."""
    kept: list[tuple[int, int]] = []
    for number, (i, j) in enumerate(places):
        a, c = kept[-1] if kept else (0, 0)
        after = places[number + 1] if number + 1 < len(places) else None
        if after is None or after[0] - a > _AT_ONCE or after[1] - c > _AT_ONCE:
            kept.append((i, j))
    return kept
