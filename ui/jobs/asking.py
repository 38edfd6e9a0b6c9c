"""Asking: how any page asks for a transcript: it is queued, and the queue is worked on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storybank.domain.speech import Listening
from storybank.domain.transcript import Span
from storybank.services.queueing import Added

if TYPE_CHECKING:
    from ui.wiring import App


def ask_to_hear(app: App, recording_ids: Sequence[str], how: Listening, model: str = "", only: Span | None = None, *,
                again: bool = False) -> Added:
    """Queue recordings, or a stretch of one, and see that the queue is worked on; what was refused is in the answer.

    Whoever asks wants it heard: a queue that was paused goes on.
    """
    added = app.queueing.add(recording_ids, how, model, only, again=again)
    if added.entries:
        app.queueing.let_go()
        app.hearing.go()
    return added
