"""Lints: what to mend in a draft before it leaves, and what to think of, said plainly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from storybank.domain.draft import Draft
from storybank.domain.reckoning import Count
from storybank.domain.remark import Remark
from storybank.words import say


@dataclass(frozen=True, slots=True)
class Heard:
    """A cleared quote of a draft: whose it is, what it speaks to, and how long it is."""

    quote: str
    speaker: str
    groups: frozenset[str]
    blocks: frozenset[str]
    words: int
    language: str
    translated: tuple[str, ...] = ()


def remarks_on(draft: Draft, languages: Sequence[str], answers: Sequence[object], heard: Sequence[Heard],
               counts: Mapping[str, Count], today: date) -> tuple[Remark, ...]:
    """Return what is to be said about a draft, what stops it first."""
    return ()
