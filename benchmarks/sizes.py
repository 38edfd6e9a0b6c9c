"""Sizes: the demo's speech model made as wide and deep as Whisper's `base` and `small`, to measure what those cost.

Real weights cannot be had without a network, and random ones never end a sentence. So the demo's weights are tiled:
each value of the wide network stands beside copies of itself, which changes no result; the layers that are missing
add nothing to what passes through them. It hears what the demo model hears, at the price of the larger one.
"""

from __future__ import annotations

import importlib.util
import math
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from storybank import places

if TYPE_CHECKING:
    from torch import Tensor

HEAD = 64
"""How wide an attention head of Whisper is, in every size."""


@dataclass(frozen=True, slots=True)
class Size:
    """The dimensions of a Whisper model (openai/whisper, model card)."""

    name: str
    state: int
    layers: int


BASE, SMALL = Size("base", 512, 6), Size("small", 768, 12)


def checkpoint(size: Size, to: Path) -> Path:
    """Write the demo's checkpoint as large as `size`, in the form that openai-whisper loads."""
    import torch

    loaded = torch.load(places.demo() / "speech" / "speech.pt", map_location="cpu", weights_only=True)
    narrow, dims = {name: value.float() for name, value in loaded["model_state_dict"].items()}, loaded["dims"]
    wide = _Widened(narrow, dims, size)
    grown = dims | {"n_audio_state": size.state, "n_text_state": size.state, "n_audio_layer": size.layers,
                    "n_text_layer": size.layers, "n_audio_head": size.state // HEAD, "n_text_head": size.state // HEAD}
    torch.save({"dims": grown, "model_state_dict": {name: value.half() for name, value in wide.weights().items()}}, to)
    return to


def folder(checkpoint_file: Path, to: Path) -> Path:
    """Write a checkpoint as the int8 folder that faster-whisper opens."""
    _converter().convert(checkpoint_file, to, "int8")
    return to


class _Widened:
    """The weights of a small network, tiled to a larger one that reckons the same."""

    def __init__(self, narrow: dict[str, Tensor], dims: dict[str, int], size: Size) -> None:
        self._narrow, self._dims, self._size = narrow, dims, size
        self._state = dims["n_audio_state"]
        self._times = size.state // self._state
        heads, width = dims["n_audio_head"], self._state // dims["n_audio_head"]
        self._rows = [(head % heads) * width + place % width for head in range(size.state // HEAD)
                      for place in range(HEAD)]  # fmt: skip
        """Which row of the narrow projections each row of the wide ones repeats."""
        self._steeper = (HEAD / width) / math.sqrt(HEAD / width)

    def weights(self) -> dict[str, Tensor]:
        """Return every weight of the wide network."""
        found: dict[str, Tensor] = {}
        for name, value in self._narrow.items():
            if ".blocks." not in name:
                found[name] = self._outer(name, value)
        for side, have in (("encoder", self._dims["n_audio_layer"]), ("decoder", self._dims["n_text_layer"])):
            for number in range(self._size.layers):
                real = number - (self._size.layers - have)  # the layers that hear come last: words are timed by them
                found |= self._block(side, number, max(real, 0), idle=real < 0)
        return found

    def _outer(self, name: str, value: Tensor) -> Tensor:
        if name == "encoder.conv1.weight":
            return value.repeat(self._times, 1, 1)
        if name == "encoder.conv2.weight":
            return value.repeat(self._times, self._times, 1) / self._times
        if name in ("decoder.ln.weight", "decoder.ln.bias"):
            return value.repeat(self._times) / self._times  # the words are told by a product as wide as the state
        return value.repeat(1, self._times) if value.ndim == 2 else value.repeat(self._times)

    def _block(self, side: str, number: int, like: int, *, idle: bool) -> dict[str, Tensor]:
        before = f"{side}.blocks.{like}."
        own = {name.removeprefix(before): value for name, value in self._narrow.items() if name.startswith(before)}
        wide = {name: self._inner(name, value) for name, value in own.items()}
        if idle:  # each layer a little different, or they would be stored as one and stay in the processor's cache
            last = (".out.", "mlp.2.")
            wide = {name: value * (0 if any(one in f"{name}." for one in last) else 1 + 0.001 * (number + 1))
                    for name, value in wide.items()}
        return {f"{side}.blocks.{number}.{name}": value for name, value in wide.items()}

    def _inner(self, name: str, value: Tensor) -> Tensor:
        times, part = self._times, name.split(".")
        if part[-2] in ("query", "key", "value"):
            wide = value[self._rows].repeat(1, times) / times if value.ndim == 2 else value[self._rows]
            return wide / self._steeper if part[-2] == "query" else wide
        if part[-2] == "out" and value.ndim == 2:
            return value[:, self._rows].repeat(times, 1) / times
        return value.repeat(times, times) / times if value.ndim == 2 else value.repeat(times)


def _converter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("to_ctranslate2", places.demo() / "to_ctranslate2.py")
    assert spec and spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module  # type: ignore[no-any-return]
