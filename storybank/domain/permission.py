"""Permission: what the gate answered, with its reasons, and one answer made of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storybank.domain.attribution import EVERYTHING, NOTHING, Attribution, Features
from storybank.words import Sentence


class Verdict(StrEnum):
    """The gate's answer, from the freest to the strictest."""

    ALLOW = "allow"
    ALLOW_WITH_CONDITIONS = "allow_with_conditions"
    ASK_FIRST = "ask_first"
    DENY = "deny"

    @property
    def strictness(self) -> int:
        """Return 0 for the freest."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Permission:
    """What the gate answered, with reasons that can be read aloud."""

    verdict: Verdict
    reasons: tuple[Sentence, ...]
    attribution: Attribution = Attribution.ANONYMOUS
    """The most that may be told of the speaker."""
    until: date | None = None
    """The last day on which this answer holds; None when it has no end."""
    consents: tuple[str, ...] = ()
    """Short codes of the consents it rests on."""
    conditions: tuple[str, ...] = ()
    """Conditions in the persons' own words, to be kept by whoever uses it."""
    features: Features = NOTHING
    """What may be seen, heard and told besides the name."""
    events: tuple[tuple[str, int], ...] = ()
    """For each consent it rests on, the place in the chain of the event that counted."""

    @property
    def allowed(self) -> bool:
        """Tell whether the use may go ahead without asking anybody."""
        return self.verdict in (Verdict.ALLOW, Verdict.ALLOW_WITH_CONDITIONS)

    def is_as_good_as(self, other: Permission) -> bool:
        """Tell whether nothing is allowed by `other` that this does not allow."""
        if not other.allowed:
            return self.verdict.strictness <= other.verdict.strictness
        return (
            self.verdict.strictness <= other.verdict.strictness
            and self.attribution.rank >= other.attribution.rank
            and self.features & other.features == other.features
            and set(self.conditions) <= set(other.conditions)
        )


def most_restrictive(answers: Sequence[Permission]) -> Permission:
    """Return one answer for several people, uses or days: the strictest, with every reason for it.

    A yes rests on every one of them, and keeps what each had to say.
    """
    strictest_first = sorted(answers, key=lambda a: -a.verdict.strictness)
    worst = strictest_first[0]
    deciding = strictest_first if worst.allowed else [a for a in answers if a.verdict is worst.verdict]
    features = EVERYTHING
    for answer in answers:
        features = features & answer.features
    level = min((a.attribution for a in answers), key=lambda one: one.rank)
    return Permission(
        worst.verdict,
        tuple(dict.fromkeys(reason for a in deciding for reason in a.reasons)),
        level.with_only(features),
        min((a.until for a in answers if a.until), default=None),
        tuple(dict.fromkeys(code for a in answers for code in a.consents)),
        tuple(dict.fromkeys(condition for a in answers for condition in a.conditions)),
        features,
        tuple(dict.fromkeys(event for a in answers for event in a.events)),
    )


def least_restrictive(answers: Sequence[Permission]) -> Permission:
    """Return the freest of several answers, where one of them is enough."""
    return min(answers, key=lambda a: a.verdict.strictness)


def no(reason: Sentence, consents: Sequence[str] = ()) -> Permission:
    """Return a plain no."""
    return Permission(Verdict.DENY, (reason,), consents=tuple(consents))
