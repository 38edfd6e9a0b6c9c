"""Model files: tells whether a folder is a whole speech model, and if not, which file is wrong and how."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from storybank.domain.speech import Grade
from storybank.errors import Invalid, Unavailable
from storybank.words import Sentence, say

NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""What a CTranslate2 Whisper folder cannot do without, beside its vocabulary."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
PREPROCESSOR = "preprocessor_config.json"
KNOWN = (*NEEDED, *VOCABULARIES, PREPROCESSOR)
LARGEST_TEXT = 64 << 20
"""Bytes; the largest file of a real model beside model.bin has three million."""
_SPECIFICATION = "WhisperSpec"
_NEWEST_VERSION = 100  # of CTranslate2's format; a larger number is the beginning of something else
_FIRST_WALKABLE = 4  # the binary version since which model.bin names the size of each of its parts
_PADDING = 64
_USUAL_MELS = 80
_ENGLISH_WORDS = 51864  # the vocabulary of models made for English alone; the others have one more, or two
_WIDTHS = {384: Grade.TINY, 512: Grade.BASE, 768: Grade.SMALL, 1024: Grade.MEDIUM, 1280: Grade.LARGE}
_TURBO_LAYERS = 4


@dataclass(frozen=True, slots=True)
class _Weights:
    """What model.bin tells about itself: the shape of each of its parts."""

    shapes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def size(self, name: str, dimension: int) -> int | None:
        """Return one dimension of a part; None where the file is too old to say."""
        shape = self.shapes.get(name, ())
        return shape[dimension] if len(shape) > dimension else None

    @property
    def decoder_layers(self) -> int:
        """Return how many layers write."""
        return len({name.split("/")[1] for name in self.shapes if name.startswith("decoder/layer_")} - {"layer_norm"})


class _OfAnotherKind(ValueError):
    """It is a model for the same engine, but not one that hears."""


def looks_whole(folder: Path) -> bool:
    """Tell at a glance whether every file is there; `check` looks inside them."""
    return not _missing(folder)


def check(folder: Path) -> None:
    """Raise `Invalid` with the first thing that is wrong with a model folder, `Unavailable` if it cannot be read."""
    try:
        wrong = _missing(folder) or _broken(folder)
    except OSError as error:
        raise Unavailable(say("{file} could not be read: {why}.", file=folder.name, why=error.strerror or str(error)),
                          hint=say("Plug its disk in, try again.")) from error
    if wrong:
        raise Invalid(
            say("This is not a whole speech model: {wrong}", wrong=wrong),
            hint=say("Copy the model again with every file: {files}.", files=", ".join((*NEEDED, VOCABULARIES[0]))),
        )


def grade_of(folder: Path) -> tuple[Grade | None, bool]:
    """Return how large a model is, and whether it knows English only; None for no usual size."""
    try:
        weights = _weights(folder / "model.bin")
    except (OSError, EOFError, ValueError, struct.error):
        return None, False
    width, words = weights.size("encoder/conv1/weight", 0), weights.size("decoder/embeddings/weight", 0)
    return graded(width, weights.decoder_layers), words == _ENGLISH_WORDS


def graded(width: int | None, decoder_layers: int | None) -> Grade | None:
    """Return the size of a Whisper model by how wide it is and how deep its writing half."""
    grade = _WIDTHS.get(width or 0)
    return Grade.TURBO if grade is Grade.LARGE and decoder_layers == _TURBO_LAYERS else grade


def _missing(folder: Path) -> Sentence | None:
    for name in NEEDED:
        if not (folder / name).is_file():
            return say("{file} is missing.", file=name)
    if not any((folder / name).is_file() for name in VOCABULARIES):
        return say("{file} is missing.", file=VOCABULARIES[0])
    empty = next((name for name in KNOWN if _is_empty(folder / name)), None)
    return say("{file} is empty.", file=empty) if empty else None


def _is_empty(file: Path) -> bool:
    return file.is_file() and not file.stat().st_size


def _broken(folder: Path) -> Sentence | None:
    told: dict[str, Any] = {}
    for name in KNOWN:
        if name == "model.bin" or not (folder / name).is_file():
            continue
        if (folder / name).stat().st_size > LARGEST_TEXT:
            return say("{file} is far too large to be what its name says.", file=name)
        try:
            text = (folder / name).read_text(encoding="utf-8")
            told[name] = json.loads(text) if name.endswith(".json") else text.splitlines()
        except (ValueError, RecursionError):
            return say("{file} cannot be read.", file=name)
    return _unlike_a_model(folder / "model.bin", told)


def _unlike_a_model(file: Path, told: Mapping[str, Any]) -> Sentence | None:
    try:
        weights = _weights(file)
    except EOFError:
        return say("model.bin is cut off.")
    except _OfAnotherKind as other:
        return say("model.bin is a model of another kind ({kind}); it does not hear.", kind=str(other))
    except (ValueError, struct.error):
        return say("model.bin is not a Whisper model for faster-whisper.")
    return _mismatched(told, weights)


def _mismatched(told: Mapping[str, Any], weights: _Weights) -> Sentence | None:
    config, tokenizer, prepared = told["config.json"], told["tokenizer.json"], told.get(PREPROCESSOR)
    if not isinstance(config, dict) or not config.get("alignment_heads"):
        return say("config.json does not say how words are timed.")
    if not isinstance(tokenizer, dict) or "model" not in tokenizer:
        return say("tokenizer.json is not a tokenizer.")
    vocabulary = next(name for name in VOCABULARIES if name in told)
    if not isinstance(told[vocabulary], list):
        return say("{file} is not a list of words.", file=vocabulary)
    rows, words = weights.size("decoder/embeddings/weight", 0), len(told[vocabulary])
    if rows is not None and not rows - _PADDING <= words <= rows:
        return say("the vocabulary belongs to another model.")
    return _heard_otherwise(weights.size("encoder/conv1/weight", 1), prepared)


def _heard_otherwise(mels: int | None, prepared: object) -> Sentence | None:
    """Return how what the model is told about sound differs from what it was made for."""
    if prepared is None:
        return say("{file} is missing.", file=PREPROCESSOR) if mels not in (None, _USUAL_MELS) else None
    if not isinstance(prepared, dict):
        return say("{file} cannot be read.", file=PREPROCESSOR)
    if mels is not None and prepared.get("feature_size", _USUAL_MELS) != mels:
        return say("{file} belongs to another model.", file=PREPROCESSOR)
    return None


def _weights(file: Path) -> _Weights:
    """Return what model.bin holds; raise `EOFError` when it ends too early, `ValueError` when it is no model."""
    length = file.stat().st_size
    with file.open("rb") as stream:
        (version,) = struct.unpack("<I", _take(stream, 4))
        if version > _NEWEST_VERSION:
            raise ValueError(file.name)
        _check_kind(_text(stream))
        if version < _FIRST_WALKABLE:
            return _Weights()
        _, parts = struct.unpack("<II", _take(stream, 8))
        shapes: dict[str, tuple[int, ...]] = {}
        for _ in range(parts):
            name = _text(stream)
            rank = _take(stream, 1)[0]
            shapes[name] = struct.unpack(f"<{rank}I", _take(stream, 4 * rank))
            _, size = struct.unpack("<BI", _take(stream, 5))
            if stream.tell() + size > length:
                raise EOFError(file.name)
            stream.seek(size, 1)
        (others,) = struct.unpack("<I", _take(stream, 4))
        for _ in range(others):
            second_name, name = _text(stream), _text(stream)
            shapes[second_name] = shapes.get(name, ())
    return _Weights(shapes)


def _check_kind(kind: str) -> None:
    if kind != _SPECIFICATION:
        raise _OfAnotherKind(kind) if kind.endswith("Spec") and kind.isalnum() else ValueError(kind)


def _text(stream: BinaryIO) -> str:
    (length,) = struct.unpack("<H", _take(stream, 2))
    return _take(stream, length).rstrip(b"\0").decode("utf-8", "replace")


def _take(stream: BinaryIO, count: int) -> bytes:
    taken = stream.read(count)
    if len(taken) < count:
        raise EOFError
    return taken
