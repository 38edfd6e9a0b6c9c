"""Yardstick: a model as large as `base` that knows nothing, to measure a computer on which there is no real model yet.

What a model costs depends on its size alone, so its weights are drawn at random.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storybank import places

if TYPE_CHECKING:
    import numpy as np

_WIDTH, _HEADS, _LAYERS, _MELS, _FRAMES, _TOKENS = 512, 8, 6, 80, 1500, 448


def draw_base(folder: Path) -> None:
    """Write the model, in the form that the engine opens; its writing half has one layer of six, which is not timed."""
    from ctranslate2.specs import WhisperSpec

    demo = places.demo() / "speech" / "ct2"
    words = json.loads((demo / "vocabulary.json").read_text(encoding="utf-8"))
    config = json.loads((demo / "config.json").read_text(encoding="utf-8"))
    spec = WhisperSpec(_LAYERS, _HEADS, 1, _HEADS)
    drawing = _Drawing()
    drawing.hearing(spec.encoder)
    drawing.writing(spec.decoder, len(words))
    for key, value in {**config, "alignment_heads": [[0, 0]]}.items():
        spec.config.add_attribute(key, value)
    spec.register_vocabulary(words)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


class _Drawing:
    """Fills the parts of a model with numbers."""

    def __init__(self) -> None:
        import numpy as np

        self._np = np
        self._random = np.random.default_rng(0)

    def hearing(self, encoder: Any) -> None:  # noqa: ANN401 - the engine has no types
        """Fill the half that listens."""
        encoder.conv1.weight, encoder.conv1.bias = self._drawn(_WIDTH, _MELS, 3), self._zeros(_WIDTH)
        encoder.conv2.weight, encoder.conv2.bias = self._drawn(_WIDTH, _WIDTH, 3), self._zeros(_WIDTH)
        encoder.position_encodings.encodings = self._drawn(_FRAMES, _WIDTH)
        self._norm(encoder.layer_norm)
        for layer in encoder.layer:
            self._attention(layer.self_attention, 3)
            self._forward(layer.ffn)

    def writing(self, decoder: Any, words: int) -> None:  # noqa: ANN401 - the engine has no types
        """Fill the half that writes."""
        decoder.embeddings.weight = self._drawn(words, _WIDTH)
        decoder.projection.weight = decoder.embeddings.weight
        decoder.scale_embeddings = False
        decoder.position_encodings.encodings = self._drawn(_TOKENS, _WIDTH)
        self._norm(decoder.layer_norm)
        for layer in decoder.layer:
            self._attention(layer.self_attention, 3)
            self._attention(layer.attention, 1, 2)
            self._forward(layer.ffn)

    def _attention(self, part: Any, *inputs: int) -> None:  # noqa: ANN401 - the engine has no types
        self._norm(part.layer_norm)
        for linear, times in zip(part.linear, (*inputs, 1), strict=True):
            self._linear(linear, times * _WIDTH, _WIDTH)

    def _forward(self, part: Any) -> None:  # noqa: ANN401 - the engine has no types
        self._norm(part.layer_norm)
        self._linear(part.linear_0, 4 * _WIDTH, _WIDTH)
        self._linear(part.linear_1, _WIDTH, 4 * _WIDTH)

    def _linear(self, part: Any, to: int, of: int) -> None:  # noqa: ANN401 - the engine has no types
        part.weight, part.bias = self._drawn(to, of), self._zeros(to)

    def _norm(self, part: Any) -> None:  # noqa: ANN401 - the engine has no types
        part.gamma, part.beta = self._np.ones(_WIDTH, self._np.float32), self._zeros(_WIDTH)

    def _drawn(self, *shape: int) -> np.ndarray:
        return self._random.standard_normal(shape, dtype=self._np.float32) * self._np.float32(0.02)

    def _zeros(self, size: int) -> np.ndarray:
        return self._np.zeros(size, self._np.float32)
