"""Transcribe: asks for transcripts as jobs, one after the other, and says plainly which model will listen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storybank.domain.lists import StoryLine
from storybank.domain.speech import Listening
from storybank.errors import StorybankError
from storybank.jobs.runner import JobTicket, Lane
from storybank.words import Words, say
from ui.ask import explain
from ui.jobs.book import Errands
from ui.jobs.tray import TRANSCRIBING
from ui.parts.bridge import Bridge
from ui.parts.toast import Toast

if TYPE_CHECKING:
    from ui.wiring import App


class Transcribe(QObject):
    """Sends recordings to the speech lane."""

    models_asked = Signal()

    def __init__(self, app: App, tr: Words, bridge: Bridge, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._tr, self._toast = app, tr, toast
        self._errands = Errands(app.runner, bridge, self)
        self._asked: set[str] = set()

    def ask(self, lines: Sequence[StoryLine], *, again: bool = False) -> None:
        """Queue a job for each of these stories that is not queued already."""
        fresh = [line for line in lines if line.recording_id not in self._asked]
        if not fresh:
            return
        try:
            model = self._app.models.find()
        except StorybankError as error:
            self._toast.say(self._tr.sentence(error.message), "warn", details=[self._tr.sentence(error.hint)],
                            actions=[(self._tr("Get a speech model"), self.models_asked.emit)])
            return
        for line in fresh:
            self._queue(line, again=again)
        text = self._tr.many("Transcribing {n} recording.", "Transcribing {n} recordings.", len(fresh))
        details = [self._tr("With the demo model: it knows the demo's few hundred words and nothing of real speech. "
                            "Real recordings need a real model, in Settings.")] if model.is_demo else []
        self._toast.say(text, "warn" if model.is_demo else "plain", details=details)

    def _queue(self, line: StoryLine, *, again: bool) -> None:
        how = Listening(language=line.language or None)
        name = ", ".join(line.people) or line.title

        def work(ticket: JobTicket) -> object:
            return self._app.transcribing.transcribe(line.recording_id, how, ticket, again=again)

        self._asked.add(line.recording_id)
        self._errands.start(Lane.SPEECH, say(TRANSCRIBING, name=name), work,
                            lambda _run: None, self._failed, lambda: self._asked.discard(line.recording_id))

    def _failed(self, error: Exception) -> None:
        explain(self._toast, self._tr, error)
