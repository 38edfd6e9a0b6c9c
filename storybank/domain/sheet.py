"""Sheet: a transcript on its way out of the house's own store, or in: lines with speakers, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.domain.quality import Quality
from storybank.domain.transcript import Span, Word


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line as it is written out or was read. Times are None where the file it came from had none."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    speaker: str = ""
    """The name beside it; empty where nobody is named."""
    language: str = ""
    words: tuple[Word, ...] = ()
    """With their times where they are known; empty otherwise."""
    opens_paragraph: bool = False
    reviewed: bool = False

    @property
    def timed(self) -> bool:
        """Tell whether it says when it was said."""
        return self.start_ms is not None and self.end_ms is not None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole transcript, ready to be written, or as it was read."""

    lines: tuple[SheetLine, ...]
    title: str = ""
    recording: str = ""
    """The recording's short code."""
    language: str = ""
    duration_ms: int = 0
    recorded_on: str = ""
    quality: Quality | None = None
    """Engine, model, date and how much was reviewed; every file that is written carries it."""
    restricted: tuple[Span, ...] = ()
    """Stretches whose words were left out at somebody's wish."""
    notes: tuple[str, ...] = ()
    """Remarks that the file had besides what is said."""
