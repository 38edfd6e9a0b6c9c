"""Transcript: the engine's words, kept for ever, and the lines people read and correct on top of them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the time it was said; milliseconds from the start of the recording."""

    text: str
    start_ms: int
    end_ms: int
    probability: float | None = None
    """How sure the engine was, 0 to 1; None where a person wrote the word."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What an engine heard in one breath, with its own measures of doubt. Never altered."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...] = ()
    average_log_probability: float = 0.0
    no_speech_probability: float = 0.0
    compression_ratio: float = 0.0
    temperature: float = 0.0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A finished stretch of a recording, cut at quiet points; the unit of the resume journal."""

    index: int
    start_ms: int
    end_ms: int
    segments: tuple[Segment, ...]
    language: str
    """ISO 639-1 code that the engine used for this stretch."""


class RunState(StrEnum):
    """How far an engine's run over a recording has come."""

    RUNNING = "running"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TranscriptRun:
    """One pass of an engine over a recording: who heard, with which model, how far."""

    id: str
    recording_id: str
    engine: str
    engine_version: str
    model: str
    language: str | None
    state: RunState
    heard_ms: int = 0
    """How much of the recording is journalled, in milliseconds: where a resumed run goes on."""
    chunks: int = 0
    options: str = "{}"
    """The engine's options as JSON, so a result can be made again."""
    started_at: str = ""
    ended_at: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript as people see it: the engine's words, or a person's correction of them."""

    id: str
    recording_id: str
    position: int
    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...]
    language: str
    speaker_id: str | None = None
    """The contributor who speaks, when known."""
    revision: int = 0
    """0 is the engine's own text; each correction adds one."""
    reviewed: bool = False

    @property
    def corrected(self) -> bool:
        """Tell whether a person changed this line."""
        return self.revision > 0

    def reworded(self, text: str) -> Line:
        """Return this line with a person's text, its words keeping or sharing the engine's times."""
        tidy = " ".join(text.split())
        words = realigned(self.words, tidy, self.start_ms, self.end_ms)
        return replace(self, text=tidy, words=words, revision=self.revision + 1, reviewed=True)


DOUBTFUL_BELOW = 0.5
"""Words that the engine was less sure of than this are shown as doubtful."""


def realigned(old: Sequence[Word], text: str, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """Return the words of `text` with times: kept where the word stands, shared out where it changed.

    Times never run backwards and stay inside the line. Inserted words have no probability.
    """
    new = text.split()
    matcher = difflib.SequenceMatcher(None, [_same(w.text) for w in old], [_same(t) for t in new], autojunk=False)
    words: list[Word] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            words += [replace(old[i1 + k], text=new[j1 + k]) for k in range(j2 - j1)]
        elif j2 > j1:
            begin = old[i1].start_ms if i2 > i1 else (old[i1 - 1].end_ms if i1 else start_ms)
            end = old[i2 - 1].end_ms if i2 > i1 else (old[i1].start_ms if i1 < len(old) else end_ms)
            words += _shared_out(new[j1:j2], begin, max(begin, end))
    return tuple(words)


def _shared_out(texts: Sequence[str], begin: int, end: int) -> list[Word]:
    total, at, words = sum(map(len, texts)), 0, []
    for text in texts:
        start = begin + (end - begin) * at // total
        at += len(text)
        words.append(Word(text, start, begin + (end - begin) * at // total))
    return words


def _same(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum()) or folded
