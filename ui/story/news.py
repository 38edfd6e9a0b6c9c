"""News: which of the things that happen change what the page of a story shows."""

from __future__ import annotations

from storybank.domain.events import (
    CodebookChanged,
    ConsentRecorded,
    ConsentWithdrawn,
    ContributorSaved,
    Event,
    EvidenceAdded,
    QuoteMade,
    QuoteRemoved,
    QuoteRetagged,
    QuoteReworded,
    RecordingFound,
    RestrictionsChanged,
    StoryDescribed,
    StoryErased,
    TranscriptChanged,
    TranscriptEnded,
    TranscriptGrew,
    TranscriptShown,
    TranscriptStarted,
    VoicesChanged,
)
from storybank.services.browsing import StoryView

OF_QUOTES = (QuoteMade, QuoteRetagged, QuoteReworded, QuoteRemoved)
OF_THE_STORY = (StoryDescribed, StoryErased, *OF_QUOTES)
OF_THE_RECORDING = (TranscriptStarted, TranscriptGrew, TranscriptEnded, TranscriptChanged, TranscriptShown,
                    VoicesChanged, RestrictionsChanged,
                    RecordingFound)
OF_A_PERSON = (ContributorSaved, ConsentRecorded, ConsentWithdrawn)


def concerns(event: Event, story: StoryView) -> bool:
    """Tell whether a story's page has to be read again."""
    if isinstance(event, OF_THE_STORY):
        return event.story_id == story.story.id
    if isinstance(event, OF_THE_RECORDING):
        return event.recording_id in {recording.id for recording in story.recordings}
    if isinstance(event, OF_A_PERSON):
        return event.contributor_id in {*(person.id for person in story.people), *story.story.communities}
    return isinstance(event, (CodebookChanged, EvidenceAdded))
