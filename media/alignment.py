"""Alignment: finds words that people wrote in the sound, with the model that heard it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from media.audio import RATE, piece
from media.lines import fitted
from media.voice import LEAD_MS, LONGEST_WINDOW_MS, TAIL_MS, voiced
from storybank.domain.transcript import Passage, Segment, Span, Word

if TYPE_CHECKING:
    from media.audio import Sound

_AROUND_MS = 1_500
"""How far beyond its words a part of a long passage is listened to."""
_PART_MS = LONGEST_WINDOW_MS - 2 * _AROUND_MS
_MOST_WORDS = 100


class TellsTimes(Protocol):
    """Ears that can find given words in a sound."""

    def times(self, sound: Sound, words: Sequence[str], language: str) -> Sequence[tuple[float, float]]:
        """Return when each word begins and ends, in seconds of `sound`; nothing where they cannot be found."""


def align(ears: TellsTimes, recording: Path, passages: Sequence[Passage]) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Yield each passage's id and its words at the times at which they are heard, in order, inside its span."""
    for passage in passages:
        found: list[Word] = []
        for part in parts(passage):
            begin = max([part.span.start_ms, *(word.end_ms for word in found[-1:])])
            found += _found(ears, recording, replace(part, span=Span(begin, max(begin, part.span.end_ms))))
        yield passage.id, tuple(found) if all(not word.estimated for word in found) else passage.words


def parts(passage: Passage) -> list[Passage]:
    """Return a passage cut between words into parts that the engine can hear at once."""
    if passage.span.length_ms <= LONGEST_WINDOW_MS and len(passage.words) <= _MOST_WORDS:
        return [passage] if passage.words else []
    groups: list[list[Word]] = []
    for word in passage.words:
        fits = groups and word.end_ms - groups[-1][0].start_ms <= _PART_MS and len(groups[-1]) < _MOST_WORDS
        if fits:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [replace(passage, words=tuple(words), span=_around(words, passage.span)) for words in groups]


def _around(words: Sequence[Word], span: Span) -> Span:
    begin = min(max(words[0].start_ms - _AROUND_MS, span.start_ms), span.end_ms)
    end = min(max(words[-1].end_ms + _AROUND_MS, begin), begin + LONGEST_WINDOW_MS, span.end_ms)
    return Span(begin, end)


def _found(ears: TellsTimes, recording: Path, passage: Passage) -> tuple[Word, ...]:
    """Return the words of a short passage where they are heard, or as they were where nobody speaks."""
    if passage.span.length_ms <= 0:
        return _estimated(passage.words)
    sound = piece(recording, passage.span).sound
    speech = voiced(sound, passage.span.start_ms)
    if not speech or len(sound) < RATE // 10:
        return _estimated(passage.words)
    start_ms = max(passage.span.start_ms, speech[0].start_ms - LEAD_MS)
    first, last = ((ms - passage.span.start_ms) * RATE // 1000 for ms in (start_ms, speech[-1].end_ms + TAIL_MS))
    told = ears.times(sound[first:last], [word.text for word in passage.words], passage.language)
    if len(told) != len(passage.words):
        return _estimated(passage.words)
    heard = [
        replace(word, start_ms=start_ms + round(begin * 1000), end_ms=start_ms + round(end * 1000), estimated=False)
        for word, (begin, end) in zip(passage.words, told, strict=True)
    ]
    line = Segment(heard[0].start_ms, heard[-1].end_ms, " ".join(word.text for word in heard), tuple(heard))
    return _inside(fitted(line, speech, passage.span, passage.span).words, passage.span)


def _inside(words: Sequence[Word], span: Span) -> tuple[Word, ...]:
    return tuple(
        replace(word, start_ms=min(max(word.start_ms, span.start_ms), span.end_ms),
                end_ms=min(max(word.end_ms, span.start_ms), span.end_ms))
        for word in words
    )


def _estimated(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(replace(word, estimated=True) for word in words)
