"""Captions: words broken where a reader would pause, into pieces that stand long enough to be read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from storybank.domain.captioning import WIDE_LIMITS, Limits, leads_on, reading_ms
from storybank.domain.clip import Cue
from storybank.domain.transcript import Word

_PAUSE_MS = 1500
"""A silence in which a caption would stand for nothing."""
_A_CAPTION, _ONE_WORD, _AFTER_WEAK, _MID_PHRASE, _AT_COMMA, _ACROSS_SENTENCES = 1.0, 4.0, 3.0, 0.7, 0.15, 0.45
_NO_GOOD_LINE = 1.0


def captions(words: Sequence[Word], clip_start_ms: int, limits: Limits = WIDE_LIMITS, *,
             clip_end_ms: int | None = None, speaker: str = "") -> tuple[Cue, ...]:
    """Return captions for `words`, broken at punctuation, within the limits, relative to the clip's start.

    A caption that is said faster than it can be read stays on in the silence after it, never into the next one, and
    never past the clip's end.
    """
    groups = grouped(words, limits)
    starts = [max(0, group[0].start_ms - clip_start_ms) for group in groups]
    cues: list[Cue] = []
    for number, group in enumerate(groups):
        start = max(starts[number], cues[-1].end_ms if cues else 0)
        after = max(starts[number + 1], start + 1) if number + 1 < len(groups) else None
        text = in_two_lines([word.text for word in group], limits.line)
        cues.append(Cue(start, _end(start, group[-1].end_ms - clip_start_ms, text, after, limits,
                                    clip_end_ms and clip_end_ms - clip_start_ms), text, speaker))
    return tuple(cues)


def _end(start: int, said_to: int, text: str, after: int | None, limits: Limits, whole: int | None) -> int:
    """Return when a caption goes: when it is said and can have been read, and a moment before the next one comes."""
    wanted = min(max(said_to, start + reading_ms(text, limits)), max(start + limits.longest_ms, said_to))
    if after is not None:
        return min(wanted, after - limits.gap_ms if after - limits.gap_ms > start else after)
    return max(start + 1, min(wanted, max(whole, said_to)) if whole else wanted)


def grouped(words: Sequence[Word], limits: Limits = WIDE_LIMITS) -> list[list[Word]]:
    """Return the words of each caption: the cheapest way to break them, a pause always being one."""
    groups: list[list[Word]] = []
    begin = 0
    for number in range(1, len(words) + 1):
        if number == len(words) or words[number].start_ms - words[number - 1].end_ms >= _PAUSE_MS:
            groups += _Breaking(words[begin:number], limits).groups()
            begin = number
    return groups


class _Breaking:
    """Words said without a pause, and what it costs to make captions of them."""

    def __init__(self, words: Sequence[Word], limits: Limits) -> None:
        self._words, self._limits = words, limits
        self._at = [0, *accumulate(len(word.text) + 1 for word in words)]
        self._costs = [self._break_after(number) for number in range(len(words))]
        self._weak = [0, *accumulate(int(leads_on(word.text)) for word in words)]
        self._ends = [0, *accumulate(int(word.text[-1:] in ".!?…") for word in words)]

    def groups(self) -> list[list[Word]]:
        """Return the words of each caption."""
        best = [(0.0, 0)]
        for end in range(1, len(self._words) + 1):
            ways = []
            for begin in range(end - 1, -1, -1):
                if end - begin > 1 and not self._fits(begin, end):
                    break
                ways.append((best[begin][0] + self._cost(begin, end), begin))
            best.append(min(ways))
        found: list[list[Word]] = []
        end = len(self._words)
        while end:
            begin = best[end][1]
            found.append(list(self._words[begin:end]))
            end = begin
        return found[::-1]

    def _fits(self, begin: int, end: int) -> bool:
        words, limit = self._words, self._limits.line
        if words[end - 1].end_ms - words[begin].start_ms > self._limits.longest_ms:
            return False
        if self._length(begin, end) <= limit:
            return True
        second = bisect_right(self._at, self._at[begin] + limit + 1, begin, end) - 1
        return second > begin and self._length(second, end) <= limit

    def _cost(self, begin: int, end: int) -> float:
        """Return how badly these words read as a caption: uneven, cut in mid-phrase, too short or too quick."""
        full = self._length(begin, end) / (self._limits.lines * self._limits.line)
        cost = _A_CAPTION + full * full * 0.8 + self._costs[end - 1]
        cost += _ONE_WORD if end - begin == 1 else 0.4 if end - begin == 2 else 0.0
        cost += _NO_GOOD_LINE if self._breaks_badly(begin, end) else 0.0
        cost += _ACROSS_SENTENCES * (self._ends[end - 1] - self._ends[begin])
        room = (self._words[end].start_ms if end < len(self._words) else self._words[-1].end_ms + _PAUSE_MS)
        stands = room - self._limits.gap_ms - self._words[begin].start_ms
        return cost + 1.5 * max(0.0, 1 - stands / self._limits.shortest_ms)

    def _breaks_badly(self, begin: int, end: int) -> bool:
        """Tell whether two lines can only be made by parting an article, or such a word, from what it belongs to."""
        limit = self._limits.line
        if self._length(begin, end) <= limit:
            return False
        last = bisect_right(self._at, self._at[begin] + limit + 1, begin, end) - 1
        first = max(begin + 1, bisect_left(self._at, self._at[end] - 1 - limit, begin, end))
        return first <= last and self._weak[last] - self._weak[first - 1] == last - first + 1

    def _break_after(self, number: int) -> float:
        word = self._words[number].text
        if number == len(self._words) - 1 or word[-1:] in ".!?…":
            return 0.0
        if word[-1:] in ",;:)»”–—":
            return _AT_COMMA
        return _AFTER_WEAK if leads_on(word) else _MID_PHRASE

    def _length(self, begin: int, end: int) -> int:
        return self._at[end] - self._at[begin] - 1


def in_two_lines(texts: Sequence[str], line_limit: int) -> str:
    """Return words on one line, or on the two that read best."""
    whole = " ".join(texts)
    if len(whole) <= line_limit or len(texts) < 2:
        return whole
    ways = [(" ".join(texts[:i]), " ".join(texts[i:])) for i in range(1, len(texts))]
    first, second = min(ways, key=lambda way: _clumsiness(way[0], way[1], line_limit))
    return f"{first}\n{second}"


def _clumsiness(first: str, second: str, line_limit: int) -> float:
    """Return how badly two lines read: too long is worst, uneven is bad, after punctuation is good, in a phrase not."""
    longest = max(len(first), len(second))
    ends = 16 if leads_on(first.split(" ")[-1]) else -6 if first[-1:] in ",;:.!?…" else 0
    return longest + ends + (1000 if longest > line_limit else 0)
