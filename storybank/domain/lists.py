"""Lines: what lists and tables show, selected straight into small values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storybank.domain.clearance import Permission
from storybank.domain.consent import ConsentState


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story as a card or a row of a list shows it."""

    id: str
    code: str
    title: str
    slug: str
    language: str
    recorded_on: str
    people: tuple[str, ...]
    """Names of the participants, first the speaker."""
    contributor_ids: tuple[str, ...]
    role: str
    organization: str
    stakeholder: str
    province: str
    recording_id: str
    duration_ms: int
    has_picture: bool
    transcript: str
    """`none`, `running`, `interrupted`, `cancelled` or `done`."""
    lines: int
    reviewed: int
    quotes: int


@dataclass(frozen=True, slots=True)
class ConsentBadge:
    """Where a story stands with consent, in one word and a reason; the window turns it into a sign."""

    story_id: str
    state: ConsentState | None
    """None: there is no consent on file for somebody in it."""
    until: date | None
    uses: tuple[str, ...]
    """Keys of the uses that are allowed today."""
    permission: Permission | None = None
    """The gate's answer for the use that was asked about, if one was."""
    ask_first: tuple[str, ...] = ()
    """Keys of the uses for which somebody wants to be asked first."""
    bound: tuple[str, ...] = ()
    """Keys of the uses that are allowed on a condition only."""


@dataclass(frozen=True, slots=True)
class ExportLine:
    """An export as the ledger's list shows it."""

    id: str
    code: str
    kind: str
    title: str
    made_at: str
    uses: tuple[str, ...]
    place: str
    items: int
    left_out: int
    use_until: date | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened, as the history shows it."""

    seq: int
    at: str
    event: str
    details: str
    """JSON of the event's identifiers."""
