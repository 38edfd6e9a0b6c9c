"""Use: what somebody wants to do with a quote, and the question that is put to consent about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storybank.domain.attribution import Attribution


class Material(StrEnum):
    """What of a story would go out."""

    VIDEO = "video"
    CLIP = "clip"
    AUDIO = "audio"
    STILL = "still"
    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    TRANSLATION = "translation"


class Act(StrEnum):
    """What would be done: a use, or something that has a question of its own."""

    USE = "use"
    EDIT = "edit"
    TRANSLATE = "translate"
    ADVERTISE = "advertise"
    """Show in paid advertising."""
    TRANSCRIBE = "transcribe"
    """Let a machine write down what is said."""
    ANALYSE = "analyse"
    """Let a machine suggest codes and search by meaning."""
    TRAIN = "train"
    """Let a machine learn from it."""


INSIDE = frozenset({Act.TRANSCRIBE, Act.ANALYSE})
"""What happens on this machine and leaves nothing: a no stops it, silence does not (decision 0010)."""

AI = frozenset({Act.TRANSCRIBE, Act.ANALYSE, Act.TRAIN})


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody wants to do with a quote; the list of uses is the organisation's to edit."""

    key: str
    purpose: str
    channel: str
    audience: str
    label_en: str
    label_fr: str
    territory: str = "CA"

    def label(self, language: str) -> str:
        """Return the use as people say it."""
        return self.label_fr if language == "fr" else self.label_en

    said_in = label


class TermKind(StrEnum):
    """The lists that a decision is made of; the organisation edits what they hold."""

    PURPOSE = "purpose"
    CHANNEL = "channel"
    AUDIENCE = "audience"
    TERRITORY = "territory"


@dataclass(frozen=True, slots=True)
class Term:
    """A purpose, a channel, an audience or a territory, as the organisation calls it."""

    kind: TermKind
    key: str
    label_en: str
    label_fr: str
    position: int = 0

    def label(self, language: str) -> str:
        """Return the term as people say it."""
        return self.label_fr if language == "fr" else self.label_en

    said_in = label


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one person about one day."""

    use: Use
    on: date
    material: Material = Material.QUOTE
    act: Act = Act.USE
    quote_id: str = ""
    """The quote it is about, where one is; an answer given for this very quote counts then."""
    attribution: Attribution | None = None
    """The level wanted; None takes what is allowed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to do: every use with every material and every act, from a day to a last day."""

    uses: tuple[Use, ...]
    on: date
    until: date | None = None
    """The planned last day of use; None asks about the one day."""
    materials: tuple[Material, ...] = (Material.QUOTE,)
    acts: tuple[Act, ...] = ()
    """What is done besides: editing, translating, advertising."""
    attribution: Attribution | None = None
    """The level wanted; None takes what is allowed."""

    @property
    def last(self) -> date:
        """Return the last day that is asked about."""
        return self.on if self.until is None else max(self.on, self.until)

    def questions(self, on: date, quote_id: str = "") -> list[Question]:
        """Return every question for one day."""
        return [
            Question(use, on, material, act, quote_id, self.attribution)
            for use in self.uses for material in self.materials for act in (Act.USE, *self.acts)
        ]  # fmt: skip


def lies_within(territory: str, wider: str | None) -> bool:
    """Tell whether a territory is part of another: `CA-QC` of `CA`, everything of `world` and of None."""
    return wider in (None, "world", territory) or territory.startswith(f"{wider}-")


def overlap(one: str, other: str | None) -> bool:
    """Tell whether two territories share a place; a use that names none may be anywhere."""
    return lies_within(one, other) or (other is not None and lies_within(other, one or "world"))
