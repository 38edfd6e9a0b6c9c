"""Comparison: where two transcripts of one recording differ."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.domain.transcript import Span


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two runs wrote other words."""

    span: Span
    """When, in milliseconds of the recording."""
    here: str
    """What stands in the transcript people see; may be empty."""
    there: str
    """What the other run wrote; may be empty."""
    line_ids: tuple[str, ...]
    """The lines it touches in the transcript people see."""
    corrected: bool = False
    """Whether a person wrote what stands here; nothing is taken over it unless they say so."""
