"""Likeness: finding people's words again in a text that somebody else has set, cut or changed."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from math import ceil

from storybank.domain.folding import FoldedText, Mark, words_of

FEWEST_WORDS = 4
"""A quote of fewer words is found word for word or not at all; of one or two, only where it stands alone."""
ENOUGH = 0.7
"""How much of a quote must stand there, in order, for the rest to be called changed."""
LONG_PART = 8
"""So many of its words in a row are the quote's, even where most of it is missing."""
_SEED = 3
_SHORT, _TELLING, _FEWEST_TELLING = 8, 4, 2
"""Of a quote shorter than this, so many words of at least so many letters must be among those that stand there."""
_ASIDE_REPLACES = 6
_MOST_PLACES = 200


class Likeness(StrEnum):
    """How the words in a text are like those that were said, from the same to the least alike."""

    VERBATIM = "verbatim"
    SHORTENED = "shortened"
    """Verbatim, and marked wherever something was left out or put in: `[…]`, `[name withheld]`."""
    PART = "part"
    """A part of it, word for word, and no mark where it was cut."""
    CHANGED = "changed"
    """Most of its words in order, others missing, added or put in their place."""


@dataclass(frozen=True, slots=True)
class Match:
    """A quote found in a text."""

    key: str
    likeness: Likeness
    begin: tuple[int, int]
    """The number of the piece it begins in, and of the sign there."""
    end: tuple[int, int]
    """The piece it ends in, and the sign after its last."""
    text: str
    """The words as they stand there."""

    def lies_in(self, other: Match) -> bool:
        """Tell whether all of it is part of another."""
        return other.begin <= self.begin and self.end <= other.end


def find(quotes: Mapping[str, str], pieces: Sequence[str]) -> list[Match]:
    """Return where the words of `quotes` stand in `pieces`, in the order of the quotes and then of the text.

    A quote may run on from one piece to the next. Every place is returned once, for what it is most like.
    """
    text = _Searched(pieces)
    return [match for key, quote in quotes.items() for match in text.matches(key, words_of(quote))]


@dataclass(frozen=True, slots=True)
class _Found:
    """Words `begin` to `end` (excluded) of the text that are like a quote."""

    begin: int
    end: int
    likeness: Likeness

    def meets(self, other: _Found) -> bool:
        return self.begin < other.end and other.begin < self.end

    def goes_on_beyond(self, other: _Found) -> bool:
        """Tell whether the quote goes on where the other takes a mark for its end."""
        return self.meets(other) and self.end - self.begin >= other.end - other.begin + _SEED


