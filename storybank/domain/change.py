"""Change: one step in the life of a transcript, with who took it and when. Every state of every line stays on file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What was done to a transcript."""

    REWORDED = "reworded"
    REVIEWED = "reviewed"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    """The boundary between two lines, or the start or end of one."""
    VOICED = "voiced"
    """Lines were given to a voice."""
    PARAGRAPHED = "paragraphed"
    REPLACED = "replaced"
    """Words were replaced throughout."""
    TRANSLATED = "translated"
    """The language of lines was put right."""
    REALIGNED = "realigned"
    """Words got their times from the engine."""
    HEARD_AGAIN = "heard_again"
    """A stretch was taken from another run."""
    RESTORED = "restored"
    """The transcript went back to how it stood before."""
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Change:
    """A change to a transcript. Number 0, which is never stored, is the engine's own text."""

    run_id: str
    number: int
    at: str
    """ISO 8601, UTC."""
    author: str
    kind: ChangeKind
    lines: int
    """How many lines it touched."""
    text: str = ""
    """The first line it touched, as it then read."""
