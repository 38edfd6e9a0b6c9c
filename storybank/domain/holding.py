"""Holding: how a quote stands on the lines of today: word for word, changed since, or lost."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from storybank.domain.folding import folded
from storybank.domain.quote import Anchor, Hold, Quote
from storybank.domain.transcript import Line, Word

CONTEXT = 32
"""Characters of what is said around a quote that are kept with it."""

_NEAR_MS = 15_000
"""So far from its moments its words are looked for first."""
_ALIKE, _ALIKE_NEARBY, _ALIKE_ANYWHERE = 62.0, 75.0, 88.0
"""How alike words must be at a quote's own place, near it, and anywhere else; of 100."""
_FEW_NEARBY, _FEW_ANYWHERE = 3, 5
"""Fewer words than this are said too often to be known again by themselves."""
_KNOWN_BY_CONTEXT = 55.0
_CONTEXT_COUNTS, _FURTHEST = 0.4, 40.0
_EDGE = 3
"""Words by which a passage is widened or narrowed until it is most like the quote."""
_MOST_PLACES = 200
_FIRST_SIGN = 0x10000


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a quote stands now; a lost one has no words and no place."""

    hold: Hold
    anchor: Anchor | None = None
    words: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """Return what is read there."""
        return " ".join(word.text for word in self.words)


LOST = Footing(Hold.LOST)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of the transcript, from one to another, both included."""

    first: int
    last: int


