"""Originals: where a recording's own file lies, or in plain words that it lies there no more."""

from __future__ import annotations

from pathlib import Path

from storybank.domain.recording import Recording
from storybank.errors import Unavailable
from storybank.ports import Store
from storybank.words import say


def original(store: Store, recording: Recording) -> Path:
    """Return the path of a recording's file; raise `Unavailable` naming where it was, if it is not there."""
    file = store.path(recording.place)
    if not file.exists():
        raise Unavailable(
            say("The recording is not where it was: {path}. Its transcript and quotes are safe.", path=str(file)),
            hint=say("Press “Find it…” under its picture, or type: storybank locate {code} FILE", code=recording.code),
        )
    return file
