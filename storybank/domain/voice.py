"""Voice: somebody who is heard in a recording; named once, and linked to a contributor where they are one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of a recording. Lines point at it, so a new name stands everywhere at once."""

    id: str
    recording_id: str
    number: int
    """Its key, from 1; people press it to say who speaks."""
    name: str
    """What it is called while nobody linked it: `Interviewer`, `Voice 2`."""
    contributor_id: str | None = None
    """The contributor whose voice it is; their name is shown then."""
    channel: str = ""
    """`left` or `right` where a two-channel recording told it apart."""
