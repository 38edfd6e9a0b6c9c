"""Transcript: the engine's words, kept for ever, and the lines people read and correct on top of them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from storybank.domain.flag import Flag


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the time it was said; milliseconds from the start of the recording."""

    text: str
    start_ms: int
    end_ms: int
    probability: float | None = None
    """How sure the engine was, 0 to 1; None where a person wrote the word."""
    estimated: bool = False
    """Whether the time was worked out from the words around it; nobody heard the word there yet."""

    @property
    def middle_ms(self) -> float:
        """When it is surely being said: halfway between its start and its end."""
        return (self.start_ms + self.end_ms) / 2


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a recording, in milliseconds; end-exclusive."""

    start_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        """How long it is."""
        return self.end_ms - self.start_ms


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
    language: str = ""
    """ISO 639-1 code of this passage; empty where it is the chunk's."""
    voice: str = ""
    """Which of several voices this is, where the recording itself tells them apart: `left` or `right`."""
    flags: tuple[Flag, ...] = ()
    """Why nobody should trust this without listening; nothing is ever removed for it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A finished stretch of a recording, cut at quiet points; the unit of the resume journal."""

    index: int
    start_ms: int
    end_ms: int
    segments: tuple[Segment, ...]
    language: str
    """ISO 639-1 code that the engine used for this stretch."""
    speech: tuple[Span, ...] = ()
    """Where somebody speaks in it, as the voice detection heard; milliseconds of the recording."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to be found again in the sound: a line's, in a stretch that surely holds them."""

    id: str
    span: Span
    words: tuple[Word, ...]
    language: str


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
    beside: bool = False
    """Whether it lies beside the transcript that people see: to be compared, or to take passages from."""
    only: Span | None = None
    """The stretch that was asked for; None for the whole recording."""
    device: str = ""
    """What computed it and how precisely, such as `cpu int8`."""
    spent_ms: int = 0
    """How long the engine worked at it, all sittings together, in milliseconds."""

    @property
    def is_written(self) -> bool:
        """Tell whether people wrote it and it was brought in from a file."""
        return self.engine == WRITTEN


WRITTEN = "written"
"""The engine's name of a transcript that was brought in, not heard."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript as people see it: the engine's words, or a person's correction of them."""

    id: str
    recording_id: str
    position: float
    """Its place among the lines of its transcript; a line put between two others stands at a number between theirs."""
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
    voice_id: str | None = None
    """Whose voice it is; a voice has a name, and may be a contributor's."""
    opens_paragraph: bool = False
    flags: tuple[Flag, ...] = ()
    """The engine's flags that nobody has answered yet."""
    gone: bool = False
    """Whether it was merged into another line or replaced; it stays on file for the way back."""

    @property
    def corrected(self) -> bool:
        """Tell whether a person changed this line."""
        return self.revision > 0

    def accepted(self, word: int) -> Line:
        """Return this line with a word that somebody has heard and found right, so that it is doubtful no more."""
        sure = replace(self.words[word], probability=None)
        return replace(self, words=(*self.words[:word], sure, *self.words[word + 1 :]))

    def reworded(self, text: str, room: Span | None = None) -> Line:
        """Return this line with a person's text, its words keeping or sharing the engine's times.

        `room` is the stretch between the lines around it: words the engine missed may stand there.
        """
        tidy = " ".join(text.split())
        words = realigned(self.words, tidy, room or Span(self.start_ms, self.end_ms))
        return replace(
            self, text=tidy, words=words, revision=self.revision + 1, reviewed=True,
            start_ms=min([self.start_ms, *(word.start_ms for word in words)]),
            end_ms=max([self.end_ms, *(word.end_ms for word in words)]), flags=(),
        )


DOUBTFUL_BELOW = 0.5
"""Words that the engine was less sure of than this are shown as doubtful."""


A_LETTER_MS = 65
"""How long a letter takes to say, in quick speech."""


def realigned(old: Sequence[Word], text: str, room: Span) -> tuple[Word, ...]:
    """Return the words of `text` with times: kept where the word stands, shared out where it changed.

    New words take the time of those they replace, and of the silence around them where that is too short to have
    said them in. Times never run backwards and stay inside `room`. New words have no probability.
    """
    new = text.split()
    matcher = difflib.SequenceMatcher(None, [_same(w.text) for w in old], [_same(t) for t in new], autojunk=False)
    words: list[Word] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            words += [replace(old[i1 + k], text=new[j1 + k]) for k in range(j2 - j1)]
        elif j2 > j1:
            before = words[-1].end_ms if words else min(room.start_ms, old[0].start_ms if old else room.end_ms)
            after = old[i2].start_ms if i2 < len(old) else max(room.end_ms, before)
            between = Span(before, max(before, after))
            beside = between.start_ms if words else between.end_ms
            said = (old[i1].start_ms, old[i2 - 1].end_ms) if i2 > i1 else (beside, beside)
            words += _shared_out(new[j1:j2], _span(*said, new[j1:j2], between))
    return tuple(words)


def _span(begin: int, end: int, texts: Sequence[str], between: Span) -> Span:
    """Return when the new words were said: from `begin` to `end`, widened where that is too short to say them."""
    needed = A_LETTER_MS * sum(map(len, texts))
    begin, end = max(begin, between.start_ms), min(max(begin, end), between.end_ms)
    short = max(0, needed - (end - begin))
    later = min(between.end_ms, end + short)
    earlier = max(between.start_ms, begin - (short - (later - end)))
    return Span(earlier, max(earlier, later))


def _shared_out(texts: Sequence[str], span: Span) -> list[Word]:
    total, at, words = sum(map(len, texts)), 0, []
    length = span.end_ms - span.start_ms
    for text in texts:
        start = span.start_ms + length * at // total
        at += len(text)
        words.append(Word(text, start, span.start_ms + length * at // total, estimated=True))
    return words


def _same(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum()) or folded
