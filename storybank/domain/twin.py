"""Twin: a text in English and in French, written by the house's own people; either half may still be missing."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Twin:
    """The same words in both languages."""

    en: str = ""
    fr: str = ""

    def __bool__(self) -> bool:
        return bool(self.en.strip() or self.fr.strip())

    def said(self, language: str) -> str:
        """Return what it says in `language`; empty where that half is not written: nothing is translated by itself."""
        return (self.fr if language == "fr" else self.en).strip()

    def saying(self, language: str, text: str) -> Twin:
        """Return the twin with its half in `language` written anew."""
        return replace(self, fr=text) if language == "fr" else replace(self, en=text)

    def is_missing_in(self, language: str) -> bool:
        """Tell whether it says something, but not in `language`."""
        return bool(self) and not self.said(language)


NOTHING = Twin()


def both(text: str, language: str = "en") -> Twin:
    """Return a twin that says `text` in one language only."""
    return Twin().saying(language, text)
