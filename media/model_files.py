"""Model files: tells whether a folder is a whole speech model, and if not, which file is wrong and how."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from storybank.errors import Invalid
from storybank.words import Sentence, say

NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""What a CTranslate2 Whisper folder cannot do without, beside its vocabulary."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
PREPROCESSOR = "preprocessor_config.json"
KNOWN = (*NEEDED, *VOCABULARIES, PREPROCESSOR)
_SPECIFICATION = "WhisperSpec"
_FIRST_WALKABLE = 4  # the binary version since which model.bin names the size of each of its parts
_PADDING = 64
_USUAL_MELS = 80


@dataclass(frozen=True, slots=True)
class _Weights:
    """What model.bin tells about itself: the shape of each of its parts."""

    shapes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def size(self, name: str, dimension: int) -> int | None:
        """Return one dimension of a part; None where the file is too old to say."""
        shape = self.shapes.get(name, ())
        return shape[dimension] if len(shape) > dimension else None


def looks_whole(folder: Path) -> bool:
    """Tell at a glance whether every file is there; `check` looks inside them."""
    return not _missing(folder)


def check(folder: Path) -> None:
    """Raise `Invalid` with the first thing that is wrong with a model folder."""
    if wrong := _missing(folder) or _broken(folder):
        raise Invalid(
            say("This is not a whole speech model: {wrong}", wrong=wrong),
            hint=say("Copy the model again with every file: {files}.", files=", ".join((*NEEDED, VOCABULARIES[0]))),
        )


def check_checkpoint(file: Path) -> None:
    """Raise `Invalid` unless the file is a Whisper checkpoint as openai-whisper saves it; nothing of it is run."""
    wrong = say("{file} is not a Whisper checkpoint.", file=file.name)
    try:
        with zipfile.ZipFile(file) as packed:  # what torch writes is a zip
            index = next(name for name in packed.namelist() if name.endswith("/data.pkl"))
            told = packed.read(index)
    except (OSError, zipfile.BadZipFile, StopIteration, RuntimeError) as error:
        raise Invalid(wrong, hint=say("Copy it again from where it came.")) from error
    if b"model_state_dict" not in told or b"n_audio_state" not in told:
        raise Invalid(wrong, hint=say("Choose a .pt file made for openai-whisper."))


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
        if name.endswith(".json") and (folder / name).is_file():
            try:
                told[name] = json.loads((folder / name).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                return say("{file} cannot be read.", file=name)
    try:
        weights = _weights(folder / "model.bin")
    except EOFError:
        return say("model.bin is cut off.")
    except (OSError, ValueError, struct.error):
        return say("model.bin is not a Whisper model for faster-whisper.")
    return _mismatched(folder, told, weights)


def _mismatched(folder: Path, told: Mapping[str, Any], weights: _Weights) -> Sentence | None:
    config, tokenizer = told["config.json"], told["tokenizer.json"]
    if not isinstance(config, dict) or not config.get("alignment_heads"):
        return say("config.json does not say how words are timed.")
    if not isinstance(tokenizer, dict) or "model" not in tokenizer:
        return say("tokenizer.json is not a tokenizer.")
    rows, words = weights.size("decoder/embeddings/weight", 0), _vocabulary_size(folder, told)
    if rows is not None and not rows - _PADDING <= words <= rows:
        return say("the vocabulary belongs to another model.")
    mels, prepared = weights.size("encoder/conv1/weight", 1), told.get(PREPROCESSOR, {})
    if mels is not None and prepared.get("feature_size", _USUAL_MELS) != mels:
        return say("{file} is missing or belongs to another model.", file=PREPROCESSOR)
    return None


def _vocabulary_size(folder: Path, told: Mapping[str, Any]) -> int:
    if VOCABULARIES[0] in told:
        return len(told[VOCABULARIES[0]])
    return len((folder / VOCABULARIES[1]).read_text(encoding="utf-8").splitlines())


def _weights(file: Path) -> _Weights:
    """Return what model.bin holds; raise `EOFError` when it ends too early, `ValueError` when it is no model."""
    length = file.stat().st_size
    with file.open("rb") as stream:
        (version,) = struct.unpack("<I", _take(stream, 4))
        if version > 100 or _text(stream) != _SPECIFICATION:
            raise ValueError(file.name)
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
    return _Weights(shapes)


def _text(stream: BinaryIO) -> str:
    (length,) = struct.unpack("<H", _take(stream, 2))
    return _take(stream, length).rstrip(b"\0").decode("utf-8", "replace")


def _take(stream: BinaryIO, count: int) -> bytes:
    taken = stream.read(count)
    if len(taken) < count:
        raise EOFError
    return taken
