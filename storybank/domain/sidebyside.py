"""Side by side: the transcript people see and another run, word by word, and what one takes from the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from storybank.domain import alignment, editing, names
from storybank.domain.comparison import Difference
from storybank.domain.transcript import Line, Span, Word

_BETWEEN = 1
"""Differences in a line with no more words between them that are the same are one."""


class SideBySide:
    """Two transcripts of one recording. `heard` is the stretch that the other run listened to; only that is compared.

    Words are paired as they sound. Whatever is taken comes in whole lines, cut where both say the same.
    """

    def __init__(self, here: Sequence[Line], there: Sequence[Line], heard: Span) -> None:
        self._all, self._heard = list(here), heard
        self._here = _Side(here, lambda word: heard.start_ms <= word.middle_ms < heard.end_ms)
        self._there = _Side(there, lambda word: word.start_ms < word.end_ms
                            and heard.start_ms <= word.middle_ms < heard.end_ms)
        self._opcodes = alignment.opcodes(self._here.tokens.texts, self._there.tokens.texts)
        self._shared_here, self._shared_there = self._shared()
        self._cuts = [self._there_of(at) for at in self._here.begins]
        """How many words of the other run come before each line; the last is all of them."""

    def differences(self) -> Iterator[Difference]:
        """Yield where the words are others, in order."""
        for i1, i2, j1, j2 in self._different():
            here, there = self._here.words[i1:i2], self._there.words[j1:j2]
            said = [word for word, _ in (*here, *there)]
            span = Span(min(word.start_ms for word in said), max(word.end_ms for word in said))
            numbers = sorted({*(number for _, number in here), *map(self._line_of, range(j1, j2))})
            lines = [self._all[number] for number in numbers]
            yield Difference(span, self._here.text(i1, i2), self._there.text(j1, j2), tuple(line.id for line in lines),
                             any(map(_is_settled, lines)))

    def taken(self, wanted: Sequence[Difference], *, over_corrected: bool) -> tuple[list[Line], list[Line]]:
        """Return lines as they stand, and as they stand once the other run is taken where it differs so.

        Lines that somebody corrected or reviewed are not among them, unless `over_corrected`.
        """
        touched = {line_id for one in wanted for line_id in one.line_ids}
        before, after = list[Line](), list[Line]()
        for first, last in self._groups(touched, over_corrected=over_corrected):
            group, fresh = self._all[first : last + 1], self._fresh(first, last)
            before += [*group, *(replace(line, gone=True) for line in fresh)]
            after += [*(replace(line, gone=True) for line in group), *fresh]
        return before, after

    def _different(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield stretches of words, here and there, that are others."""
        last: tuple[int, int, int, int] | None = None
        for tag, i1, i2, j1, j2 in self._opcodes:
            if tag == "equal":
                continue
            here, there = self._here.stretch(i1, i2), self._there.stretch(j1, j2)
            if last and self._is_close(last, here[0], there[0]):
                last = (last[0], max(last[1], here[1]), last[2], max(last[3], there[1]))
                continue
            if last:
                yield last
            last = (*here, *there)
        if last:
            yield last

    def _is_close(self, last: tuple[int, int, int, int], here: int, there: int) -> bool:
        near = here - last[1] <= _BETWEEN and there - last[3] <= _BETWEEN
        words = self._here.words
        return near and (here >= len(words) or last[1] == 0 or words[last[1] - 1][1] == words[here][1])

    def _line_of(self, there: int) -> int:
        """Return the line in whose place a word of the other run would come."""
        return bisect_right(self._cuts, there) - 1

    def _groups(self, touched: set[str], *, over_corrected: bool) -> Iterator[tuple[int, int]]:
        """Yield first and last of the lines to be replaced, those beside each other together."""
        wanted = [
            number for number, line in enumerate(self._all)
            if line.id in touched and (over_corrected or not _is_settled(line))
        ]
        for at, number in enumerate(wanted):
            if at == 0 or wanted[at - 1] != number - 1:
                first = number
            if at + 1 == len(wanted) or wanted[at + 1] != number + 1:
                yield first, number

    def _fresh(self, first: int, last: int) -> list[Line]:
        """Return the other run's words for neighbouring lines, as new lines; what it did not listen to stays."""
        begin, end = self._cuts[first], self._cuts[last + 1]
        parts: list[tuple[Line, list[Word]]] = []
        number = -1
        for word, of in self._there.words[begin:end]:
            if of != number:
                parts.append((self._there.lines[of], []))
                number = of
            parts[-1][1].append(word)
        outside = [word for word in editing.timed_words(self._all[first]) if word.middle_ms < self._heard.start_ms]
        beyond = [word for word in editing.timed_words(self._all[last]) if word.middle_ms >= self._heard.end_ms]
        parts = [*([(self._all[first], outside)] if outside else []), *parts,
                 *([(self._all[last], beyond)] if beyond else [])]
        before = self._all[first - 1].position if first else self._all[first].position - 1
        after = self._all[last + 1].position if last + 1 < len(self._all) else None
        places = editing.between(before, after, len(parts))
        fresh = [self._line(like, words, first, last, place)
                 for (like, words), place in zip(parts, places, strict=True)]
        return [replace(fresh[0], opens_paragraph=self._all[first].opens_paragraph), *fresh[1:]] if fresh else []

    def _line(self, like: Line, words: Sequence[Word], first: int, last: int, position: float) -> Line:
        """Return words as a new line, said by whom the line said that stood at that moment."""
        moment = words[len(words) // 2].middle_ms
        stood = min(self._all[first : last + 1],
                    key=lambda line: max(line.start_ms - moment, moment - line.end_ms))
        return Line(
            names.new_id(), stood.recording_id, position, words[0].start_ms,
            max(words[0].start_ms, words[-1].end_ms), " ".join(word.text for word in words), tuple(words),
            like.language, stood.speaker_id, voice_id=stood.voice_id, flags=like.flags,
        )

    def _there_of(self, at: int) -> int:
        """Return how many words the other run has said once this one has said `at`.

        Words that only the other run has, between two lines, go with the line that is nearer in time.
        """
        if at >= len(self._here.words):
            return len(self._there.words)
        if at == 0:
            return 0
        place = bisect_left(self._shared_here, at)
        low = self._shared_there[place - 1] + 1 if place else 0
        high = self._shared_there[place] if place < len(self._shared_there) else len(self._there.words)
        border = (self._here.words[at - 1][0].end_ms + self._here.words[at][0].start_ms) / 2
        return low if low < high and self._there.words[low][0].middle_ms >= border else high

    def _shared(self) -> tuple[list[int], list[int]]:
        """Return which words of the one stand for which of the other, the same or one in place of one."""
        here, there = list[int](), list[int]()
        for tag, i1, i2, j1, _ in self._opcodes:
            if tag not in ("equal", "replace"):
                continue
            for step in range(i2 - i1):
                one, other = self._here.tokens.words[i1 + step], self._there.tokens.words[j1 + step]
                if not here or (one > here[-1] and other > there[-1]):
                    here.append(one)
                    there.append(other)
        return here, there


class _Side:
    """The words of a transcript, each with the number of its line."""

    def __init__(self, lines: Sequence[Line], within: Callable[[Word], bool] = bool) -> None:
        self.lines = list(lines)
        self.words = [
            (word, number) for number, line in enumerate(lines) for word in editing.timed_words(line) if within(word)
        ]
        self.tokens = alignment.tokens([word.text for word, _ in self.words])
        numbers = [number for _, number in self.words]
        self.begins = [bisect_left(numbers, number) for number in range(len(self.lines) + 1)]
        """How many words stand before each line; the last is all of them."""

    def stretch(self, first: int, end: int) -> tuple[int, int]:
        """Return the words from a token to before another."""
        of = self.tokens.words
        if first == end:
            at = of[first] if first < len(of) else len(self.words)
            return at, at
        return of[first], of[end - 1] + 1

    def text(self, first: int, end: int) -> str:
        """Return words as a text."""
        return " ".join(word.text for word, _ in self.words[first:end])


def _is_settled(line: Line) -> bool:
    return line.corrected or line.reviewed