class _Searched:
    """A text with what is needed to find thousands of quotes in it quickly."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._text = FoldedText(pieces)
        self._plain = FoldedText(pieces, asides=True) if Mark.ASIDE in self._text.marks.values() else None
        words = self._text.words
        self._forward = _Reading(words, self._text.marks)
        self._backward = _Reading(words[::-1], {len(words) - at: mark for at, mark in self._text.marks.items()})
        self._pairs = _places(words, 2)
        self._long = _places(words, LONG_PART)
        self._beside_marks = self._seeds_at_marks()

    def matches(self, key: str, quote: list[str]) -> list[Match]:
        """Return every place that is like a quote."""
        found = self._verbatim(self._text, quote)
        if len(quote) >= FEWEST_WORDS:
            changed = list(self._changed(quote))
            marked = [one for one in self._shortened(quote) if not any(two.goes_on_beyond(one) for two in changed)]
            for one in chain(marked, changed, self._parts(quote)):
                if not any(one.meets(other) for other in found):
                    found.append(one)
        matches = {(match := self._match(key, self._text, one)).begin: match for one in found}
        if self._plain is not None and len(quote) >= FEWEST_WORDS:
            for one in self._verbatim(self._plain, quote):
                match = self._match(key, self._plain, one)
                matches.setdefault(match.begin, match)
        return [matches[begin] for begin in sorted(matches)]

    @staticmethod
    def _match(key: str, text: FoldedText, found: _Found) -> Match:
        first, last = text.spots[found.begin], text.spots[found.end - 1]
        return Match(key, found.likeness, (first.piece, first.start), (last.piece, last.end),
                     text.original(found.begin, found.end))

    @staticmethod
    def _verbatim(text: FoldedText, quote: Sequence[str]) -> list[_Found]:
        found: list[_Found] = []
        for begin, end in text.whereabouts(quote):
            if len(quote) >= _SEED or text.stands_alone(begin, end):
                found.append(_Found(begin, end, Likeness.VERBATIM))
            if len(found) == _MOST_PLACES:
                break
        return found

    # ---- cut and marked ---------------------------------------------------------------------------------------

    def _seeds_at_marks(self) -> dict[tuple[str, ...], list[int]]:
        """Return the words that stand right before and right after each mark."""
        words = self._text.words
        seeds: dict[tuple[str, ...], list[int]] = {}
        for at in self._text.marks:
            for begin in (at - _SEED, at):
                if 0 <= begin <= len(words) - _SEED:
                    seeds.setdefault(tuple(words[begin : begin + _SEED]), []).append(begin)
        return seeds

    def _shortened(self, quote: list[str]) -> Iterator[_Found]:
        if not self._beside_marks:
            return
        for at in range(len(quote) - _SEED + 1):
            for place in self._beside_marks.get(tuple(quote[at : at + _SEED]), ()):
                one = self._followed(quote, at, place)
                if one and one.marked and one.is_whole and one.words >= _fewest_left(len(quote)):
                    yield _Found(one.begin, one.end, Likeness.SHORTENED)

    def _parts(self, quote: list[str]) -> Iterator[_Found]:
        for at in range(len(quote) - LONG_PART + 1):
            for place in self._long.get(tuple(quote[at : at + LONG_PART]), ())[:_MOST_PLACES]:
                if one := self._followed(quote, at, place):
                    yield _Found(one.begin, one.end, Likeness.PART)

    def _followed(self, quote: list[str], at: int, place: int) -> _Stretch | None:
        """Return how far the text follows a quote on either side of a place where both say the same."""
        after = self._forward.follow(quote, at, place)
        before = self._backward.follow(quote[::-1], len(quote) - at, len(self._text.words) - place)
        begin = len(self._text.words) - before.end
        return _Stretch(begin, after.end, before.words + after.words, before.is_whole and after.is_whole,
                        before.marked or after.marked)

    # ---- changed ----------------------------------------------------------------------------------------------

    def _changed(self, quote: list[str]) -> Iterator[_Found]:
        wanted, slack = ceil(ENOUGH * len(quote)), max(2, len(quote) * 3 // 10)
        counted, taken = Counter(quote), -len(self._text.words)
        for start in sorted(self._likely_starts(quote)):
            if start - taken <= slack // 2:
                continue
            begin, end = max(0, start - slack), min(len(self._text.words), start + len(quote) + slack)
            window = self._text.words[begin:end]
            if (counted & Counter(window)).total() < wanted or in_order(quote, window) < wanted:
                continue
            taken = start
            if span := _span(quote, window):
                yield _Found(begin + span[0], begin + span[1], Likeness.CHANGED)

    def _likely_starts(self, quote: Sequence[str]) -> set[int]:
        """Return where the quote might begin, judged by its rarest pairs of words.

        Where enough of the quote stands, too many of its pairs stand for all of its rarer ones to be missing.
        """
        pairs = len(quote) - 1
        sure_to_stand = max(1, pairs - 2 * (len(quote) - ceil(ENOUGH * len(quote))))
        places = [(self._pairs.get((quote[i], quote[i + 1]), ()), i) for i in range(pairs)]
        rarest = sorted(places, key=lambda one: len(one[0]))[: pairs - sure_to_stand + 1]
        return {place - i for found, i in rarest for place in found}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """How far a text follows a quote: where it ends, how many words, whether to the quote's end or to a mark."""

    begin: int
    end: int
    words: int
    is_whole: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text read in one direction."""

    words: Sequence[str]
    marks: Mapping[int, Mark]

    def follow(self, quote: Sequence[str], at: int, place: int) -> _Stretch:
        """Go on from word `place` of the text and word `at` of the quote for as long as they agree."""
        begin, words, marked = place, 0, False
        while at < len(quote):
            if mark := self.marks.get(place):
                marked, there = True, self._after(mark, quote, at, place)
                if there is None:
                    left = len(quote) - at
                    return _Stretch(begin, place, words, mark is Mark.CUT or left <= _ASIDE_REPLACES, True)
                at = there
            if place >= len(self.words) or self.words[place] != quote[at]:
                return _Stretch(begin, place, words, False, marked)
            at, place, words = at + 1, place + 1, words + 1
        return _Stretch(begin, place, words, True, marked)

    def _after(self, mark: Mark, quote: Sequence[str], at: int, place: int) -> int | None:
        """Return where in the quote the text goes on after a mark; None where it does not."""
        furthest = len(quote) if mark is Mark.CUT else min(len(quote), at + _ASIDE_REPLACES + 1)
        for there in range(at, furthest):
            run = min(_SEED, len(quote) - there)
            run = next((n for n in range(1, run) if place + n in self.marks), run)
            if list(self.words[place : place + run]) == list(quote[there : there + run]):
                return there
        return None


def in_order(quote: Sequence[str], window: Sequence[str]) -> int:
    """Return how many words of a quote stand in a window in order: their longest common subsequence.

    All of the quote is compared with one word of the window at a time, as bits of one number (Hyyrö 2004).
    """
    where: dict[str, int] = {}
    for at, word in enumerate(quote):
        where[word] = where.get(word, 0) | 1 << at
    everything = (1 << len(quote)) - 1
    missing = everything
    for word in window:
        hit = missing & where.get(word, 0)
        missing = ((missing + hit) | (missing - hit)) & everything
    return len(quote) - missing.bit_count()


def _span(quote: Sequence[str], window: Sequence[str]) -> tuple[int, int] | None:
    """Return the words of the window that belong to the quote; None where they lie too far apart, or say too little."""
    blocks = [b for b in difflib.SequenceMatcher(None, quote, window, autojunk=False).get_matching_blocks() if b.size]
    while len(blocks) > 1 and blocks[0].size == 1 and blocks[1].b - blocks[0].b > _SEED:
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1].size == 1 and blocks[-1].b - blocks[-2].b - blocks[-2].size >= _SEED:
        blocks = blocks[:-1]
    begin, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    said = [word for block in blocks for word in quote[block.a : block.a + block.size]]
    telling = sum(len(word) >= _TELLING for word in said)
    if len(quote) < _SHORT and (telling < _FEWEST_TELLING or end - begin > len(quote) + 2):
        return None
    return begin, end


def _fewest_left(words: int) -> int:
    """Return how many words of a quote must be left for it to be known again where it was cut."""
    return min(LONG_PART, max(FEWEST_WORDS, words // 2))


def _places(words: Sequence[str], length: int) -> dict[tuple[str, ...], list[int]]:
    """Return where each run of so many words stands."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(words) - length + 1):
        places.setdefault(tuple(words[at : at + length]), []).append(at)
    return places
