"""Speech models: what Storybank can hear with, and what it was asked to listen for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from storybank.words import Sentence, say

DEMO_MODEL = "storybank-demo"
"""The name of the small model that ships for the demo and the tests; it knows nothing of real speech."""


class Grade(StrEnum):
    """How large a Whisper model is; what it hears and what it costs follow from that, whatever its name."""

    TINY = "tiny"
    BASE = "base"
    SMALL = "small"
    MEDIUM = "medium"
    TURBO = "large-v3-turbo"
    LARGE = "large-v3"


TOO_SMALL_FOR_FRENCH = (Grade.TINY, Grade.BASE)
"""Models below the floor: what they hear of French is not worth correcting."""


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
    grade: Grade | None = None
    """How large it is; None for one of no usual size, such as the demo model."""
    english_only: bool = False
    """Whether it was made for English and knows no other language."""

    @property
    def is_demo(self) -> bool:
        """Tell whether this is the demo model, which must be named for what it is wherever it is used."""
        return self.name == DEMO_MODEL


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that can be downloaded, and what to expect of it."""

    grade: Grade
    bytes: int
    """On disk."""
    memory: int
    """Bytes that it needs while it listens, with Storybank around it."""
    english: Sentence
    """What to expect in English."""
    french: Sentence
    """What to expect in French."""
    encoding: float
    """How long it looks at half a minute of sound, beside `small`."""
    cost: float
    """How long it takes from sound to words, beside `small`."""
    languages: int = 99
    """How many languages it knows, English and French among them."""

    @property
    def name(self) -> str:
        """Return the name that it is asked for by."""
        return str(self.grade)

    @property
    def for_french(self) -> bool:
        """Tell whether it is fit for French."""
        return self.grade not in TOO_SMALL_FOR_FRENCH


def warning_for(model: SpeechModel, language: str | None) -> Sentence | None:
    """Return why this model should not listen to that language; None where nothing speaks against it.

    Where the engine is to find the language out by itself (None), French must be expected. What the demo model is,
    its own note says.
    """
    if model.is_demo or language == "en":
        return None
    if model.english_only:
        return say("The model {name} knows English only. Choose one that is not called .en.", name=model.name)
    if model.grade not in TOO_SMALL_FOR_FRENCH:
        return None
    if language == "fr":
        return say("The model {name} is too small for French: it will get many words wrong. Use {floor} or a larger"
                   " one.", name=model.name, floor=Grade.SMALL.value)
    return None if language else say("If French is spoken, the model {name} is too small. Use {floor} or a larger one.",
                                     name=model.name, floor=Grade.SMALL.value)


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
