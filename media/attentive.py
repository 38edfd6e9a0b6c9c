"""Attentive: a faster-whisper model that stops when there is nothing left to hear.

faster-whisper listens once more from the last word it timed to the end of the sound, were it a tenth of a second;
with nothing in it but a breath, the answer is an invented sentence, reached through every fallback it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim

from media.audio import RATE
from media.listening import NOTHING_LEFT_SECONDS

if TYPE_CHECKING:
    from media.audio import Sound


class _NothingLeft(Exception):
    """The sound is heard."""


class AttentiveModel(WhisperModel):  # type: ignore[misc] # faster-whisper has no types
    """Hears a sound to its end and not beyond, and encodes no window twice."""

    _left_seconds = float("inf")
    _encoded: tuple[Any, Any] | None = None

    def hear(self, sound: Sound, **how: object) -> Iterator[Any]:
        """Yield the engine's segments of `sound`."""
        self._left_seconds = float("inf")
        try:
            for found in self.transcribe(sound, **how)[0]:
                self._left_seconds = len(sound) / RATE - float(found.end)
                yield found
        except _NothingLeft:
            return

    def languages(self, sound: Sound) -> dict[str, float]:
        """Return how likely each language is in the first thirty seconds; `hear` goes on from the same encoding."""
        self._left_seconds = float("inf")
        extractor = self.feature_extractor
        features = extractor(sound[: extractor.n_samples])
        window = pad_or_trim(features[:, : min(features.shape[-1] - 1, extractor.nb_max_frames)])
        encoded = self.encode(window)
        self._encoded = window, encoded
        return {token[2:-2]: float(sure) for token, sure in self.model.detect_language(encoded)[0]}

    def encode(self, features: Any) -> Any:  # noqa: ANN401 - the engine's own types
        """Encode a window, unless it was just encoded, or what is left is too short for a word."""
        if self._left_seconds < NOTHING_LEFT_SECONDS:
            raise _NothingLeft
        kept, self._encoded = self._encoded, None
        if kept and np.array_equal(kept[0], features):
            return kept[1]
        return super().encode(features)
