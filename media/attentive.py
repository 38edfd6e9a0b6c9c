"""Attentive: a faster-whisper model that stops when there is nothing left to hear.

faster-whisper listens once more from the last word it timed to the end of the sound, were it a tenth of a second;
with nothing in it but a breath, the answer is an invented sentence, reached through every fallback it has.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from media.audio import RATE
from media.listening import NOTHING_LEFT_SECONDS

if TYPE_CHECKING:
    from media.audio import Sound


_KEPT = 6


class _NothingLeft(Exception):
    """The sound is heard."""


class AttentiveModel(WhisperModel):  # type: ignore[misc] # faster-whisper has no types
    """Hears a sound to its end and not beyond, and encodes no window twice."""

    _left_seconds = float("inf")

    def __init__(self, *told: Any, **how: Any) -> None:  # noqa: ANN401 - the engine's own
        super().__init__(*told, **how)
        self._encoded: deque[tuple[Any, Any]] = deque(maxlen=_KEPT)

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
        encoded = self.encode(self._window(sound)[0])
        return {token[2:-2]: float(sure) for token, sure in self.model.detect_language(encoded)[0]}

    def times(self, sound: Sound, words: Sequence[str], language: str) -> list[tuple[float, float]]:
        """Return when each of `words` begins and ends, in seconds of `sound`, which lasts thirty seconds at most."""
        self._left_seconds = float("inf")
        window, frames = self._window(sound)
        tokenizer = Tokenizer(self.hf_tokenizer, self.model.is_multilingual, task="transcribe", language=language)
        tokens = [tokenizer.encode(f" {word}") for word in words]
        spoken = [token for word in tokens for token in word]
        told = self.model.align(self.encode(window), tokenizer.sot_sequence, [spoken], frames)[0].alignments
        if not told:
            return []
        heard, at = np.array(told).T
        begins = at[np.diff(heard, prepend=-1) > 0] / self.tokens_per_second
        bounds = np.cumsum([0, *map(len, tokens)])
        return [(float(begins[i]), float(begins[j])) for i, j in pairwise(bounds)]

    def tokens_in(self, text: str) -> int:
        """Return how much room a text takes in what the engine can be told beforehand."""
        return len(self.hf_tokenizer.encode(text, add_special_tokens=False).ids)

    def encode(self, features: Any) -> Any:  # noqa: ANN401 - the engine's own types
        """Encode a window, unless it was encoded a moment ago, or what is left is too short for a word."""
        if self._left_seconds < NOTHING_LEFT_SECONDS:
            raise _NothingLeft
        for window, encoded in self._encoded:
            if np.array_equal(window, features):
                return encoded
        encoded = super().encode(features)
        self._encoded.append((features, encoded))
        return encoded

    def _window(self, sound: Sound) -> tuple[Any, int]:
        """Return the first thirty seconds of a sound as the engine sees them, and how much of that is sound."""
        extractor = self.feature_extractor
        features = extractor(sound[: extractor.n_samples])
        frames = min(features.shape[-1] - 1, extractor.nb_max_frames)
        return pad_or_trim(features[:, :frames]), frames
