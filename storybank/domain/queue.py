"""Queue: the recordings that wait to be heard, in an order that people choose; it outlives the program."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storybank.domain.speech import Listening
from storybank.domain.transcript import Span


class QueueState(StrEnum):
    """Where a queued recording stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A recording in the queue. It leaves the queue when it is heard, or when somebody takes it out."""

    id: str
    recording_id: str
    position: float
    state: QueueState
    how: Listening
    model: str = ""
    """The model's name; empty for the best there is when its turn comes."""
    only: Span | None = None
    """The stretch to hear; None for all of it."""
    again: bool = False
    """Whether a transcript that is there already was meant to be made anew."""
    heard_ms: int = 0
    """How much is on file already, in milliseconds."""
    problem: str = ""
    """What went wrong, as it was told; empty while nothing did."""
    hint: str = ""
    added_at: str = ""
