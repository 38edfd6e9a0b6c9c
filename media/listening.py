"""Listening: the walk through a recording that every engine shares; an engine only hears one window at a time."""

from __future__ import annotations

import ctypes
import heapq
import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import psutil

from media.audio import RATE, Stretch, stretches
from media.channels import Voice, both_speak, voices
from media.guarding import Guarding, breath, fewer_loops, loops_in
from media.journal import Journal, Reached
from media.lines import lines
from media.tongues import Tongue, places, vote
from media.voice import LONGEST_WINDOW_MS, windows
from storybank.domain.speech import Listening
from storybank.domain.transcript import Chunk, Segment, Span, Word
from storybank.errors import Damaged

if TYPE_CHECKING:
    from media.audio import Sound

NOTHING_LEFT_SECONDS = 0.5
"""Less than this at the end of a window holds no word that was not heard already."""
TEMPERATURES = (0.0, 0.2, 0.4)
"""How freely an engine may guess, step by step; beyond these it invents, and takes six times as long."""
MOST_TOKENS, LONGEST_TEXT = 215, 224
"""How much an engine can be told beforehand, and how much it may say of one window; beyond that it only loops."""
_MIXED_WINDOW_MS = 15_000
"""Where languages change, windows are short, so that few hold two of them."""
_POLITE = 5
_MMAP_THRESHOLD, _LARGE_BYTES = -3, 3_000_000
_FASTEST = 25
"""Characters a second; fast speakers reach about twenty."""
_INSIDE_WORDS = tuple("'’-‐‑")


class Ears(Protocol):
    """An engine with its model loaded."""

    def languages(self, sound: Sound) -> Mapping[str, float]:
        """Return how likely each language is, judged by the first thirty seconds of `sound`."""

    def hear(self, sound: Sound, language: str, *, again: bool = False) -> Iterable[Segment]:
        """Yield what is said in `sound`, timed from its start; `again` is after it lost the thread."""


def listen(ears: Ears, recording: Path, how: Listening, span: Span, first_index: int) -> Iterator[Segment | Chunk]:
    """Yield lines as they are heard, and a chunk whenever half a minute of them is complete."""
    walk = _Walk(ears, recording, how, span, Journal(span.start_ms, first_index))
    heard_ms = span.start_ms
    try:
        for stretch in stretches(recording, span):
            yield from walk.through(stretch)
            heard_ms = stretch.end_ms
    except Damaged:
        yield from walk.close(heard_ms)
        raise
    yield from walk.close(span.end_ms)


