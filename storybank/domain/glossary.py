"""Glossary: names and terms that engines misspell; told to them beforehand, and looked for afterwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term as it must be written, with the ways in which engines have written it."""

    id: str
    term: str
    heard_as: tuple[str, ...] = ()
    """Other spellings that always mean this term."""
    language: str = ""
    """ISO 639-1; empty for both."""

    def is_said_in(self, language: str) -> bool:
        """Tell whether the term belongs into a line of that language; a line whose language nobody knows takes all."""
        return not language or self.language in ("", language)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place in a transcript where a term was probably meant."""

    line_id: str
    first_word: int
    last_word: int
    """Both included, counted in the line from 0."""
    found: str
    """The words as they stand."""
    replacement: str
    """The same words put right, with the punctuation around them kept."""
    entry_id: str
    certain: bool = False
    """Whether the glossary names this very spelling, so that it need not be looked at."""
