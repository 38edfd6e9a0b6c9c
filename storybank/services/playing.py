"""Playing: what a player needs beside the recording itself."""

from __future__ import annotations

import json
from collections.abc import Sequence

from storybank.ports import MediaTools, OpenWork, Store, Ticket


class Playing:
    """Helps a player: how loud a recording is, worked out once and kept where it can be rebuilt."""

    def __init__(self, open_work: OpenWork, media: MediaTools, store: Store) -> None:
        self._open_work = open_work
        self._media = media
        self._store = store

    def known_waveform(self, recording_id: str) -> Sequence[float]:
        """Return the loudness if it was worked out before; nothing otherwise."""
        kept = self._store.derived(f"waveforms/{recording_id}.json")
        try:
            return [float(value) for value in json.loads(kept.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError):
            return []  # not there, or not readable: it can be made again

    def waveform(self, recording_id: str, ticket: Ticket) -> Sequence[float]:
        """Return the loudness of a recording, 0 to 1, fifty values a second."""
        if known := self.known_waveform(recording_id):
            return known
        with self._open_work() as work:
            place = work.recordings.get(recording_id).place
        peaks = [round(value, 3) for value in self._media.waveform(self._store.path(place), ticket)]
        kept = self._store.derived(f"waveforms/{recording_id}.json")
        part = kept.with_suffix(".part")
        part.write_text(json.dumps(peaks), encoding="utf-8")
        part.replace(kept)
        return peaks
