"""The script: a transcript as the page reads it, word by word, with the quotes that stand in it. Knows no window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from storybank.domain.quote import Anchor, Quote
from storybank.domain.transcript import DOUBTFUL_BELOW, Line, Word, realigned
from storybank.domain.transcript import Span as Stretch

UNSAVED = "heard-"
"""The ids of lines that the engine has just said and nobody has saved yet begin so."""
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
    """Lines with words, who says them, and the quotes among them; a line that changes makes another script, quickly."""

    lines: tuple[Line, ...]
    numbers: dict[str, int]
    """Where each line stands, by its identifier."""
    spans: tuple[Span, ...]
    _doubts: dict[str, int]
    _counts: list[int]
    _firsts: list[int]
    _begins: list[int]
    _starts: list[int]

    def __init__(self, lines: Sequence[Line] = (), quotes: Sequence[Quote] = (), stripe_codes: Sequence[str] = (),
                 voices: Mapping[str, str] = MappingProxyType({}), language: str = "") -> None:
        self._quotes, self._codes = tuple(quotes), tuple(stripe_codes)
        self.voices, self.language = voices, language
        standing = tuple(_with_words(line) for line in lines)
        self.stand(standing, {line.id: _doubts(line) for line in standing})

    def patched(self, changed: Iterable[Line]) -> Script:
        """Return this script with lines that changed: some read differently, some are gone, some are new."""
        fresh = [_with_words(line) for line in changed]
        made = copy(self)
        if any(line.gone or line.id not in self.numbers for line in fresh):
            made.stand(with_changes(self.lines, fresh), self._doubts | {line.id: _doubts(line) for line in fresh})
        else:
            made.put(fresh)
        return made

    def put(self, fresh: Iterable[Line]) -> None:
        """Put lines in the place of those they were; all others stay where they are."""
        lines, touched = list(self.lines), False
        self._doubts, self._counts, self._firsts = dict(self._doubts), list(self._counts), list(self._firsts)
        for line in fresh:
            number = self.numbers[line.id]
            lines[number], self._doubts[line.id] = line, _doubts(line)
            self._counts[number], self._firsts[number] = len(line.words), line.words[0].start_ms
            touched = touched or number in self._spans_of
        self.lines = tuple(lines)
        self._number()
        if touched:
            self._mark()

    def stand(self, lines: tuple[Line, ...], doubts: dict[str, int]) -> None:
        """Be these lines; `doubts` counts each one's doubtful words."""
        self.lines, self._doubts = lines, doubts
        self._counts, self._firsts = [len(line.words) for line in lines], [line.words[0].start_ms for line in lines]
        self.numbers = {line.id: number for number, line in enumerate(lines)}
        self._number()
        self._mark()

    def _number(self) -> None:
        self._begins = list(accumulate(self._counts, initial=0))
        self._starts = list(accumulate(self._firsts, max))

    def _mark(self) -> None:
        """Find where the quotes stand."""
        self.spans = tuple(span for quote in self._quotes if (span := self._span(quote, self.numbers)))
        self._spans_of: dict[int, list[Span]] = {}
        for span in self.spans:
            for number in range(span.first.line, span.last.line + 1):
                self._spans_of.setdefault(number, []).append(span)
        self.stripes, self.columns = _stripes(self.spans, self._codes)

    @property
    def count(self) -> int:
        """Return how many words there are."""
        return self._begins[-1]

    def word(self, place: Place) -> Word:
        """Return the word at a place."""
        return self.lines[place.line].words[place.word]

    def line(self, line_id: str) -> Line | None:
        """Return the line of that identifier, if it stands here."""
        number = self.numbers.get(line_id)
        return None if number is None else self.lines[number]

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
        line = bisect_right(self._starts, ms) - 1
        if line < 0:
            return None
        begun = [number for number, word in enumerate(self.lines[line].words) if word.start_ms <= ms]
        place = Place(line, begun[-1] if begun else 0)
        return place if ms <= self.word(place).end_ms + LINGER else None

    def voice_above(self, number: int) -> str:
        """Return the name of the voice that begins to speak with a line; empty where it goes on, or is not known."""
        voice = self.lines[number].voice_id
        if voice is None or (number and self.lines[number - 1].voice_id == voice):
            return ""
        return self.voices.get(voice, "")

    def foreign(self, number: int) -> str:
        """Return a line's language where it is not the story's."""
        spoken = self.lines[number].language
        return spoken if self.language and spoken and spoken != self.language else ""

    def doubtful(self, place: Place) -> bool:
        """Tell whether the engine was unsure of a word, and nobody has read its line since."""
        return _doubtful(self.lines[place.line], self.word(place))

    def next_doubtful(self, place: Place, step: int) -> Place | None:
        """Return the nearest doubtful word after (or, with a step of -1, before) a place."""
        line, word = place.line, place.word + step
        while 0 <= line < len(self.lines):
            words = self.lines[line].words
            if self._doubts[self.lines[line].id]:
                for number in range(word, len(words)) if step > 0 else range(word, -1, -1):
                    if self.doubtful(Place(line, number)):
                        return Place(line, number)
            line += step
            word = 0 if step > 0 or not 0 <= line < len(self.lines) else len(self.lines[line].words) - 1
        return None

    def next_flagged(self, line: int, step: int) -> int | None:
        """Return the nearest line, after or before one, that an engine's flag still stands at."""
        line += step
        while 0 <= line < len(self.lines):
            if flagged(self.lines[line]):
                return line
            line += step
        return None

    @property
    def doubts(self) -> int:
        """Return how many words are doubtful."""
        return sum(self._doubts[line.id] for line in self.lines)

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


def with_changes(lines: Sequence[Line], changed: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines in order after some changed: read differently, gone, or new."""
    fresh = {line.id: line for line in changed}
    standing = [line for line in (fresh.pop(line.id, line) for line in lines) if not line.gone]
    if added := [line for line in fresh.values() if not line.gone]:
        standing = sorted([*standing, *added], key=lambda line: (line.id.startswith(UNSAVED), line.position))
    return tuple(standing)


def flagged(line: Line) -> bool:
    """Tell whether a line has flags that nobody has answered."""
    return bool(line.flags) and not line.reviewed


def _doubtful(line: Line, word: Word) -> bool:
    return word.probability is not None and word.probability < DOUBTFUL_BELOW and not line.reviewed


def _doubts(line: Line) -> int:
    return 0 if line.reviewed else sum(1 for word in line.words if _doubtful(line, word))


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
