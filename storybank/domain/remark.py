"""Remark: something to mend or to know about a draft or a template, said plainly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from storybank.words import Sentence


class Weight(StrEnum):
    """How much a remark weighs."""

    STOP = "stop"
    """It does not leave like this."""
    WARN = "warn"
    """It may leave; whoever sends it should think first."""
    NOTE = "note"


THEIR_OWN = ("styles.", "tables.")
"""Places of a letterhead that are the organisation's own to answer for: what is wrong there is said, and no more."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about one place."""

    weight: Weight
    message: Sentence
    hint: Sentence | str = ""
    """What to do."""
    place: str = ""
    """Where: `title`, `asks.1`, `sections.issue`, `evidence.e2`, `quotes.Q-0003`, or a field or style of a template."""
    language: str = ""
    """In which language of a draft; empty for both."""


@dataclass(frozen=True, slots=True)
class LookReport:
    """What a letterhead or a theme is good for."""

    name: str
    level: int = 0
    """1 for a letterhead with a marker line, 2 for one with fields; 0 for a theme or what is neither."""
    fields: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Tell whether it may be used."""
        return not any(remark.weight is Weight.STOP for remark in self.remarks)
