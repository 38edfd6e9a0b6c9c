"""Restriction: a stretch of a recording that may not go out as it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from storybank.domain.transcript import Span, Word

REDACTED = "[…]"
"""What stands where words were taken out."""


class Treatment(StrEnum):
    """What must be done with the stretch wherever it goes."""

    CUT = "cut"
    """Leave it out altogether: nothing that touches it may go."""
    MUTE = "mute"
    """Silence it, and take out its words."""
    BLUR = "blur"
    """Make the picture unrecognisable."""
    REDACT = "redact"
    """Take out its words, in text and captions, and silence them."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A stretch of a recording that is not free; times in milliseconds of the recording, end excluded."""

    id: str
    recording_id: str
    start_ms: int
    end_ms: int
    treatment: Treatment
    reason: str = ""

    def touches(self, start_ms: int, end_ms: int) -> bool:
        """Tell whether it lies anywhere in a stretch."""
        return self.start_ms < end_ms and start_ms < self.end_ms

    @property
    def silences(self) -> bool:
        """Tell whether its words may be neither heard nor read."""
        return self.treatment in (Treatment.CUT, Treatment.MUTE, Treatment.REDACT)

    @property
    def hides(self) -> bool:
        """Tell whether its picture may not be recognised."""
        return self.treatment in (Treatment.CUT, Treatment.BLUR)


UNSURE_MS = 5000
"""How far from its estimated time a word may have been said, where no known word stands before or after it."""


def without(words: Sequence[Word], restrictions: Sequence[Restriction]) -> list[Word]:
    """Return the words with those that may not be read replaced by one sign for each run of them.

    A word whose time was only estimated may have been said anywhere between the words around it that were heard: if a
    restriction lies anywhere there, it goes.
    """
    kept: list[Word] = []
    for word, is_silent in zip(words, silenced(words, restrictions), strict=True):
        if not is_silent:
            kept.append(word)
        elif kept and kept[-1].text == REDACTED:
            kept[-1] = replace(kept[-1], end_ms=word.end_ms)
        else:
            kept.append(replace(word, text=REDACTED))
    return kept


def silenced(words: Sequence[Word], restrictions: Sequence[Restriction]) -> list[bool]:
    """Tell for each word whether it may not be read."""
    return [
        any(r.silences and r.touches(where.start_ms, max(where.end_ms, where.start_ms + 1)) for r in restrictions)
        for where in surely_within(words)
    ]


def surely_within(words: Sequence[Word]) -> list[Span]:
    """Return for each word the stretch that surely holds it."""
    befores: list[int | None] = []
    before: int | None = None
    for word in words:
        befores.append(before)
        before = before if word.estimated else word.end_ms
    found: list[Span] = []
    after: int | None = None
    for word, heard_before in zip(reversed(words), reversed(befores), strict=True):
        if word.estimated:
            start = word.start_ms - UNSURE_MS if heard_before is None else min(heard_before, word.start_ms)
            end = word.end_ms + UNSURE_MS if after is None else max(after, word.end_ms)
            found.append(Span(start, end))
        else:
            found.append(Span(word.start_ms, word.end_ms))
            after = word.start_ms
    return found[::-1]
