"""The media files of a library, on disk: what is known about them, not the files themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, func, select

from storybank.domain.recording import AudioFacts, MediaFacts, Recording, VideoFacts
from storybank.errors import NotFound
from storybank.persistence.tables import recordings
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

_ALL = select(recordings).order_by(func.length(recordings.c.code), recordings.c.code)


class StoredRecordings:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, recording_id: str) -> Recording:
        """Return the recording of that identifier."""
        row = self._transaction.row(select(recordings).where(recordings.c.id == recording_id))
        if row is None:
            raise NotFound(say("There is no recording {id} in this library.", id=recording_id))
        return _from_row(row)

    def of_story(self, story_id: str) -> list[Recording]:
        """Return a story's recordings, in the order they came in."""
        return self._those(_ALL.where(recordings.c.story_id == story_id))

    def with_hash(self, sha256: str) -> Recording | None:
        """Return the recording of a file with that content, if the library has it."""
        return next(iter(self._those(_ALL.where(recordings.c.sha256 == sha256))), None)

    def all(self) -> list[Recording]:
        """Return every recording, in the order they came in."""
        return self._those(_ALL)

    def save(self, recording: Recording) -> None:
        """Write a recording, new or known."""
        row = asdict(recording)
        row["duration_ms"] = recording.facts.duration_ms
        row["has_picture"] = recording.facts.video is not None
        self._transaction.put(recordings, row)

    def _those(self, statement: Select[Any]) -> list[Recording]:
        return [_from_row(row) for row in self._transaction.rows(statement)]


def _from_row(row: AnyRow) -> Recording:
    return Recording(
        row.id, row.code, row.story_id, row.original_name, row.sha256, row.bytes, _facts(row.facts), row.place,
        row.added_at,
    )  # fmt: skip


def _facts(kept: Mapping[str, Any]) -> MediaFacts:
    video, audio = kept["video"], kept["audio"]
    return MediaFacts(
        kept["container"],
        kept["duration_ms"],
        VideoFacts(**video) if video else None,
        AudioFacts(**audio) if audio else None,
    )
