"""Contributor: a person whose voice is in the library, and the role they speak from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person who recorded a reflection; `stakeholder` is a code of the stakeholder list."""

    id: str
    code: str
    name: str
    role: str = ""
    """Their own words for what they do, in their own language."""
    stakeholder: str = ""
    organization: str = ""
    province: str = ""
    """Two-letter code of a Canadian province or territory."""
    language: str = "en"

    @property
    def first_name(self) -> str:
        """Return the name a friend would use: without title or family name."""
        words = [word for word in self.name.split() if not word.endswith(".")]
        return words[0] if words else self.name