class Ground:
    """The words of a transcript, read once for all the quotes that stand on them.

    Every word is written as one sign, so that a passage is found as a text is found in a text.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = [line for line in lines if not line.gone]
        self._places = [(line, number) for line in self._lines for number in range(len(line.words))]
        self._words = [word for line in self._lines for word in line.words]
        self._numbers = {(line.id, number): at for at, (line, number) in enumerate(self._places)}
        self._signs: dict[str, str] = {}
        self._begins, self._word_of, said = list[int](), list[int](), list[str]()
        for at, word in enumerate(self._words):
            self._begins.append(len(said))
            for part in _parts(word.text):
                said.append(part)
                self._word_of.append(at)
        self._begins.append(len(said))
        self._said = "".join(map(self._sign, said))
        self._folded = "".join(self._sign(_bare(part)) for part in said)

    def footing(self, quote: Quote, moved_to: Anchor | None = None, among: Collection[str] | None = None) -> Footing:
        """Return where a quote stands: rather where it was moved to or at its own moments than near, than anywhere.

        `moved_to` is where its words went as far as hands moved them. `among` are the lines that changed: where its
        words are not at its place, only those can hold them now, since what stands in the others was there before.
        """
        search = _Search(self, quote)
        there = self.stretch(moved_to) if moved_to else None
        if there and search.is_verbatim(there):
            return self._standing(Hold.HOLDS, there)
        exact = list(self._exact(quote, among))
        best = search.best(there, exact, lambda: self._alike(search, among, wanted=there is None))
        if best is None:
            return LOST
        return self._standing(Hold.HOLDS if search.is_verbatim(best) else Hold.CHANGED, best)

    def stretch(self, anchor: Anchor) -> _Stretch | None:
        """Return the words from an anchor's first to its last; None where it does not stand in this transcript."""
        first = self._numbers.get((anchor.first_line_id, anchor.first_word))
        last = self._numbers.get((anchor.last_line_id, anchor.last_word))
        return _Stretch(first, last) if first is not None and last is not None and first <= last else None

    def read(self, anchor: Anchor) -> Footing | None:
        """Return what stands at an anchor, as it is; None where it does not stand in this transcript."""
        there = self.stretch(anchor)
        return self._standing(Hold.HOLDS, there) if there else None

    def around(self, anchor: Anchor) -> tuple[str, str]:
        """Return what is said just before and after an anchor, up to 32 characters each."""
        there = self.stretch(anchor)
        return (self.before(there.first), self.after(there.last)) if there else ("", "")

    def before(self, first: int) -> str:
        """Return what is said before a word."""
        return " ".join(word.text for word in self._words[max(0, first - CONTEXT) : first])[-CONTEXT:]

    def after(self, last: int) -> str:
        """Return what is said after a word."""
        return " ".join(word.text for word in self._words[last + 1 : last + 1 + CONTEXT])[:CONTEXT]

    def words(self, one: _Stretch) -> list[Word]:
        """Return the words of a stretch."""
        return self._words[one.first : one.last + 1]

    def speaker(self, one: _Stretch) -> str | None:
        """Return who is known to say a stretch."""
        return self._places[one.first][0].speaker_id

    def signs(self, one: _Stretch) -> str:
        """Return the words of a stretch without case, accents and marks, a sign for each."""
        return self._folded[self._begins[one.first] : self._begins[one.last + 1]]

    def as_signs(self, texts: Sequence[str]) -> str:
        """Return words as they are compared, a sign for each."""
        return "".join(self._sign(_bare(text)) for text in texts)

    def refined(self, signs: str, one: _Stretch) -> _Stretch:
        """Return a stretch with its ends where it is most like the wanted words."""
        last_word = len(self._words) - 1

        def likeness(two: _Stretch) -> tuple[float, int, int]:
            here = self.signs(two)
            return (Levenshtein.normalized_similarity(signs, here), -abs(len(here) - len(signs)),
                    -abs(two.first - one.first) - abs(two.last - one.last))

        return max((
            _Stretch(first, last)
            for first in range(max(0, one.first - _EDGE), min(last_word, one.first + _EDGE) + 1)
            for last in range(max(first, one.last - _EDGE), min(last_word, one.last + _EDGE) + 1)
        ), key=likeness, default=one)  # fmt: skip

    def _standing(self, hold: Hold, one: _Stretch) -> Footing:
        (first, first_word), (last, last_word) = self._places[one.first], self._places[one.last]
        return Footing(hold, Anchor(first.id, first_word, last.id, last_word), tuple(self.words(one)))

    def _exact(self, quote: Quote, among: Collection[str] | None) -> Iterator[_Stretch]:
        """Yield where the words of a quote stand just as they were quoted."""
        wanted, at = "".join(map(self._sign, _parts(quote.text))), -1
        for _ in range(_MOST_PLACES):
            at = self._said.find(wanted, at + 1) if wanted else -1
            if at < 0:
                return
            first, last = self._word_of[at], self._word_of[at + len(wanted) - 1]
            whole = self._begins[first] == at and self._begins[last + 1] == at + len(wanted)
            if whole and self._is_among(_Stretch(first, last), among):
                yield _Stretch(first, last)

    def _alike(self, search: _Search, among: Collection[str] | None, *, wanted: bool) -> Iterator[_Stretch]:
        """Yield where something like a quote is said: at its moments, near them, anywhere."""
        quote, size = search.quote, len(search.signs)
        if wanted and (here := self._between(quote.start_ms, quote.end_ms)):
            yield self.refined(search.signs, here)
        near = self._between(quote.start_ms - _NEAR_MS, quote.end_ms + _NEAR_MS)
        whole = _Stretch(0, len(self._words) - 1) if self._words else None
        for where, least in ((near, _ALIKE / 2), (whole, _ALIKE_ANYWHERE - 8)):
            if where is None or size < _FEW_NEARBY:
                continue
            begin, end = self._begins[where.first], self._begins[where.last + 1]
            found = fuzz.partial_ratio_alignment(search.signs, self._folded[begin:end], score_cutoff=least)
            if found is None or end - begin < size or found.dest_end <= found.dest_start:
                continue
            one = _Stretch(self._word_of[begin + found.dest_start], self._word_of[begin + found.dest_end - 1])
            if self._is_among(one, among):
                yield self.refined(search.signs, one)

    def _is_among(self, one: _Stretch, among: Collection[str] | None) -> bool:
        return among is None or any(line.id in among for line, _ in self._places[one.first : one.last + 1])

    @cached_property
    def _in_time(self) -> list[tuple[float, int]]:
        return sorted((word.middle_ms, at) for at, word in enumerate(self._words))

    def _between(self, start_ms: int, end_ms: int) -> _Stretch | None:
        begin, end = bisect_left(self._in_time, (start_ms, -1)), bisect_right(self._in_time, (end_ms, len(self._words)))
        found = [at for _, at in self._in_time[begin:end]]
        return _Stretch(min(found), max(found)) if found else None

    def _sign(self, part: str) -> str:
        return self._signs.setdefault(part, chr(_FIRST_SIGN + len(self._signs)))


