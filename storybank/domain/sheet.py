"""Sheet: a transcript on its way out of the house's own store, or in: lines with speakers, and where they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storybank.domain.quality import Quality
from storybank.domain.transcript import Span, Word
from storybank.words import Sentence

_LONG_PARAGRAPH = 600
_LONG_PAUSE_MS = 2000


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
    mended: tuple[Sentence, ...] = ()
    """What was put right while it was read, such as captions that were out of order."""

    @property
    def timed(self) -> bool:
        """Tell whether every line says when it was said."""
        return bool(self.lines) and all(line.timed for line in self.lines)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return the names beside the lines, each once, in the order they first speak."""
        return tuple(dict.fromkeys(line.speaker for line in self.lines if line.speaker))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a transcript is written, where its format leaves a choice."""

    times: bool = True
    """Whether a text or Word file says when each paragraph begins."""
    word_times: bool = False
    """Whether a VTT file says when each word begins."""
    language: str = "en"
    """The language of what stands beside the words: `en` or `fr`."""


USUAL = Manner()


def paragraphs(lines: Sequence[SheetLine]) -> list[list[SheetLine]]:
    """Return lines as paragraphs: one begins where somebody said so, with another speaker, or after a long pause."""
    found: list[list[SheetLine]] = []
    for line in lines:
        if found and not _begins(found[-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _begins(before: Sequence[SheetLine], line: SheetLine) -> bool:
    last = before[-1]
    if line.opens_paragraph or line.speaker != last.speaker:
        return True
    if last.text[-1:] not in ".!?…":
        return False
    pause = (line.start_ms or 0) - (last.end_ms or 0) if line.timed and last.timed else 0
    return pause >= _LONG_PAUSE_MS or sum(len(one.text) for one in before) > _LONG_PARAGRAPH
