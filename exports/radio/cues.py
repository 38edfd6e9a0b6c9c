"""Cues: what a studio needs to know of each excerpt: its length, its first and last words, who speaks."""

from __future__ import annotations

from dataclasses import dataclass

from exports.attribution import credit, teaching, words_of
from exports.kits.assets import folder_name
from exports.obligations import citation, conditions_of, label_names
from storybank.domain.codebook import Code
from storybank.domain.export import Passage

_WORDS = 5
"""How many words tell where an excerpt begins and ends."""


@dataclass(frozen=True, slots=True)
class Cue:
    """An excerpt as a cue sheet lists it."""

    number: int
    quote: str
    language: str
    seconds: float
    first_words: str
    last_words: str
    speaker: str
    """As permitted."""
    is_named: bool
    conditions: tuple[str, ...]
    until: str
    """ISO 8601 date; empty when it does not end."""
    labels: tuple[str, ...]
    """Of its communities, exactly as they were written."""
    teaching: str
    """Whose teaching it is, cited; empty where it is none."""
    name: str
    """What its files are called, without an ending."""


def cue_of(passage: Passage, number: int, language: str, codebook: tuple[Code, ...]) -> Cue:
    """Return a quote as a cue; its last words are what the host waits for."""
    cleared = passage.cleared
    said = words_of(cleared).split()
    first, last = " ".join(said[:_WORDS]), " ".join(said[-_WORDS:])
    return Cue(
        number, cleared.quote.code, cleared.quote.language, (passage.clip.end_ms - passage.clip.start_ms) / 1000,
        f"{first} …" if len(said) > _WORDS else first, f"… {last}" if len(said) > _WORDS else last,
        credit(cleared, language, codebook).text, cleared.attribution.names_the_person, conditions_of(cleared),
        str(cleared.permission.until or ""),
        tuple(label_names(cleared)), citation(cleared, language, codebook) if teaching(cleared) else "",
        folder_name(passage),
    )  # fmt: skip


def length_of(seconds: float) -> str:
    """Return a length as studios write it: `0:07`, rounded up so that nothing is talked over."""
    whole = int(-(-seconds // 1))
    return f"{whole // 60}:{whole % 60:02}"
