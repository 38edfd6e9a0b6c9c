"""Speech models: what Storybank can hear with, and what it was asked to listen for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from storybank.words import Sentence

DEMO_MODEL = "storybank-demo"
"""The name of the small model that ships for the demo and the tests; it knows nothing of real speech."""


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A Whisper model on this machine."""

    name: str
    engine: str
    """`faster-whisper` for a CTranslate2 folder, `openai-whisper` for a .pt file."""
    path: Path
    bytes: int
    note: str = ""
    """What people must know before they trust it; the demo model says here what it is."""

    @property
    def is_demo(self) -> bool:
        """Tell whether this is the demo model, which must be named for what it is wherever it is used."""
        return self.name == DEMO_MODEL


@dataclass(frozen=True, slots=True)
class Listening:
    """How to listen: everything that changes what an engine hears."""

    language: str | None = None
    """ISO 639-1; None lets the engine choose among `languages`."""
    languages: tuple[str, ...] = ("en", "fr")
    beam_size: int = 5
    voice_filter: bool = True
    threads: int = 0
    """0: one less than the machine's cores, at least one."""
    glossary: tuple[str, ...] = ()
    """Words to know: names and terms given to the engine beforehand."""
    mixed: bool = False
    """Whether the languages change within the recording, so that each passage is asked for its own."""


class Precision(StrEnum):
    """How exactly an engine reckons."""

    INT8 = "int8"
    FLOAT16 = "float16"
    FLOAT32 = "float32"


@dataclass(frozen=True, slots=True)
class Hearing:
    """How an engine listens on this machine; told once, before it begins."""

    device: str
    """`cpu` or `cuda`."""
    precision: Precision
    remark: Sentence | None = None
    """What people should know, such as that the graphics card could not be used and why."""
