"""Speaking: a transcript's words as they may leave, in one text, and where in it each of our words stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from storybank.domain.editing import timed_words
from storybank.domain.project import SyncPoint
from storybank.domain.quote import Anchor
from storybank.domain.restriction import REDACTED, Restriction, silenced
from storybank.domain.transcript import Line

Place = tuple[str, int]
"""A word of ours: its line, and its number in it."""


@dataclass(frozen=True, slots=True)
class Token:
    """What stands in the text for some of our words: most often one of them, as it is."""

    text: str
    start_ms: int
    end_ms: int
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """What may not be read, and the sign that stands there instead."""

    pattern: re.Pattern[str]
    sign: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text to leave, with the span and the moments of every word."""

    text: str
    spans: Mapping[Place, tuple[int, int]]
    moments: Mapping[int, int]
    """When each place is said that a word begins or ends at."""
    starts: tuple[int, ...]
    """Where each utterance begins."""
    hidden: int = 0
    """How many words may not be read."""
    withheld: int = 0
    """How many names and places were taken out."""

    def span(self, anchor: Anchor) -> tuple[int, int] | None:
        """Return where a passage stands in the text; None where its words are not in it."""
        first = self.spans.get((anchor.first_line_id, anchor.first_word))
        last = self.spans.get((anchor.last_line_id, anchor.last_word))
        if first is None or last is None:
            return None
        return first[0], max(last[1], first[1])

    def points(self, borders: Iterable[int]) -> tuple[SyncPoint, ...]:
        """Return a sync point for every utterance, for the end, and for these places; time never runs backwards."""
        ends = [len(self.text)] if self.text else []
        latest, found = 0, []
        for place in sorted({*self.starts, *borders, *ends}):
            latest = max(latest, self.moments.get(place, latest))
            found.append(SyncPoint(place, latest))
        return tuple(found)


def spoken(lines: Sequence[Line], restrictions: Sequence[Restriction], withheld: Sequence[Withheld],
           may_be_read: Callable[[Place], bool], *, keep_empty: bool) -> Spoken:
    """Return the text of some lines without what may not be read.

    A line of which nothing may be read is a sign of that, or, unless `keep_empty`, is not there at all.
    """
    at, hidden, taken = 0, 0, 0
    texts: list[str] = []
    spans: dict[Place, tuple[int, int]] = {}
    moments: dict[int, int] = {}
    starts: list[int] = []
    for line in lines:
        tokens, silent = _tokens(line, restrictions, may_be_read)
        hidden += silent
        if not tokens or (not keep_empty and all(token.text == REDACTED for token in tokens)):
            continue
        tokens, names = _without_names(tokens, withheld)
        taken += names
        starts.append(at)
        for token in tokens:
            end = at + len(token.text)
            moments[at] = token.start_ms
            moments[end] = token.end_ms
            spans |= {(line.id, word): (at, end) for word in token.words}
            at = end + 1
        texts.append(" ".join(token.text for token in tokens))
    return Spoken("\n".join(texts), spans, moments, tuple(starts), hidden, taken)


def _tokens(line: Line, restrictions: Sequence[Restriction],
            may_be_read: Callable[[Place], bool]) -> tuple[list[Token], int]:
    words = timed_words(line)
    silent = silenced(words, restrictions) if restrictions else [False] * len(words)
    found: list[Token] = []
    count = 0
    for number, word in enumerate(words):
        text = "\u00a0".join(word.text.split()) or REDACTED
        if silent[number] or not may_be_read((line.id, number)):
            text, count = REDACTED, count + 1
        if text == REDACTED and found and found[-1].text == REDACTED:
            found[-1] = replace(found[-1], end_ms=max(found[-1].end_ms, word.end_ms),
                                words=(*found[-1].words, number))
        else:
            found.append(Token(text, word.start_ms, max(word.end_ms, word.start_ms), (number,)))
    return found, count


def _without_names(tokens: list[Token], withheld: Sequence[Withheld]) -> tuple[list[Token], int]:
    """Return tokens with each name taken out, the tokens that it runs over made one."""
    count = 0
    for one in withheld:
        text = " ".join(token.text for token in tokens)
        matches = [match.span() for match in one.pattern.finditer(text)]
        if matches:
            count += len(matches)
            tokens = _replaced(tokens, matches, one.sign)
    return tokens, count


def _replaced(tokens: list[Token], matches: Sequence[tuple[int, int]], sign: str) -> list[Token]:
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token.text) + 1
    groups: list[list[int]] = []
    """The tokens that stand together, each group in order; a name that runs over several joins them."""
    texts: dict[int, str] = {number: token.text for number, token in enumerate(tokens)}
    joined: dict[int, int] = {}
    for begin, end in reversed(matches):
        first, last = bisect_right(starts, begin) - 1, bisect_right(starts, max(begin, end - 1)) - 1
        tail = texts[last][end - starts[last] :]
        head = tokens[first].text[: begin - starts[first]]
        texts[first] = head + sign + tail
        for number in range(first + 1, last + 1):
            joined[number] = first
    for number in range(len(tokens)):
        if number in joined:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [
        Token(texts[group[0]], tokens[group[0]].start_ms, max(tokens[n].end_ms for n in group),
              tuple(word for n in group for word in tokens[n].words))
        for group in groups
    ]
