"""Listening: the walk through a recording that every engine shares; an engine only hears one window at a time."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import psutil

from media.audio import RATE, Stretch, stretches
from media.lines import lines
from media.voice import voiced, windows
from storybank.domain.speech import Listening
from storybank.domain.transcript import Chunk, Segment, Span, Word
from storybank.words import Sentence, say

if TYPE_CHECKING:
    from media.audio import Sound

NOTHING_LEFT_SECONDS = 0.5
"""Less than this at the end of a window holds no word that was not heard already."""
_SURE = 0.7
_PLACES = 3
_POLITE = 5
_FASTEST = 25
"""Characters a second; fast speakers reach about twenty."""
_INSIDE_WORDS = tuple("'’-‐‑")


class Ears(Protocol):
    """An engine with its model loaded."""

    def languages(self, sound: Sound) -> Mapping[str, float]:
        """Return how likely each language is, judged by the first thirty seconds of `sound`."""

    def hear(self, sound: Sound, language: str) -> Iterable[Segment]:
        """Yield what is said in `sound`, timed from its start."""


def listen(ears: Ears, recording: Path, how: Listening, span: Span, first_index: int) -> Iterator[Segment | Chunk]:
    """Yield lines as they are heard, and after each stretch its chunk; the language is chosen once."""
    language = how.language
    for index, stretch in enumerate(stretches(recording, span), first_index):
        whole = Span(stretch.start_ms, stretch.end_ms)
        spans = voiced(stretch.sound, stretch.start_ms)
        heard_in = windows(spans, whole) if how.voice_filter else [whole]
        if language is None and heard_in:
            language = choose_language(ears, [_cut(stretch, window) for window in heard_in[:_PLACES]], how.languages)
        found: list[Segment] = []
        for line in lines(_heard(ears, stretch, heard_in, language or ""), spans, whole):
            found.append(line)
            yield line
        yield Chunk(index, whole.start_ms, whole.end_ms, tuple(found), language or _first(how.languages))


def choose_language(ears: Ears, sounds: Sequence[Sound], among: Sequence[str]) -> str:
    """Return the likeliest of the languages `among`; more places are heard only while there is doubt."""
    likely: dict[str, float] = {}
    for sound in sounds:
        told = ears.languages(sound)
        share = {name: told.get(name, 0.0) for name in (among or told)}
        total = sum(share.values()) or 1.0
        for name, value in share.items():
            likely[name] = likely.get(name, 0.0) + value / total
        best = max(likely, key=lambda name: likely[name])
        if likely[best] / sum(likely.values() or [1.0]) >= _SURE:
            return best
    return max(likely, key=lambda name: likely[name], default=_first(among))


def threads(asked: int) -> int:
    """Return how many threads to hear with: one core stays free, unless there are only two."""
    cores = psutil.cpu_count(logical=False) or 1
    return asked or (cores if cores <= 2 else cores - 1)


def no_card(why: str) -> Sentence:
    """Return what people are told when the graphics card is there and does not work."""
    return say(
        "The graphics card could not be used ({why}), so the processor does the work; it takes longer.", why=why.strip()
    )


def be_polite() -> None:
    """Let everything else on the machine go first; only in a process of our own."""
    if multiprocessing.parent_process() is None:
        return
    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else _POLITE)


def words(told: Iterable[tuple[str, float, float, float]]) -> tuple[Word, ...]:
    """Return an engine's words; what it parted without a space, such as "l'" and "aînée", becomes one word again."""
    joined: list[Word] = []
    for text, start, end, probability in told:
        begin, finish, sure = round(float(start) * 1000), round(float(end) * 1000), float(probability)
        if joined and text.startswith(_INSIDE_WORDS):
            last = joined[-1]
            sure = min(sure, last.probability if last.probability is not None else sure)
            joined[-1] = Word(last.text + text.strip(), last.start_ms, finish, sure)
        elif text.strip():
            joined.append(Word(text.strip(), begin, finish, sure))
    return tuple(joined)


def can_be_said(text: str, from_seconds: float, sound: Sound) -> bool:
    """Tell whether there is time for `text` in what is left of the sound.

    Engines asked to hear the last instant of a window once more invent a sentence for it; what they
    said at the first hearing is always kept, with its measures of doubt.
    """
    return not from_seconds or len(text) <= _FASTEST * (len(sound) / RATE - from_seconds)


def _heard(ears: Ears, stretch: Stretch, heard_in: Sequence[Span], language: str) -> Iterator[Segment]:
    for window in heard_in:
        for segment in ears.hear(_cut(stretch, window), language):
            yield _later(segment, window)


def _cut(stretch: Stretch, window: Span) -> Sound:
    first, last = ((ms - stretch.start_ms) * RATE // 1000 for ms in (window.start_ms, window.end_ms))
    return stretch.sound[first:last]


def _later(segment: Segment, window: Span) -> Segment:
    """Return a segment timed from its window's start as one of the recording; nothing lies outside the window."""

    def at(ms: int) -> int:
        return min(max(window.start_ms + ms, window.start_ms), window.end_ms)

    return Segment(
        at(segment.start_ms),
        at(segment.end_ms),
        segment.text,
        tuple(Word(w.text, at(w.start_ms), at(w.end_ms), w.probability) for w in segment.words),
        segment.average_log_probability,
        segment.no_speech_probability,
        segment.compression_ratio,
        segment.temperature,
    )


def _first(languages: Sequence[str]) -> str:
    return next(iter(languages), "en")
