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
class TranscriptChanged(Event):
    """Lines of a transcript read, stand or belong differently from before; `number` is that of the change."""

    run_id: str
    recording_id: str
    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class TranscriptShown(Event):
    """Another run over a recording became the transcript that people see, or one was brought in."""

    run_id: str
    recording_id: str


@dataclass(frozen=True, slots=True)
class VoicesChanged(Event):
    """A voice of a recording was added, named or linked to somebody."""

    recording_id: str


@dataclass(frozen=True, slots=True)
class GlossaryChanged(Event):
    """A term was added to the glossary, changed or taken out."""


@dataclass(frozen=True, slots=True)
class QueueChanged(Event):
    """A recording was queued, moved, paused, or left the queue."""


@dataclass(frozen=True, slots=True)
class RecordingFound(Event):
    """A recording that had been moved was found again, the same to the last byte."""

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
class QuoteReworded(Event):
    """A quote stands on other words, was shortened or translated."""

    quote_id: str
    story_id: str


@dataclass(frozen=True, slots=True)
class QuoteRemoved(Event):
    """A quote was taken out."""

    quote_id: str
    story_id: str


@dataclass(frozen=True, slots=True)
class CodebookChanged(Event):
    """A code was added or changed, or went; `into` is the one that its quotes were given."""

    key: str
    into: str = ""
    also: tuple[str, ...] = ()
    """The codes that changed with it."""


@dataclass(frozen=True, slots=True)
class SearchesChanged(Event):
    """A search was saved, renamed, looked at or forgotten."""

    search_id: str


@dataclass(frozen=True, slots=True)
class ExportMade(Event):
    """Something left the house and stands in the ledger."""

    export_id: str


@dataclass(frozen=True, slots=True)
class EvidenceAdded(Event):
    """A proof was put beside a consent."""

    consent_id: str


@dataclass(frozen=True, slots=True)
class EvidenceViewed(Event):
    """Somebody opened a proof, which is shown only on purpose."""

    consent_id: str
    position: int


@dataclass(frozen=True, slots=True)
class NoticeAdded(Event):
    """A new version of a consent form is on file."""

    notice_id: str


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """A person said stop, and what follows from it has to be done."""

    case_id: str
    contributor_id: str


@dataclass(frozen=True, slots=True)
class CaseChanged(Event):
    """A task of a case was done, or the case was closed."""

    case_id: str


@dataclass(frozen=True, slots=True)
class ExportChanged(Event):
    """What became of an export is known."""

    export_id: str


@dataclass(frozen=True, slots=True)
class RestrictionsChanged(Event):
    """A stretch of a recording was restricted, or freed."""

    recording_id: str


@dataclass(frozen=True, slots=True)
class StoryErased(Event):
    """A story was erased at somebody's wish; what is left is the proof of that."""

    story_id: str


@dataclass(frozen=True, slots=True)
class ListsChanged(Event):
    """A use, a purpose, a channel, an audience or a territory was added or renamed, or who we are was changed."""


@dataclass(frozen=True, slots=True)
class MemoChanged(Event):
    """A memo was written, changed or taken out; `about_id` names what it is about, as its `subject` says."""

    memo_id: str
    subject: str
    about_id: str


@dataclass(frozen=True, slots=True)
class CodersChanged(Event):
    """Somebody is done coding a recording, or is not; codes blind, or sees all; or has another name."""

    coder_id: str
    recording_id: str = ""


@dataclass(frozen=True, slots=True)
class DisagreementSettled(Event):
    """Where coders differed it was decided, or a decision was taken back."""

    recording_id: str
    story_id: str


@dataclass(frozen=True, slots=True)
class DraftChanged(Event):
    """A brief, kit or site was written on, removed, or put back."""

    draft_id: str


@dataclass(frozen=True, slots=True)
class LooksChanged(Event):
    """A letterhead or a theme was taken in or removed."""

    name: str


@dataclass(frozen=True, slots=True)
class SynonymsChanged(Event):
    """Which words mean the same to search changed."""

    ring_id: str
