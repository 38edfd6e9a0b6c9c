"""Playing: what a player needs beside the recording itself."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

from storybank.domain.reasons import put_away
from storybank.domain.recording import Recording
from storybank.domain.transcript import Span
from storybank.errors import Refused
from storybank.ports import MediaTools, OpenWork, Store, Ticket
from storybank.services.originals import original

_MOST = 255
"""A loudness is kept in a byte: ten hours of them weigh 1.8 MB."""


class Playing:
    """Helps a player: how loud a recording is, and a light copy of it, made once and kept where they can be rebuilt."""

    def __init__(self, open_work: OpenWork, media: MediaTools, store: Store) -> None:
        self._open_work = open_work
        self._media = media
        self._store = store

    def known_waveform(self, recording_id: str) -> Sequence[float]:
        """Return the loudness if it was worked out before; nothing otherwise."""
        try:
            kept = self._waveform_file(recording_id).read_bytes()
        except OSError:
            return array("f")  # not there, or not readable: it can be made again
        return array("f", (value / _MOST for value in kept))

    def waveform(self, recording_id: str, ticket: Ticket) -> Sequence[float]:
        """Return the loudness of a recording, 0 to 1, fifty values a second."""
        if known := self.known_waveform(recording_id):
            return known
        recording = self._recording(recording_id)
        peaks = self._media.waveform(original(self._store, recording), ticket)
        kept = self._waveform_file(recording_id)
        part = kept.with_suffix(".part")
        part.write_bytes(bytes(round(value * _MOST) for value in peaks))
        part.replace(kept)
        self._check_still_there(recording_id, kept)
        return peaks

    def speech(self, recording_id: str) -> list[Span]:
        """Return where somebody speaks, as the run that people see heard; nothing where no run noted it."""
        with self._open_work() as work:
            run = work.transcripts.shown(recording_id)
            return work.transcripts.speech(run.id) if run else []

    def known_copy(self, recording: Recording) -> Path | None:
        """Return the light copy of a recording, if it was made before."""
        copy = self._copy_file(recording)
        return copy if copy.exists() else None

    def to_hear(self, recording_id: str) -> Path:
        """Return what can be played of a recording at once: its light copy where one was made, else the original.

        Raises `Refused` for a story that was put away, `Unavailable` where there is neither.
        """
        recording = self._recording(recording_id)
        return self.known_copy(recording) or original(self._store, recording)

    def copy(self, recording_id: str, ticket: Ticket) -> Path:
        """Return the light copy of a recording for looking and listening; made now unless it is there."""
        recording = self._recording(recording_id)
        if known := self.known_copy(recording):
            return known
        copy = self._copy_file(recording)
        self._media.proxy(original(self._store, recording), copy, ticket)
        self._check_still_there(recording_id, copy)
        return copy

    def _recording(self, recording_id: str) -> Recording:
        """Return a recording that may be looked at."""
        with self._open_work() as work:
            recording = work.recordings.get(recording_id)
            if away := put_away(work.stories.get(recording.story_id)):
                raise Refused(away)
            return recording

    def _check_still_there(self, recording_id: str, made: Path) -> None:
        """Take out again what was made of a recording that was sealed or erased meanwhile."""
        try:
            self._recording(recording_id)
        except BaseException:
            made.unlink(missing_ok=True)
            raise

    def _waveform_file(self, recording_id: str) -> Path:
        return self._store.derived(f"waveforms/{recording_id}.peaks")

    def _copy_file(self, recording: Recording) -> Path:
        suffix = ".m4a" if recording.facts.video is None else ".mp4"
        return self._store.derived(f"proxies/{recording.id}{suffix}")
