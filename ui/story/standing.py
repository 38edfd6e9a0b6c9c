"""Standing: what may be done with a story's quotes today, as a badge says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Permission, Verdict
from storybank.domain.use import Use
from storybank.words import Words
from ui.parts.chips import Tone
from ui.parts.said import day


@dataclass(frozen=True, slots=True)
class Standing:
    """A word, a tone and the reason behind them; with the uses that the gate allows today."""

    word: str
    tone: Tone
    reason: str
    allowed: tuple[Use, ...] = ()
    attribution: Attribution | None = None
    """The most that may be told of the speaker."""


def standing_of(answers: Sequence[tuple[Use, Permission]], tr: Words) -> Standing:
    """Return how the gate's answers for every use read together: usable, ask first, or not usable."""
    allowed = [(use, answer) for use, answer in answers if answer.allowed]
    if allowed:
        uses = ", ".join(use.label(tr.language) for use, _answer in allowed)
        until = min((answer.until for _use, answer in allowed if answer.until), default=None)
        reason = tr("May be used for {uses}.", uses=uses)
        if until:
            reason += " " + tr("Until {day}.", day=day(until, tr.language))
        return Standing(tr("Usable"), "good", reason, tuple(use for use, _answer in allowed),
                        min((answer.attribution for _use, answer in allowed), key=lambda level: level.rank))
    asking = [answer for _use, answer in answers if answer.verdict is Verdict.ASK_FIRST]
    if asking:
        return Standing(tr("Ask first"), "warn", _reasons(asking, tr))
    return Standing(tr("Not usable"), "stop", _reasons([answer for _use, answer in answers[:1]], tr))


def _reasons(answers: Sequence[Permission], tr: Words) -> str:
    said = dict.fromkeys(tr.sentence(reason) for answer in answers for reason in answer.reasons)
    return " ".join(said)
