"""Queue: the recordings that wait to be heard, in an order that people choose; it outlives the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from storybank.domain.speech import Listening
from storybank.domain.transcript import Span
from storybank.words import Sentence


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
    problem: Sentence | str = ""
    """What went wrong, as it was told; empty while nothing did."""
    hint: Sentence | str = ""
    added_at: str = ""

    def waiting(self) -> QueueEntry:
        """Return this entry as one that waits for its turn; what went wrong before is forgotten."""
        return replace(self, state=QueueState.WAITING, problem="", hint="")

    def failed(self, problem: Sentence | str, hint: Sentence | str) -> QueueEntry:
        """Return this entry as one that went wrong, with the reason and what to do."""
        return replace(self, state=QueueState.FAILED, problem=problem, hint=hint)


def moved(queue: Sequence[QueueEntry], entry_id: str, before: str | None) -> list[QueueEntry]:
    """Return the entries whose place changes when one is put before another, or last where `before` is None."""
    mine = next(entry for entry in queue if entry.id == entry_id)
    others = [entry for entry in queue if entry.id != entry_id]
    at = next((place for place, entry in enumerate(others) if entry.id == before), len(others))
    order = [*others[:at], mine, *others[at:]]
    return [replace(entry, position=float(place)) for place, entry in enumerate(order, start=1)
            if entry.position != place]
