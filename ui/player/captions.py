"""Captions: the line to paint over the picture at a moment."""

from __future__ import annotations

from bisect import bisect_right

from storybank.domain.captions import captions
from ui.transcript.script import Script


class Captions:
    """The captions of a script, worked out when the first one is asked for."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._starts: list[int] | None = None

    def at(self, ms: int) -> str:
        """Return the caption of a moment; nothing in a pause."""
        if self._starts is None:
            self._cues = captions([word for line in self._script.lines for word in line.words], 0)
            self._starts = [cue.start_ms for cue in self._cues]
        number = bisect_right(self._starts, ms) - 1
        if number < 0 or ms > self._cues[number].end_ms:
            return ""
        return self._cues[number].text
