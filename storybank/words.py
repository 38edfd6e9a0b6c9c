"""Words: sentences people read, kept apart from the language they are read in."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

LANGUAGES = ("en", "fr")
"""The languages that Storybank itself speaks, as ISO 639-1 codes."""

_CATALOGUES = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its values, to be said in the reader's language at the last moment."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.said_in("en")

    def said_in(self, language: str) -> str:
        """Return the sentence in `language`; English when no translation exists."""
        said = Words(language)(self.text)
        return said.format(**{key: _value_in(value, language) for key, value in self.values})


def say(text: str, /, **values: object) -> Sentence:
    """Return `text` as a sentence; the catalogue is gathered from calls of this name."""
    return Sentence(text, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: call it with the English text."""

    language: str = "en"

    def __call__(self, text: str, /, **values: object) -> str:
        said = _catalogue(self.language).gettext(text) if text else ""
        return said.format(**values) if values else said

    def many(self, one: str, several: str, n: int) -> str:
        """Return the form of the sentence for `n` things, with `{n}` filled in."""
        return _catalogue(self.language).ngettext(one, several, n).format(n=n)

    def sentence(self, sentence: Sentence | str) -> str:
        """Return a sentence from below in this language."""
        return sentence.said_in(self.language) if isinstance(sentence, Sentence) else self(sentence)


@runtime_checkable
class Sayable(Protocol):
    """Something with a name in each language: a sentence, a use, a code."""

    def said_in(self, language: str) -> str:
        """Return its name in `language`."""


def day_in(day: date, language: str) -> str:
    """Return a day as people write it: `4 June 2025`, `1er juin 2025`."""
    month = _MONTHS["fr" if language == "fr" else "en"][day.month - 1]
    return f"{'1er' if language == 'fr' and day.day == 1 else day.day} {month} {day.year}"


_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
}  # fmt: skip


def _value_in(value: object, language: str) -> object:
    if isinstance(value, date):
        return day_in(value, language)
    return value.said_in(language) if isinstance(value, Sayable) else value


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("storybank", _CATALOGUES, [language], fallback=True)