class _Walk:
    """One pass through a recording, stretch by stretch."""

    def __init__(self, ears: Ears, recording: Path, how: Listening, span: Span, journal: Journal) -> None:
        self._ears = ears
        self._recording = recording
        self._how = how
        self._span = span
        self._journal = journal
        self._guarding = Guarding(how.glossary)
        self._both_speak = cache(partial(both_speak, recording, span))
        self._tongue = Tongue(ears, how.languages, how.language, how.mixed) if how.language else None

    def through(self, stretch: Stretch) -> Iterator[Segment | Chunk]:
        """Yield a stretch's lines, of all its voices in the order they begin, and the chunks that become full."""
        whole = Span(stretch.start_ms, stretch.end_ms)
        heard = voices(stretch, self._both_speak)
        self._journal.hear(sorted((span for voice in heard for span in voice.speech), key=lambda span: span.start_ms))
        self._choose_language([
            _cut(voice.sound, window, whole) for voice in heard for window in self._windows(voice, whole)
        ])
        told = [self._said(voice, self._windows(voice, whole), whole) for voice in heard]
        for item in heapq.merge(*told, key=_when):
            if isinstance(item, Segment):
                self._journal.say(item)
                yield item
            else:
                self._journal.reach(item.ms)
            yield from self._journal.chunks(self._language)
        self._journal.reach(whole.end_ms)
        yield from self._journal.chunks(self._language)

    def close(self, end_ms: int) -> Iterator[Chunk]:
        """Yield the last chunk."""
        yield from self._journal.close(end_ms, self._language)

    @property
    def _language(self) -> str:
        return self._tongue.language if self._tongue else next(iter(self._how.languages), "en")

    @property
    def _mixed(self) -> bool:
        return self._tongue.mixed if self._tongue else self._how.mixed

    def _windows(self, voice: Voice, whole: Span) -> list[Span]:
        if not self._how.voice_filter:
            return [whole]
        return windows(voice.speech, whole, _MIXED_WINDOW_MS if self._mixed else LONGEST_WINDOW_MS)

    def _choose_language(self, sounds: Sequence[Sound]) -> None:
        if self._tongue or not sounds:
            return
        choice = vote(self._ears, places(self._recording, self._span, sounds), self._how.languages)
        mixed = self._how.mixed or choice.mixed
        self._tongue = Tongue(self._ears, self._how.languages, choice.language, mixed)

    def _said(self, voice: Voice, heard_in: Sequence[Span], whole: Span) -> Iterator[Segment | Reached]:
        """Yield the lines of one voice, with its name and with what is odd about them."""
        for item in lines(self._heard(voice, heard_in, whole), voice.speech, whole):
            yield self._guarding.flagged(item, voice.speech) if isinstance(item, Segment) else item

    def _heard(self, voice: Voice, heard_in: Sequence[Span], whole: Span) -> Iterator[Segment | Reached]:
        assert self._tongue or not heard_in
        for window, after in pairwise([*heard_in, Span(whole.end_ms, whole.end_ms)]):
            sound = _cut(voice.sound, window, whole)
            language = self._tongue.of(sound) if self._tongue else ""
            for segment in self._hear(sound, language):
                yield breath(_later(replace(segment, language=language, voice=voice.name), window))
            yield Reached(after.start_ms)

    def _hear(self, sound: Sound, language: str) -> Iterable[Segment]:
        """Return what is said; where the engine loses the thread it is asked once more, and the better is kept."""
        if len(sound) * 1000 > LONGEST_WINDOW_MS * RATE:
            return self._ears.hear(sound, language)
        first = list(self._ears.hear(sound, language))
        if not loops_in(first):
            return first
        second = list(self._ears.hear(sound, language, again=True))
        return second if fewer_loops(first, second) else first


def that_fit(terms: Sequence[str], tokens_in: Callable[[str], int]) -> str | None:
    """Return as many of the words to know as an engine can be told, from the first on; None where there are none."""
    fitting: list[str] = []
    for term in terms:
        if tokens_in(f" {', '.join([*fitting, term])}") > MOST_TOKENS:
            break
        fitting.append(term)
    return ", ".join(fitting) or None


def threads(asked: int) -> int:
    """Return how many threads to hear with: one core stays free, unless there are only two."""
    cores = psutil.cpu_count(logical=False) or 1
    return asked or (cores if cores <= 2 else cores - 1)


def be_polite() -> None:
    """Let everything else on the machine go first, and give back memory at once; only in a process of our own."""
    if multiprocessing.parent_process() is None:
        return
    if sys.platform == "linux":
        _give_back_memory()
    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else _POLITE)


def _give_back_memory() -> None:
    """Let large pieces of memory go back to the system when they are free.

    glibc keeps those it has seen before, however large (`man mallopt`, M_MMAP_THRESHOLD), and what the sound of each
    five minutes leaves behind would add up over a long recording.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)


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


def _when(item: Segment | Reached) -> int:
    return item.start_ms if isinstance(item, Segment) else item.ms


def _cut(sound: Sound, window: Span, whole: Span) -> Sound:
    first, last = ((ms - whole.start_ms) * RATE // 1000 for ms in (window.start_ms, window.end_ms))
    return sound[first:last]


def _later(segment: Segment, window: Span) -> Segment:
    """Return a segment timed from its window's start as one of the recording; nothing lies outside the window."""

    def at(ms: int) -> int:
        return min(max(window.start_ms + ms, window.start_ms), window.end_ms)

    return replace(
        segment,
        start_ms=at(segment.start_ms),
        end_ms=at(segment.end_ms),
        words=tuple(replace(word, start_ms=at(word.start_ms), end_ms=at(word.end_ms)) for word in segment.words),
    )
