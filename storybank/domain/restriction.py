"""Restriction: a stretch of a recording that may not go out as it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from storybank.domain.transcript import Word

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


def without(words: Sequence[Word], restrictions: Sequence[Restriction]) -> list[Word]:
    """Return the words with those that may not be read replaced by one sign for each run of them."""
    kept: list[Word] = []
    for word in words:
        if not any(r.silences and r.touches(word.start_ms, max(word.end_ms, word.start_ms + 1)) for r in restrictions):
            kept.append(word)
        elif kept and kept[-1].text == REDACTED:
            kept[-1] = replace(kept[-1], end_ms=word.end_ms)
        else:
            kept.append(replace(word, text=REDACTED))
    return kept
