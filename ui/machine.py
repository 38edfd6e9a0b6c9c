"""Machine: what this computer brings: who sits at it, its speech engines and its speech models."""

from __future__ import annotations

import getpass
from contextlib import suppress
from typing import TYPE_CHECKING

from storybank import places
from storybank.settings import load

if TYPE_CHECKING:
    from storybank.ports import SpeechModels, Transcriber


def author() -> str:
    """Return who sits at this machine: the name they gave in the settings, or else the name of their account."""
    with suppress(OSError, KeyError, ImportError):
        return load(places.home() / "settings.json").name or getpass.getuser()
    return ""


def suggestions_wanted() -> bool:
    """Tell whether whoever sits here wants codes to be suggested."""
    return load(places.home() / "settings.json").suggestions != "off"


def engines() -> tuple[Transcriber, ...]:
    """Return the speech engines, the default first."""
    from media.faster import FasterWhisper
    from media.openai import OpenAiWhisper

    return FasterWhisper(), OpenAiWhisper()


def speech_models() -> SpeechModels:
    """Return the speech models on this machine, with the demo's beside them."""
    from media.models import SpeechModelShelf

    return SpeechModelShelf(places.models(), places.demo() / "speech",
                            lambda: load(places.home() / "settings.json").model)
