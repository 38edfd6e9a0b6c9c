"""Withdrawal: the case that a person's "stop" opens, and everything that has to be done until it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Choice(StrEnum):
    """What becomes of the recordings."""

    UNDECIDED = "undecided"
    SEAL = "seal"
    """Keep them, seen by nobody but whoever keeps the proof."""
    ANONYMISE = "anonymise"
    """Keep the words without the person: no name, no face, no voice, no place."""
    ERASE = "erase"
    """Leave nothing of them but the proof that consent was given and taken back."""


class TaskKind(StrEnum):
    """What has to be done about something that is already out, or still lying about."""

    REMOVE = "remove"
    """Take it down, or throw it away."""
    REPLACE = "replace"
    """Put a version without the person in its place."""
    NOTIFY = "notify"
    """Tell whoever has it to stop using it."""
    DEINDEX = "deindex"
    """Ask search engines to forget it."""
    CANNOT_RECALL = "cannot_recall"
    """Printed, broadcast or tabled: it stays out there; say why, and stop reprints."""
    RECORDINGS = "recordings"
    """Seal, anonymise or erase what the library holds."""
    TELL_PERSON = "tell_person"
    """Tell the person what was done, and what could not be."""


class TaskState(StrEnum):
    """How far a task is."""

    OPEN = "open"
    DONE = "done"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do in a case."""

    kind: TaskKind
    about: str
    """What it is about: an export's code, or nothing."""
    recipient: str = ""
    state: TaskState = TaskState.OPEN
    note: str = ""
    """What was done, or why it cannot be."""
    done_at: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawalCase:
    """A person's wish to stop, from the moment it came in until everybody has been told."""

    id: str
    code: str
    contributor_id: str
    received_at: str
    """ISO 8601, UTC."""
    via: str = ""
    """How it reached us: by phone, by letter, in person."""
    verified: str = ""
    """How we know it was them."""
    reason: str = ""
    story_ids: tuple[str, ...] = ()
    """The stories it is about; empty for everything."""
    uses: tuple[str, ...] = ()
    """The uses it is about; empty for every use."""
    choice: Choice = Choice.UNDECIDED
    deadline: date | None = None
    tasks: tuple[Task, ...] = ()
    outcome: str = ""
    closed_at: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done."""
        return not self.closed_at

    @property
    def is_about_everything(self) -> bool:
        """Tell whether the person wants out altogether."""
        return not self.story_ids and not self.uses


@dataclass(frozen=True, slots=True)
class Wish:
    """A withdrawal as it is kept outside the database, so that an older copy cannot forget it: opaque marks only."""

    person: str
    """SHA-256 over the library's and the person's identifier."""
    at: str
    erase: bool = False
    stories: tuple[str, ...] = ()
    """SHA-256 over the library's and each story's identifier; empty for every story of the person."""
    uses: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """For each file that was erased, SHA-256 over the library's identifier and its own SHA-256."""
    choice: Choice = Choice.UNDECIDED
    """What was done with the recordings, where it was to seal them or to make them anonymous."""
