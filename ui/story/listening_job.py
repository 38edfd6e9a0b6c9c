"""A listening job: asks for a transcript, and keeps what the engine says until it is saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storybank.domain.events import Event, TranscriptEnded, TranscriptGrew, TranscriptStarted
from storybank.domain.recording import Recording
from storybank.domain.speech import Listening
from storybank.domain.transcript import Line, RunState, Span, TranscriptRun, realigned
from storybank.jobs.runner import JobEnded, JobTicket, Lane
from storybank.services.transcribing import Heard
from storybank.words import say
from ui.jobs.tray import TRANSCRIBING
from ui.parts.bridge import Bridge
from ui.story.script import UNSAVED

if TYPE_CHECKING:
    from ui.wiring import App


class ListeningJob(QObject):
    """Follows the engine over one recording, whoever started it; `changed` says that there is more to show."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, app: App, bridge: Bridge) -> None:
        super().__init__()
        self._app = app
        self._recording: Recording | None = None
        self._job: int | None = None
        self.runs = False
        self.fraction = 0.0
        self.heard: list[Line] = []
        """Lines that were heard and are not saved yet."""
        bridge.happened.connect(self._on_happened)

    @property
    def can_cancel(self) -> bool:
        """Tell whether it is ours to stop."""
        return self._job is not None

    def follow(self, recording: Recording, runs: tuple[TranscriptRun, ...]) -> None:
        """Follow a recording; what was followed before is forgotten."""
        if self._recording is not None and self._recording.id == recording.id:
            return
        self._recording, self._job, self.heard, self.fraction = recording, None, [], 0.0
        self.runs = any(run.state is RunState.RUNNING for run in runs)

    def start(self, language: str, name: str) -> None:
        """Ask for a transcript."""
        if self._recording is None or self.runs:
            return
        self.runs, self.fraction, self.heard = True, 0.0, []
        work = partial(_transcribe, self._app, self._recording.id, Listening(language=language or None))
        self._job = self._app.runner.start(
            Lane.SPEECH, work, say(TRANSCRIBING, name=name))
        self.changed.emit()

    def cancel(self) -> None:
        """Stop; what is journalled stays."""
        if self._job is not None:
            self._app.runner.cancel(self._job)

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, JobEnded) and event.job_id == self._job:
            self._job, self.runs, self.heard = None, False, []
            if event.error is not None:
                self.failed.emit(event.error)
            self.changed.emit()
        elif self._recording is not None and getattr(event, "recording_id", "") == self._recording.id:
            self._on_recording(event, self._recording)

    def _on_recording(self, event: Event, recording: Recording) -> None:
        if isinstance(event, Heard):
            self._hear(event)
            self.fraction = min(1.0, event.end_ms / max(1, recording.facts.duration_ms))
        elif isinstance(event, TranscriptStarted):
            self.runs = True
        elif isinstance(event, TranscriptGrew):
            self.heard = [line for line in self.heard if line.end_ms > event.heard_ms]
        elif isinstance(event, TranscriptEnded):
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


def _transcribe(app: App, recording_id: str, how: Listening, ticket: JobTicket) -> None:
    app.transcribing.transcribe(recording_id, how, ticket)
