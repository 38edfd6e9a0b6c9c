"""Peaks: fetches the loudness of a recording, out of the window's way when it has to be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from storybank.domain.recording import Recording
from storybank.jobs.runner import JobTicket, Lane
from storybank.words import say

if TYPE_CHECKING:
    from ui.wiring import App


class Peaks(QObject):
    """Asks for one recording at a time; an answer about another one comes too late and is dropped."""

    ready = Signal(object)
    _found = Signal(str, object)

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self._wanted = ""
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)

    def ask(self, recording: Recording) -> None:
        """Fetch a recording's loudness; `ready` tells it."""
        self._wanted = recording.id
        if known := self._app.playing.known_waveform(recording.id):
            self.ready.emit(known)
            return
        if self._app.relinking.is_missing(recording):
            return  # the player says so; once it is found one asks again

        def work(ticket: JobTicket) -> None:
            self._found.emit(recording.id, self._app.playing.waveform(recording.id, ticket))

        self._app.runner.start(Lane.FILES, work, say("Draw the sound of {name}", name=recording.original_name))

    def _on_found(self, recording_id: str, peaks: Sequence[float]) -> None:
        if recording_id == self._wanted:
            self.ready.emit(peaks)
