"""Export: what left the house, for which use, and the list of what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from storybank.domain.clearance import ClearedQuote, LeftOut
from storybank.domain.clip import Cue
from storybank.domain.codebook import Code
from storybank.domain.consent import Use
from storybank.domain.transcript import Span, Word


class ExportKind(StrEnum):
    """What was made."""

    BRIEF = "brief"
    KIT = "kit"
    CLIP = "clip"


@dataclass(frozen=True, slots=True)
class Passage:
    """A cleared quote with what an exporter needs besides: its words in time, and the moments around it."""

    cleared: ClearedQuote
    words: tuple[Word, ...]
    clip: Span
    """Where its clip begins and ends: the quote with a breath on either side, never another word."""
    captions: tuple[Cue, ...]
    """For a wide frame, relative to the clip's start."""
    blocks: tuple[Code, ...]
    """The building blocks it speaks to, in the codebook's order."""
    consent_evidence: tuple[str, ...] = ()
    """SHA-256 of the consent files it rests on."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A policy brief as its author ordered it: audience, ask and own words; quotes come cleared from the gate."""

    title: str
    audience: str
    ask: tuple[str, ...]
    """One to three asks: actor, verb, instrument, by when."""
    messages: tuple[str, ...] = ()
    """The main messages: implications, one sentence each."""
    issue: str = ""
    """Why now, in the author's words."""
    author: str = ""
    contact: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Kit:
    """A campaign kit as its author ordered it."""

    title: str
    slug: str
    organization: str = "Voices of Social Prescribing"
    contact: str = ""
    link: str = ""
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Order:
    """Everything an exporter is handed: only cleared quotes, and who was left out and why."""

    code: str
    """The export's short code, as it will stand in the ledger."""
    made_at: str
    """ISO 8601, UTC."""
    uses: tuple[Use, ...]
    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...]
    codebook: tuple[Code, ...]
    use_until: date | None
    """The last day on which everything inside may be used; None when nothing inside ends."""
    storybank_version: str = ""
    engines: tuple[str, ...] = ()
    """How the transcripts were made, one sentence part each, as `faster-whisper 1.2.1, small`."""


@dataclass(frozen=True, slots=True)
class ExportedItem:
    """A quote as it left: how it was named, under which consent, and the hash of its words."""

    quote_id: str
    quote_code: str
    story_id: str
    consents: tuple[str, ...]
    attribution: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Export:
    """A line of the ledger."""

    id: str
    code: str
    kind: ExportKind
    title: str
    made_at: str
    uses: tuple[str, ...]
    place: str
    """Where it was written."""
    manifest_sha256: str
    use_until: date | None
    items: tuple[ExportedItem, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    """Quote code and reason, in English."""
    audience: str = ""
    files: Sequence[str] = field(default_factory=tuple)
