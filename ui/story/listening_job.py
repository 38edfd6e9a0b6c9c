"""A listening job: asks for a transcript, follows its place in the queue, and keeps what is heard until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storybank.domain.events import Event, QueueChanged, TranscriptEnded, TranscriptGrew, TranscriptStarted
from storybank.domain.queue import QueueEntry, QueueState
from storybank.domain.recording import Recording
from storybank.domain.speech import Listening
from storybank.domain.transcript import Line, RunState, Span, TranscriptRun, realigned
from storybank.errors import StorybankError, Unavailable
from storybank.services.transcribing import Heard
from ui.jobs.asking import ask_to_hear
from ui.parts.bridge import Bridge
from ui.transcript.script import UNSAVED

if TYPE_CHECKING:
    from ui.wiring import App


class ListeningJob(QObject):
    """Follows the engine over one recording, whoever asked for it; `changed` says that there is more to show."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, app: App, bridge: Bridge) -> None:
        super().__init__()
        self._app = app
        self._recording: Recording | None = None
        self._entry: QueueEntry | None = None
        self._finished = False
        self.runs = False
        self.fraction = 0.0
        self.heard: list[Line] = []
        """Lines that were heard and are not saved yet."""
        bridge.happened.connect(self._on_happened)

    @property
    def can_cancel(self) -> bool:
        """Tell whether it is in the queue, so that it can be stopped from here."""
        return self._entry is not None

    @property
    def waits(self) -> bool:
        """Tell whether it waits for its turn."""
        return self._entry is not None and self._entry.state is QueueState.WAITING

    def follow(self, recording: Recording, runs: tuple[TranscriptRun, ...]) -> None:
        """Follow a recording; what was followed before is forgotten."""
        if self._recording is not None and self._recording.id == recording.id:
            return
        self._recording, self.heard, self.fraction = recording, [], 0.0
        self._finished = _is_finished(runs)
        self.runs = any(run.state is RunState.RUNNING for run in runs)
        self._entry = self._look(recording)
        self.runs = self.runs or self._is_on()

    def start(self, language: str, _name: str) -> None:
        """Ask for a transcript; one that was paused or stopped goes on where it was."""
        if self._recording is None or self.runs:
            return
        try:
            self._app.models.find()
            added = ask_to_hear(self._app, [self._recording.id], Listening(language=language or None))
        except StorybankError as error:
            self.failed.emit(error)
            return
        for left_out in added.left_out:
            self.failed.emit(left_out.error)
        self.fraction, self.heard = 0.0, []
        self._entry = self._look(self._recording)
        self.runs = self._is_on()
        self.changed.emit()

    def cancel(self) -> None:
        """Take it out of the queue; what is journalled stays."""
        if self._entry is not None:
            self._ask(self._app.queueing.take_out, self._entry.id)

    def pause(self) -> None:
        """Stop for now; it keeps its place in the queue."""
        if self._entry is not None:
            self._ask(self._app.queueing.pause, self._entry.id)

    def _ask(self, does: Callable[[str], None], entry_id: str) -> None:
        try:
            does(entry_id)
        except StorybankError as error:
            self.failed.emit(error)

    def _look(self, recording: Recording) -> QueueEntry | None:
        """Return the entry that asks for the whole of it, or else for a stretch."""
        found = [one.entry for one in self._app.queueing.entries() if one.entry.recording_id == recording.id]
        return next((entry for entry in found if entry.only is None), found[0] if found else None)

    def _is_on(self) -> bool:
        return self._entry is not None and self._entry.state in (QueueState.WAITING, QueueState.RUNNING)

    def _on_happened(self, event: Event) -> None:
        if self._recording is None:
            return
        if isinstance(event, QueueChanged):
            self._on_queue(self._recording)
        elif getattr(event, "recording_id", "") == self._recording.id:
            self._on_recording(event, self._recording)

    def _on_queue(self, recording: Recording) -> None:
        before, self._entry = self._entry, self._look(recording)
        if before == self._entry:
            return
        self.runs = self._is_on()
        if not self.runs:
            self.heard = []
        entry = self._entry
        if entry is not None and entry.state is QueueState.FAILED and (before is None or before.state != entry.state):
            self.failed.emit(Unavailable(entry.problem, hint=entry.hint))
        self.changed.emit()

    def _on_recording(self, event: Event, recording: Recording) -> None:
        if isinstance(event, Heard):
            if not self._finished:
                self._hear(event)
            self.fraction = min(1.0, event.end_ms / max(1, recording.facts.duration_ms))
        elif isinstance(event, TranscriptStarted):
            self.runs = True
        elif isinstance(event, TranscriptGrew):
            self.heard = [line for line in self.heard if line.end_ms > event.heard_ms]
        elif isinstance(event, TranscriptEnded):
            self._finished = _is_finished(tuple(self._app.transcribing.runs(recording.id)))
            self.runs, self.heard = False, []
        else:
            return
        self.changed.emit()

    def _hear(self, heard: Heard) -> None:
        text = " ".join(heard.text.split())
        if text:
            words = realigned((), text, Span(heard.start_ms, heard.end_ms))
            self.heard.append(Line(f"{UNSAVED}{heard.start_ms}", heard.recording_id, len(self.heard), heard.start_ms,
                                   heard.end_ms, text, words, ""))


def _is_finished(runs: tuple[TranscriptRun, ...]) -> bool:
    """Tell whether people see a whole transcript, beside which another run is not shown as it grows."""
    return any(run.state is RunState.DONE and run.only is None for run in runs)
