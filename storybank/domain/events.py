"""What has happened in the library, in the past tense. Views and the history both read these; they carry ids only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and was saved."""


@dataclass(frozen=True, slots=True)
class StoryCollected(Event):
    """A story came into the library, with its recording."""

    story_id: str
    recording_id: str


@dataclass(frozen=True, slots=True)
class StoryDescribed(Event):
    """A story's title, date, language or people changed."""

    story_id: str


@dataclass(frozen=True, slots=True)
class ContributorSaved(Event):
    """A person was added, or their details changed."""

    contributor_id: str


@dataclass(frozen=True, slots=True)
class ConsentRecorded(Event):
    """A person's agreement, or their answer to the question, was put on file."""

    consent_id: str
    contributor_id: str


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    """A person took their agreement back."""

    consent_id: str
    contributor_id: str


@dataclass(frozen=True, slots=True)
class TranscriptStarted(Event):
    """An engine began to listen to a recording, or went on where it was."""

    run_id: str
    recording_id: str


@dataclass(frozen=True, slots=True)
class TranscriptGrew(Event):
    """A finished chunk was journalled."""

    run_id: str
    recording_id: str
    heard_ms: int


@dataclass(frozen=True, slots=True)
class TranscriptEnded(Event):
    """A run ended: done, cancelled or interrupted."""

    run_id: str
    recording_id: str
    state: str


@dataclass(frozen=True, slots=True)
class LineCorrected(Event):
    """A line reads differently from before."""

    line_id: str
    recording_id: str


@dataclass(frozen=True, slots=True)
class QuoteMade(Event):
    """A span of words became a quote, or came back."""

    quote_id: str
    story_id: str


@dataclass(frozen=True, slots=True)
class QuoteRetagged(Event):
    """A quote carries other codes than before."""

    quote_id: str
    story_id: str


@dataclass(frozen=True, slots=True)
class QuoteRemoved(Event):
    """A quote was taken out."""

    quote_id: str
    story_id: str


@dataclass(frozen=True, slots=True)
class CodebookChanged(Event):
    """A code was added or renamed."""

    key: str


@dataclass(frozen=True, slots=True)
class ExportMade(Event):
    """Something left the house and stands in the ledger."""

    export_id: str
