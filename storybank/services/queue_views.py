"""Queue views: what people see of a recording that waits to be heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storybank.domain.answer import ended_with_no
from storybank.domain.queue import QueueEntry
from storybank.domain.reasons import put_away
from storybank.domain.transcript import RunState, Span, TranscriptRun
from storybank.errors import NotFound
from storybank.ports import UnitOfWork
from storybank.services.circles import circle_of

_LATEST = 20
"""So many finished transcripts tell how fast this machine hears."""


@dataclass(frozen=True, slots=True)
class Queued:
    """An entry of the queue, with what is known of it."""

    entry: QueueEntry
    title: str
    """Who speaks, or else the story's title."""
    story: str
    """The story's short code."""
    recording: str
    """The recording's short code."""
    file: str
    duration_ms: int
    """How long the recording, or the stretch that was asked for, is."""
    fraction: float
    """How much of that is on file, 0 to 1."""
    seconds_left: float | None
    """How long hearing the rest takes; None while nobody can know."""


def queued(work: UnitOfWork, entries: Sequence[QueueEntry]) -> list[Queued]:
    """Return entries with what is known of each."""
    done = work.transcripts.in_state(RunState.DONE) if entries else []
    return [_queued(work, entry, done) for entry in entries]


def title_of(work: UnitOfWork, recording_id: str) -> str:
    """Return who speaks in a recording, or else its story's title; the code of a story that was put away."""
    story = work.stories.get(work.recordings.get(recording_id).story_id)
    if put_away(story):
        return story.code
    there = dict.fromkeys(participant.contributor_id for participant in story.participants)
    return ", ".join(work.contributors.get(one).name for one in there) or story.title


def name_of(work: UnitOfWork, recording_id: str) -> str:
    """Return a recording's name as it came in, or its identifier where there is no such recording."""
    try:
        return work.recordings.get(recording_id).original_name
    except NotFound:
        return recording_id


def was_withdrawn(work: UnitOfWork, recording_id: str) -> bool:
    """Tell whether somebody in a recording took their yes back, or it was put away at their wish."""
    circle = circle_of(work, work.recordings.get(recording_id).story_id)
    if put_away(circle.story):
        return True
    own = ([c for c in circle.consents if c.contributor_id == person] for person in circle.people)
    return any(ended_with_no(consents, circle.story.id) for consents in own)


def _queued(work: UnitOfWork, entry: QueueEntry, done: Sequence[TranscriptRun]) -> Queued:
    recording = work.recordings.get(entry.recording_id)
    whole = entry.only or Span(0, max(1, recording.facts.duration_ms))
    length = max(1, whole.end_ms - whole.start_ms)
    heard = min(length, max(0, entry.heard_ms - whole.start_ms))
    pace = _pace(entry.model, done)
    return Queued(entry, title_of(work, entry.recording_id), work.stories.get(recording.story_id).code, recording.code,
                  recording.original_name, length, heard / length,
                  None if pace is None else (length - heard) * pace / 1000)


def _pace(model: str, done: Sequence[TranscriptRun]) -> float | None:
    """Return how many milliseconds a millisecond of sound took lately, with that model where one is named."""
    same = [run for run in done if run.spent_ms and run.only is None and model in ("", run.model)][-_LATEST:]
    heard = sum(run.heard_ms for run in same)
    return sum(run.spent_ms for run in same) / heard if heard else None
