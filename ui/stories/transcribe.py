"""Transcribe: puts recordings into the queue, and says plainly which model will listen and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storybank.domain.lists import StoryLine
from storybank.domain.speech import Listening, SpeechModel, warning_for
from storybank.errors import StorybankError
from storybank.services.queueing import Added, LeftOut
from storybank.words import Sentence, Words
from ui.ask import explain
from ui.jobs.asking import ask_to_hear
from ui.parts.bridge import Bridge
from ui.parts.toast import Toast

if TYPE_CHECKING:
    from ui.wiring import App


class Transcribe(QObject):
    """Asks for transcripts of stories."""

    models_asked = Signal()

    def __init__(self, app: App, tr: Words, _bridge: Bridge, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._tr, self._toast = app, tr, toast

    def ask(self, lines: Sequence[StoryLine], *, again: bool = False) -> None:
        """Queue each of these stories that is not queued already, in the language that it is known to be in."""
        if not lines:
            return
        try:
            model = self._app.models.find()
        except StorybankError as error:
            self._toast.say(self._tr.sentence(error.message), "warn", details=[self._tr.sentence(error.hint)],
                            actions=[(self._tr("Get a speech model"), self.models_asked.emit)])
            return
        try:
            added = [ask_to_hear(self._app, [line.recording_id], Listening(language=line.language or None),
                                 again=again) for line in lines]
        except StorybankError as error:
            explain(self._toast, self._tr, error)
            return
        warnings = {warning_for(model, line.language or None): None for line in lines}
        self._say(model, added, [warning for warning in warnings if warning])

    def _say(self, model: SpeechModel, added: Sequence[Added], warnings: Sequence[Sentence]) -> None:
        left_out = [one for each in added for one in each.left_out]
        count = sum(len(each.entries) for each in added)
        details = [self._tr("With the demo model: it knows the demo's few hundred words and nothing of real speech. "
                            "Real recordings need a real model, in Settings.")] if model.is_demo and count else []
        details += [self._tr.sentence(warning) for warning in warnings] if count else []
        details += [self._refused(one) for one in left_out]
        text = self._tr.many("Transcribing {n} recording.", "Transcribing {n} recordings.", count)
        self._toast.say(text if count else self._tr("Nothing was queued."), "warn" if details else "plain",
                        details=details)

    def _refused(self, one: LeftOut) -> str:
        return " ".join(map(self._tr.sentence, (one.error.message, one.error.hint))).strip()
