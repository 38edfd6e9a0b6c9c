"""Attentive: a faster-whisper model that stops when there is nothing left to hear.

faster-whisper listens once more from the last word it timed to the end of the sound, were it a tenth of a second;
with nothing in it but a breath, the answer is an invented sentence, reached through every fallback it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from faster_whisper import WhisperModel

if TYPE_CHECKING:
    from media.audio import Sound

NOTHING_LEFT_SECONDS = 0.5
_RATE = 16_000


class _NothingLeft(Exception):
    """The sound is heard."""


class AttentiveModel(WhisperModel):  # type: ignore[misc] # faster-whisper has no types
    """Hears a sound to its end and not beyond."""

    _left_seconds = float("inf")

    def hear(self, sound: Sound, **how: object) -> Iterator[Any]:
        """Yield the engine's segments of `sound`."""
        self._left_seconds = float("inf")
        try:
            for found in self.transcribe(sound, **how)[0]:
                self._left_seconds = len(sound) / _RATE - float(found.end)
                yield found
        except _NothingLeft:
            return

    def encode(self, features: Any) -> Any:  # noqa: ANN401 - the engine's own types
        """Encode a window, unless what is left is too short for a word."""
        if self._left_seconds < NOTHING_LEFT_SECONDS:
            raise _NothingLeft
        return super().encode(features)

    def detect_language(self, *arguments: object, **how: object) -> Any:  # noqa: ANN401 - the engine's own types
        """Detect the language, whatever was heard before."""
        self._left_seconds = float("inf")
        return super().detect_language(*arguments, **how)
