"""Checkpoints: looks at a .pt file of openai-whisper without opening it, for opening one can run what is in it."""

from __future__ import annotations

import pickletools
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from media.model_files import graded
from storybank.domain.speech import Grade
from storybank.errors import Invalid, Unavailable
from storybank.words import say

LARGEST_INDEX = 64 << 20
"""Bytes; the index of the largest Whisper checkpoint has less than a hundredth of this."""
_DIMENSIONS = ("n_mels", "n_audio_ctx", "n_audio_state", "n_audio_head", "n_audio_layer", "n_vocab", "n_text_ctx",
               "n_text_state", "n_text_head", "n_text_layer")
_HARMLESS = {"collections OrderedDict", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter",
             "torch HalfStorage", "torch FloatStorage", "torch BFloat16Storage", "torch LongStorage",
             "torch IntStorage", "torch.storage UntypedStorage"}
"""What a checkpoint of weights may ask for by name when it is opened."""
_CALLS = ("GLOBAL", "INST", "STACK_GLOBAL", "EXT1", "EXT2", "EXT4", "OBJ", "NEWOBJ", "NEWOBJ_EX")
_ENGLISH_WORDS = 51864


@dataclass(frozen=True, slots=True)
class _Index:
    """What the index of a checkpoint says, read as letters and never run."""

    sizes: Mapping[str, int]
    asks_for: frozenset[str]


def check_checkpoint(file: Path) -> None:
    """Raise `Invalid` unless the file is a Whisper checkpoint as openai-whisper saves it; nothing of it is run."""
    try:
        index = _index(file)
    except (zipfile.BadZipFile, EOFError) as error:
        raise Invalid(say("{file} is not a Whisper checkpoint.", file=file.name),
                      hint=say("Copy it again from where it came.")) from error
    except OSError as error:
        raise Unavailable(say("{file} could not be read: {why}.", file=file.name, why=error.strerror or str(error)),
                          hint=say("Plug its disk in, try again.")) from error
    if strange := sorted(index.asks_for - _HARMLESS):
        raise Invalid(say("{file} would run a program ({what}) when it is opened.", file=file.name, what=strange[0]),
                      hint=say("Do not use it. Get the model from somebody you trust, as a folder."))
    if missing := [name for name in _DIMENSIONS if name not in index.sizes]:
        raise Invalid(say("{file} is not a Whisper checkpoint: {what} is missing.", file=file.name, what=missing[0]),
                      hint=say("Choose a .pt file made for openai-whisper."))


def grade_of_checkpoint(file: Path) -> tuple[Grade | None, bool]:
    """Return how large a checkpoint is, and whether it knows English only; None for no usual size."""
    try:
        sizes = _index(file).sizes
    except (OSError, EOFError, zipfile.BadZipFile):
        return None, False
    return graded(sizes.get("n_audio_state"), sizes.get("n_text_layer")), sizes.get("n_vocab") == _ENGLISH_WORDS


def _index(file: Path) -> _Index:
    try:
        with zipfile.ZipFile(file) as packed:  # what torch writes is a zip
            name = next(name for name in packed.namelist() if name.endswith("/data.pkl"))
            if packed.getinfo(name).file_size > LARGEST_INDEX:
                raise zipfile.BadZipFile(name)
            with packed.open(name) as stream:
                return _read(stream.read(LARGEST_INDEX))
    except (StopIteration, RuntimeError, NotImplementedError, ValueError, IndexError) as error:
        raise zipfile.BadZipFile(file.name) from error


def _read(told: bytes | BinaryIO) -> _Index:
    """Walk over what a pickle says without doing it; a name put together as it runs counts as strange."""
    sizes: dict[str, int] = {}
    asks_for: set[str] = set()
    last = ""
    for code, argument, _place in pickletools.genops(told):
        if code.name == "GLOBAL":
            asks_for.add(str(argument))
        elif code.name in _CALLS:
            asks_for.add(code.name)
        elif isinstance(argument, str):
            last = argument
        elif code.name in ("BININT", "BININT1", "BININT2") and last in _DIMENSIONS:
            sizes.setdefault(last, int(argument or 0))
    return _Index(sizes, frozenset(asks_for))