class _Search:
    """A quote that is looked for."""

    def __init__(self, ground: Ground, quote: Quote) -> None:
        self.quote = quote
        self._ground = ground
        self._said = _parts(quote.text)
        self._plain = " ".join(filter(None, map(_bare, self._said)))
        self.signs = ground.as_signs(self._said)

    def best(self, there: _Stretch | None, exact: Sequence[_Stretch],
             alike: Callable[[], Iterable[_Stretch]]) -> _Stretch | None:
        """Return the place that is most likely its own; None where none is likely enough.

        What is only like it is looked for where its own words are not near.
        """
        alone = len(exact) == 1
        rated = [(score, one) for one in exact if (score := self._score(one, alone=alone)) is not None]
        if there and (score := self._score(there, moved=True)) is not None:
            rated.append((score, there))
        if all(self.gap(one) > _NEAR_MS for _, one in rated):
            rated += [(score, one) for one in alike() if (score := self._score(one, alone=not exact)) is not None]
        return max(rated, key=lambda one: (one[0], -one[1].first))[1] if rated else None

    def is_verbatim(self, one: _Stretch) -> bool:
        """Tell whether the words there are those of the quote, sign for sign."""
        return [part for word in self._ground.words(one) for part in _parts(word.text)] == self._said

    def gap(self, one: _Stretch) -> int:
        """Return how far, in milliseconds, a stretch lies from the moments of the quote; 0 where they meet."""
        words = self._ground.words(one)
        start, end = min(word.start_ms for word in words), max(word.end_ms for word in words)
        return max(0, start - self.quote.end_ms, self.quote.start_ms - end)

    def around_it(self, one: _Stretch) -> float:
        """Return how much of what was said around the quote is said around a stretch; 50 where nothing is known."""
        sides = [(self.quote.before, self._ground.before(one.first)), (self.quote.after, self._ground.after(one.last))]
        known = [fuzz.ratio(then.casefold(), now.casefold()) for then, now in sides if then]
        return sum(known) / len(known) if known else 50.0

    def _score(self, one: _Stretch, *, moved: bool = False, alone: bool = False) -> float | None:
        """Return how likely a stretch is the quote's own; None where it is not likely enough."""
        likeness, gap, around = self._likeness(one), self.gap(one), self.around_it(one)
        known_so = around >= _KNOWN_BY_CONTEXT
        if moved or gap == 0:
            fits = likeness >= _ALIKE or self._is_in_its_gap(one)
        elif self._is_somebody_elses(one):
            fits = False
        elif gap <= _NEAR_MS:
            fits = likeness >= _ALIKE_NEARBY and (len(self._said) >= _FEW_NEARBY or known_so)
        else:
            fits = len(self._said) >= _FEW_ANYWHERE and likeness >= _ALIKE_ANYWHERE and (known_so or alone)
        return likeness + _CONTEXT_COUNTS * around - min(gap / 1000, _FURTHEST) if fits else None

    def _likeness(self, one: _Stretch) -> float:
        if self.is_verbatim(one):
            return 100.0
        signs = Levenshtein.normalized_similarity(self.signs, self._ground.signs(one))
        said = " ".join(filter(None, (_bare(p) for word in self._ground.words(one) for p in _parts(word.text))))
        return min(99.0, max(100.0 * signs, fuzz.ratio(self._plain, said)))

    def _is_in_its_gap(self, one: _Stretch) -> bool:
        """Tell whether other words stand exactly between what was said before the quote and after it."""
        before, after = self.quote.before.split()[-1:], self.quote.after.split()[:1]
        now = self._ground.before(one.first).split()[-1:], self._ground.after(one.last).split()[:1]
        known = [(then, there) for then, there in zip((before, after), now, strict=True) if then]
        size, wanted = one.last - one.first + 1, len(self._said)
        same = all([*map(_bare, then)] == [*map(_bare, there)] for then, there in known)
        return bool(known) and same and size <= 2 * wanted + 2 and wanted <= 2 * size + 2

    def _is_somebody_elses(self, one: _Stretch) -> bool:
        speaker = self._ground.speaker(one)
        return speaker is not None and self.quote.speaker_id is not None and speaker != self.quote.speaker_id


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts read the same, whatever blanks lie between their words."""
    return _parts(one) == _parts(other)


def _parts(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).split()


def _bare(part: str) -> str:
    return folded(part) or part
