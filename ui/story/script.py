"""The script: a transcript as the page reads it, word by word, with the quotes that stand in it. Knows no window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from storybank.domain.quote import Anchor, Quote
from storybank.domain.transcript import DOUBTFUL_BELOW, Line, Word, realigned
from storybank.domain.transcript import Span as Stretch

LINGER = 400
"""Milliseconds that a word stays lit after it was said, so that small pauses do not flicker."""


class Place(NamedTuple):
    """Where a word stands: its line and its number in the line, both from 0."""

    line: int
    word: int


@dataclass(frozen=True, slots=True)
class Span:
    """A quote, where it stands in the script."""

    quote: Quote
    first: Place
    last: Place

    def holds(self, place: Place) -> bool:
        """Tell whether a word belongs to it."""
        return self.first <= place <= self.last


@dataclass(frozen=True, slots=True)
class Stripe:
    """A bar in the margin of a line: one building block of one quote."""

    column: int
    code: str
    quote: Quote


class Script:
    """Lines with words, and the quotes among them."""

    def __init__(self, lines: Sequence[Line] = (), quotes: Sequence[Quote] = (),
                 stripe_codes: Sequence[str] = ()) -> None:
        self.lines = tuple(_with_words(line) for line in lines)
        self._begins = list(accumulate((len(line.words) for line in self.lines), initial=0))
        self._starts = list(accumulate((word.start_ms for line in self.lines for word in line.words), max))
        numbers = {line.id: number for number, line in enumerate(self.lines)}
        self.spans = tuple(span for quote in quotes if (span := self._span(quote, numbers)))
        self._spans_of: dict[int, list[Span]] = {}
        for span in self.spans:
            for number in range(span.first.line, span.last.line + 1):
                self._spans_of.setdefault(number, []).append(span)
        self.stripes, self.columns = _stripes(self.spans, stripe_codes)

    @property
    def count(self) -> int:
        """Return how many words there are."""
        return self._begins[-1]

    def word(self, place: Place) -> Word:
        """Return the word at a place."""
        return self.lines[place.line].words[place.word]

    def number(self, place: Place) -> int:
        """Return a place as the number of its word, from 0."""
        return self._begins[place.line] + place.word

    def place(self, number: int) -> Place:
        """Return where the word of that number stands; beyond the ends, the nearest."""
        number = max(0, min(number, self.count - 1))
        line = bisect_right(self._begins, number) - 1
        return Place(line, number - self._begins[line])

    def at(self, ms: int) -> Place | None:
        """Return the word that is being said at a moment; None in a pause."""
        number = bisect_right(self._starts, ms) - 1
        if number < 0 or not self.count:
            return None
        place = self.place(number)
        return place if ms <= self.word(place).end_ms + LINGER else None

    def doubtful(self, place: Place) -> bool:
        """Tell whether the engine was unsure of a word, and nobody has read its line since."""
        probability = self.word(place).probability
        return probability is not None and probability < DOUBTFUL_BELOW and not self.lines[place.line].reviewed

    def next_doubtful(self, place: Place, step: int) -> Place | None:
        """Return the nearest doubtful word after (or, with a step of -1, before) a place."""
        number = self.number(place) + step
        while 0 <= number < self.count:
            if self.doubtful(self.place(number)):
                return self.place(number)
            number += step
        return None

    @property
    def doubts(self) -> int:
        """Return how many words are doubtful."""
        return sum(1 for number in range(self.count) if self.doubtful(self.place(number)))

    def span_at(self, place: Place) -> Span | None:
        """Return the shortest quote that holds a word."""
        holding = [span for span in self.spans_in(place.line) if span.holds(place)]
        return min(holding, key=lambda span: self.number(span.last) - self.number(span.first), default=None)

    def spans_in(self, line: int) -> list[Span]:
        """Return the quotes that touch a line."""
        return self._spans_of.get(line, [])

    def anchor(self, first: Place, last: Place) -> Anchor:
        """Return the stretch between two words as quotes are anchored."""
        return Anchor(self.lines[first.line].id, first.word, self.lines[last.line].id, last.word)

    def text(self, first: Place, last: Place) -> str:
        """Return the words between two places, both included."""
        numbers = range(self.number(first), self.number(last) + 1)
        return " ".join(self.word(self.place(number)).text for number in numbers)

    def _span(self, quote: Quote, numbers: dict[str, int]) -> Span | None:
        """Return where a quote stands; None when its lines are gone."""
        anchor = quote.anchor
        if anchor.first_line_id not in numbers or anchor.last_line_id not in numbers:
            return None
        first, last = numbers[anchor.first_line_id], numbers[anchor.last_line_id]
        if first > last:
            return None
        most = (len(self.lines[first].words) - 1, len(self.lines[last].words) - 1)
        return Span(quote, Place(first, min(anchor.first_word, most[0])), Place(last, min(anchor.last_word, most[1])))


def _with_words(line: Line) -> Line:
    """Return a line that has words: one whose text nobody timed gets times shared out."""
    if line.words:
        return line
    return replace(line, words=realigned((), line.text or "…", Stretch(line.start_ms, line.end_ms)))


def _stripes(spans: Sequence[Span], codes: Sequence[str]) -> tuple[dict[int, list[Stripe]], int]:
    """Return each line's stripes and how many columns they need; a quote keeps its column over all of its lines."""
    stripes: dict[int, list[Stripe]] = {}
    columns = 0
    for span in sorted(spans, key=lambda one: one.first):
        lines = range(span.first.line, span.last.line + 1)
        taken = {stripe.column for line in lines for stripe in stripes.get(line, ())}
        for code in (code for code in codes if code in span.quote.codes):
            column = next(number for number in range(len(taken) + 1) if number not in taken)
            taken.add(column)
            columns = max(columns, column + 1)
            for line in lines:
                stripes.setdefault(line, []).append(Stripe(column, code, span.quote))
    return stripes, columns
