"""Sentences on disk: kept with their values, so that they can be read in either language later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from storybank.words import LANGUAGES, Sayable, Sentence, day_in


@dataclass(frozen=True, slots=True)
class _Called:
    """What something was called in each language when the sentence was said."""

    names: tuple[tuple[str, str], ...]

    def said_in(self, language: str) -> str:
        return dict(self.names).get(language, self.names[0][1])

    def __str__(self) -> str:
        return self.said_in("en")


def packed(sentence: Sentence) -> dict[str, Any]:
    """Return a sentence as a value for JSON."""
    return {"text": sentence.text, "values": {name: _packed_value(value) for name, value in sentence.values}}


def unpacked(kept: Mapping[str, Any] | str) -> Sentence:
    """Return the sentence that was kept; older libraries kept it in English only."""
    if isinstance(kept, str):
        return Sentence("{said}", (("said", kept),))
    values = {
        name: _Called(tuple(value.items())) if isinstance(value, Mapping) else value
        for name, value in kept["values"].items()
    }
    return Sentence(kept["text"], tuple(values.items()))


def _packed_value(value: object) -> object:
    if isinstance(value, date):
        return {language: day_in(value, language) for language in LANGUAGES}
    if isinstance(value, Sayable):
        return {language: value.said_in(language) for language in LANGUAGES}
    return value if isinstance(value, (int, float)) else str(value)
