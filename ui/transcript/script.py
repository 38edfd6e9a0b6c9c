"""The script: a transcript as the page reads it, word by word, with the quotes that stand in it. Knows no window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import accumulate
from types import MappingProxyType

from storybank.domain.quote import Anchor, Quote
from storybank.domain.sentences import sentence_at
from storybank.domain.transcript import DOUBTFUL_BELOW, Line, Word, realigned
from storybank.domain.transcript import Span as Stretch
from ui.transcript.spans import Place, Span, Spans, Stripe

UNSAVED = "heard-"
"""The ids of lines that the engine has just said and nobody has saved yet begin so."""
LINGER = 400
"""Milliseconds that a word stays lit after it was said, so that small pauses do not flicker."""


class Script:
    """Lines with words, who says them, and the quotes among them; a line that changes makes another script, quickly."""

    lines: tuple[Line, ...]
    numbers: dict[str, int]
    """Where each line stands, by its identifier."""
    _doubts: dict[str, int]
    _counts: list[int]
    _firsts: list[int]
    _begins: list[int]
    _starts: list[int]

    def __init__(self, lines: Sequence[Line] = (), quotes: Sequence[Quote] = (), stripe_codes: Sequence[str] = (),
                 voices: Mapping[str, str] = MappingProxyType({}), language: str = "") -> None:
        self._spans = Spans(quotes, stripe_codes)
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
        lines, touched = list(self.lines), list[int]()
        self._doubts, self._counts, self._firsts = dict(self._doubts), list(self._counts), list(self._firsts)
        for line in fresh:
            number = self.numbers[line.id]
            lines[number], self._doubts[line.id] = line, _doubts(line)
            self._counts[number], self._firsts[number] = len(line.words), line.words[0].start_ms
            touched.append(number)
        self.lines = tuple(lines)
        self._number()
        self._spans = self._spans.reworded(self.lines, touched)

    def stand(self, lines: tuple[Line, ...], doubts: dict[str, int]) -> None:
        """Be these lines; `doubts` counts each one's doubtful words."""
        self.lines, self._doubts = lines, doubts
        self._counts, self._firsts = [len(line.words) for line in lines], [line.words[0].start_ms for line in lines]
        self.numbers = {line.id: number for number, line in enumerate(lines)}
        self._number()
        self._spans = self._spans.on(self.lines, self.numbers)

    def _number(self) -> None:
        self._begins = list(accumulate(self._counts, initial=0))
        self._starts = list(accumulate(self._firsts, max))

    def quoted(self, fresh: Iterable[Quote], gone: Iterable[str] = ()) -> Script:
        """Return this script after some of its quotes were made or changed, and others were taken out."""
        made = copy(self)
        made.take(self._spans.patched(fresh, gone))
        return made

    def take(self, spans: Spans) -> None:
        """Have these quotes."""
        self._spans = spans

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the quotes that stand in it."""
        return self._spans.all

    @property
    def columns(self) -> int:
        """Return how many columns the stripes need."""
        return self._spans.columns

    def stripes_in(self, line: int) -> list[Stripe]:
        """Return the stripes beside a line."""
        return self._spans.stripes(line)

    def grounds(self, line: int) -> list[tuple[int, int]]:
        """Return the words of a line that are in any quote, as stretches that do not touch."""
        return self._spans.grounds(line)

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
        return next(iter(self.spans_at(place)), None)

    def spans_at(self, place: Place) -> list[Span]:
        """Return the quotes that hold a word, the shortest first."""
        holding = [span for span in self.spans_in(place.line) if span.holds(place)]
        return sorted(holding, key=lambda span: self.number(span.last) - self.number(span.first))

    def span_like(self, first: Place, last: Place) -> Span | None:
        """Return the quote that stands on just these words."""
        return next((span for span in self.spans_in(first.line) if (span.first, span.last) == (first, last)), None)

    def spans_in(self, line: int) -> list[Span]:
        """Return the quotes that touch a line."""
        return self._spans.in_line(line)

    def span_of(self, quote_id: str) -> Span | None:
        """Return where a quote stands; None where it does not."""
        return self._spans.of(quote_id)

    def sentence(self, place: Place) -> tuple[Place, Place]:
        """Return the first and the last word of the sentence that a word is in."""
        first, last = sentence_at(self.lines, *place)
        return Place(*first), Place(*last)

    def anchor(self, first: Place, last: Place) -> Anchor:
        """Return the stretch between two words as quotes are anchored."""
        return Anchor(self.lines[first.line].id, first.word, self.lines[last.line].id, last.word)

    def text(self, first: Place, last: Place) -> str:
        """Return the words between two places, both included."""
        numbers = range(self.number(first), self.number(last) + 1)
        return " ".join(self.word(self.place(number)).text for number in numbers)


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
