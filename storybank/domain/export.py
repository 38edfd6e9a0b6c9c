"""Export: what left the house, for which use, and the list of what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from storybank.domain.captioning import UPRIGHT_LIMITS
from storybank.domain.captions import captions
from storybank.domain.clearance import ClearedQuote, LeftOut
from storybank.domain.clip import WIDE, Cue, Cut, Shape, within
from storybank.domain.codebook import Code
from storybank.domain.consent import Consent
from storybank.domain.restriction import REDACTED
from storybank.domain.transcript import Span, Word
from storybank.domain.use import Use
from storybank.words import Sentence


class ExportKind(StrEnum):
    """What was made."""

    BRIEF = "brief"
    KIT = "kit"
    CLIP = "clip"
    QUOTES = "quotes"
    """A table or dossier of quotes, for a spreadsheet, a program or a meeting."""
    PROJECT = "project"
    """A coded project, for another program for coding."""
    SITE = "site"
    """The microsite: cleared stories for any web host, or none."""
    STORIES = "stories"
    """What is known about stories, for a catalogue."""


class ExportStatus(StrEnum):
    """What became of something that left."""

    ACTIVE = "active"
    LAPSED = "lapsed"
    """Its last day of use is over; computed, never stored."""
    RECALL_OPEN = "recall_open"
    """Somebody in it withdrew, and it is being called back."""
    RECALLED = "recalled"
    CANNOT_RECALL = "cannot_recall"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file as it left: where it lay in the export, its hash, and whose words are in it."""

    path: str
    """Relative to the export's folder; the file's own name where there is but one."""
    sha256: str
    quotes: tuple[str, ...] = ()
    """Short codes of the quotes in it; empty for papers about all of them."""


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
    consents: tuple[Consent, ...] = ()
    """The agreements it rests on, of everyone in it; what of them leaves is an exporter's to choose, and little."""

    def cut(self, shape: Shape = WIDE, *, captioned: bool = True, title: str = "",
            highlight: bool = False) -> Cut:
        """Return how its clip must be cut: without the face, and silenced or blurred, wherever that was asked for.

        Every clip is made from this, so that no writer can forget a restriction. A word that is taken out is silent
        to its end, also where the restriction begins in the middle of it. With `highlight`, words light up as they are
        said.
        """
        hold, clip = self.cleared.restrictions, self.clip
        cues = self.captions
        if shape.height > shape.width:
            cues = captions(self.words, clip.start_ms, UPRIGHT_LIMITS, clip_end_ms=clip.end_ms)
        gaps = [Span(word.start_ms, word.end_ms) for word in self.words if word.text == REDACTED]
        return Cut(
            clip.start_ms, clip.end_ms, shape, cues if captioned else (),
            self.cleared.shows_face and self.cleared.may_be_clip, title,
            within(clip, [*gaps, *(Span(r.start_ms, r.end_ms) for r in hold if r.silences)]),
            within(clip, [Span(r.start_ms, r.end_ms) for r in hold if r.hides]),
            _said_at(self.words, clip) if captioned and highlight else (),
        )  # fmt: skip


def _said_at(words: Sequence[Word], clip: Span) -> tuple[Span, ...]:
    """Return when each word of the captions is said, in the clip's own time."""
    return tuple(
        Span(max(0, word.start_ms - clip.start_ms), max(0, word.end_ms - clip.start_ms))
        for word in words for _ in word.text.split()
    )


@dataclass(frozen=True, slots=True)
class HeardBy:
    """How a recording's transcript was made, and how much of it a person read."""

    recording_id: str
    engine: str
    """With its version; `written` where people wrote it."""
    model: str
    on: str
    """ISO 8601 date."""
    words: int
    reviewed: int


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
    heard_by: tuple[HeardBy, ...] = ()
    """How the transcript of each recording that is quoted was made."""
    recipient: str = ""
    """Who will be given it."""
    head: tuple[int, str] = (0, "")
    """Place and hash of the newest consent event, to be written into the export as a witness."""
    parts: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    """For parts that need more uses than the whole: the quotes that are allowed for those too, cleared for all of them.

    Somebody may be named on the web and stay nameless in print: what is told of a quote is each part's own.
    """
    withdrawn: tuple[str, ...] = ()
    """Names of those who took their consent back for everything: nobody may write them into what leaves."""

    def everywhere(self, code: str) -> tuple[Passage, ...]:
        """Return a quote as it was cleared for the whole, and for each part that it is in."""
        every = (self.passages, *self.parts.values())
        return tuple(one for passages in every for one in passages if one.cleared.quote.code == code)


@dataclass(frozen=True, slots=True)
class ExportedItem:
    """A quote as it left: how it was named, under which consent, and the hash of its words."""

    quote_id: str
    quote_code: str
    story_id: str
    consents: tuple[str, ...]
    attribution: str
    text_sha256: str
    verdict: str = "allow"
    """The gate's answer when it left, with its reasons in the reader's language."""
    reasons: tuple[Sentence, ...] = ()
    conditions: tuple[str, ...] = ()
    events: tuple[tuple[str, int], ...] = ()
    """For each consent, the place in the chain of the event that counted."""
    use_until: date | None = None


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
    left_out: tuple[tuple[str, tuple[Sentence, ...]], ...] = ()
    """Quote code and reasons."""
    audience: str = ""
    files: tuple[ExportedFile, ...] = ()
    recipient: str = ""
    """Who was given it; empty when it was made for our own use."""
    stored_status: ExportStatus = ExportStatus.ACTIVE
    head: tuple[int, str] = (0, "")
    """Place and hash of the newest consent event when it was made: a witness of the chain."""
    draft: str = ""
    """Code and version of the draft it was made from, as `D-0003.2`."""

    def status(self, on: date) -> ExportStatus:
        """Return what became of it by that day."""
        if self.stored_status is ExportStatus.ACTIVE and self.use_until is not None and self.use_until < on:
            return ExportStatus.LAPSED
        return self.stored_status
