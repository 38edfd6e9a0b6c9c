"""Edit: a change together with the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storybank.words import Sentence


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that has been planned and not yet made."""

    label: Sentence
    do: Callable[[], None]
    undo: Callable[[], None]
