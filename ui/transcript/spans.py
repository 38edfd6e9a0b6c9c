"""Spans: where the quotes stand among the lines, and the stripes beside them, one a code. Knows no window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

from storybank.domain.layers import layered, united
from storybank.domain.quote import Quote
from storybank.domain.transcript import Line


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
    """A bar in the margin of a line: one code of one quote; without a code, a quote that has none to be painted."""

    column: int
    code: str
    quote: Quote


class Spans:
    """The quotes of a script, line by line; one that changes makes another, quickly."""

    def __init__(self, quotes: Iterable[Quote] = (), codes: Sequence[str] = ()) -> None:
        """`codes` are those that have stripes, the first nearest to the words."""
        self._quotes = {quote.id: quote for quote in quotes}
        self._codes = tuple(codes)
        self._known = frozenset(codes)
        self._lines: Sequence[Line] = ()
        self._numbers: Mapping[str, int] = {}
        self._spans: dict[str, Span] = {}
        self._of_line: dict[int, list[Span]] = {}
        self._layers: dict[str, tuple[tuple[str, int], ...]] = {}
        self.columns = 0
        """How many columns the stripes need."""

    @property
    def all(self) -> tuple[Span, ...]:
        """Return every quote that stands somewhere."""
        return tuple(self._spans.values())

    def on(self, lines: Sequence[Line], numbers: Mapping[str, int]) -> Spans:
        """Return the same quotes among other lines."""
        made = copy(self)
        made.stand(lines, numbers)
        return made

    def reworded(self, lines: Sequence[Line], touched: Iterable[int]) -> Spans:
        """Return the same quotes where some lines have other words; none is gone, and none is new."""
        made = copy(self)
        made.change(lines, [span.quote for number in touched for span in self.in_line(number)])
        return made

    def patched(self, fresh: Iterable[Quote], gone: Iterable[str] = ()) -> Spans:
        """Return these quotes after some were made or changed, and others were taken out."""
        made = copy(self)
        made.change(self._lines, list(fresh), gone)
        return made

    def stand(self, lines: Sequence[Line], numbers: Mapping[str, int]) -> None:
        """Stand among these lines."""
        self._lines, self._numbers, self._of_line = lines, numbers, {}
        self._spans = {one: span for one, quote in self._quotes.items() if (span := self._span(quote))}
        for span in self._spans.values():
            self._lay(span)
        self._arrange()

    def change(self, lines: Sequence[Line], fresh: Sequence[Quote], gone: Iterable[str] = ()) -> None:
        """Be these quotes instead, where all others stay as they are."""
        self._lines, leaving = lines, [one for one in gone if one in self._quotes]
        if not fresh and not leaving:
            return
        self._quotes, self._spans, self._of_line = dict(self._quotes), dict(self._spans), dict(self._of_line)
        self._layers = dict(self._layers)
        for quote_id in leaving:
            del self._quotes[quote_id]
            self._put(quote_id, None)
        for quote in fresh:
            self._quotes[quote.id] = quote
            self._put(quote.id, self._span(quote))
        if not all(self._fit(quote.id) for quote in fresh):
            self._arrange()

    def of(self, quote_id: str) -> Span | None:
        """Return where a quote stands; None where it does not."""
        return self._spans.get(quote_id)

    def in_line(self, number: int) -> list[Span]:
        """Return the quotes that touch a line."""
        return self._of_line.get(number, [])

    def grounds(self, number: int) -> list[tuple[int, int]]:
        """Return the words of a line that are in any quote, as stretches that do not touch."""
        last = len(self._lines[number].words) - 1
        return united([(span.first.word if span.first.line == number else 0,
                        span.last.word if span.last.line == number else last) for span in self.in_line(number)])

    def stripes(self, number: int) -> list[Stripe]:
        """Return the stripes beside a line."""
        found = [Stripe(column, code, span.quote) for span in self.in_line(number)
                 for code, column in self._layers.get(span.quote.id, ())]
        return sorted(found, key=lambda stripe: stripe.column)

    # ---- inside --------------------------------------------------------------------------------------------

    def _put(self, quote_id: str, span: Span | None) -> None:
        """Let a quote stand there, or nowhere; it keeps its turn among the others."""
        if before := self._spans.get(quote_id):
            for number in range(before.first.line, before.last.line + 1):
                self._of_line[number] = [one for one in self._of_line[number] if one.quote.id != quote_id]
        if span is None:
            self._spans.pop(quote_id, None)
        else:
            self._spans[quote_id] = span
            self._lay(span)

    def _lay(self, span: Span) -> None:
        for number in range(span.first.line, span.last.line + 1):
            self._of_line[number] = [*self._of_line.get(number, ()), span]

    def _arrange(self) -> None:
        """Give every code of every quote its column."""
        wanted = [(span, code) for span in self._spans.values() for code in self._painted(span.quote)]
        columns = layered([(span.first.line, span.last.line) for span, _code in wanted])
        layers: dict[str, list[tuple[str, int]]] = {}
        for (span, code), column in zip(wanted, columns, strict=True):
            layers.setdefault(span.quote.id, []).append((code, column))
        self._layers = {one: tuple(them) for one, them in layers.items()}
        self.columns = max(columns, default=-1) + 1

    def _fit(self, quote_id: str) -> bool:
        """Give a quote's codes columns that are free beside its lines, moving no other; tell whether there are any."""
        span, before = self._spans.get(quote_id), dict(self._layers.pop(quote_id, ()))
        if span is None:
            return True
        beside = {one.quote.id for line in range(span.first.line, span.last.line + 1) for one in self.in_line(line)}
        taken = {column for one in beside - {quote_id} for _code, column in self._layers.get(one, ())}
        found: list[tuple[str, int]] = []
        for code in self._painted(span.quote):
            column = before.get(code, -1)
            if column < 0 or column in taken:
                free = taken | {own for _code, own in found} | set(before.values())
                column = next(number for number in range(len(free) + 1) if number not in free)
            found.append((code, column))
        self._layers[quote_id] = tuple(found)
        return all(column < max(self.columns, 1) for _code, column in found)

    def _painted(self, quote: Quote) -> list[str]:
        own = quote.codes & self._known
        if len(own) > 1:
            return [code for code in self._codes if code in own]
        return [*own] or [""]

    def _span(self, quote: Quote) -> Span | None:
        """Return where a quote stands; None when its lines are gone."""
        anchor = quote.anchor
        first, last = self._numbers.get(anchor.first_line_id), self._numbers.get(anchor.last_line_id)
        if first is None or last is None or first > last:
            return None
        most = (len(self._lines[first].words) - 1, len(self._lines[last].words) - 1)
        return Span(quote, Place(first, min(anchor.first_word, most[0])), Place(last, min(anchor.last_word, most[1])))
