"""Quality: how far a transcript can be trusted, counted honestly: what people read and changed, what was wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """How the engine did over some of the words: those of a speaker, of a language, or all."""

    name: str
    """A voice's name or a language's code; empty for the whole transcript."""
    words: int
    """Words that people see now."""
    reviewed: int
    """Words in lines that somebody read against the recording."""
    changed: int
    """Words that the engine had not written so."""
    errors: int
    """Words the engine got wrong, left out or invented, in reviewed lines (substitutions, deletions, insertions)."""
    judged: int
    """Words of the reviewed lines as they now stand: what `errors` is counted against."""

    @property
    def word_error_rate(self) -> float | None:
        """Return errors / judged words; None while nobody reviewed a line."""
        return self.errors / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Quality:
    """A transcript's quality, and where it came from."""

    whole: Share
    by_voice: tuple[Share, ...]
    by_language: tuple[Share, ...]
    engine: str
    """Engine with version, such as `faster-whisper 1.2.1`; `written` where people wrote it."""
    model: str
    heard_on: str
    """ISO 8601 date."""
    doubtful: int
    """Words the engine was unsure of that nobody has read yet."""
    flagged: int
    """Lines with a flag that nobody has answered yet."""
    estimated: int
    """Words whose time was worked out and not heard."""
