"""Standing: what may be done with a story or one of its quotes today, as a badge says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Permission, Verdict
from storybank.domain.use import Use
from storybank.services.asking import AskMeFirst, Replies
from storybank.words import Sentence, Words
from ui.consent.said import stopped, usable_said
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
    asks: bool = False
    """Somebody's wish to be asked first stands in the way of a use, and their answer would settle it."""


def standings(replies: Replies, uses: Sequence[Use], tr: Words) -> tuple[Standing, dict[str, Standing]]:
    """Return where a story stands, and each of its quotes by its own people and times."""
    return standing_of(uses, replies.story, tr), standings_of(replies, uses, tr)


def standings_of(replies: Replies, uses: Sequence[Use], tr: Words) -> dict[str, Standing]:
    """Return where each quote stands, by its own people and times."""
    return {quote: _with_wishes(standing_of(uses, answers, tr), replies.wishes[quote], tr)
            for quote, answers in replies.quotes.items()}


def standing_of(uses: Sequence[Use], answers: Mapping[str, Permission], tr: Words) -> Standing:
    """Return how the gate's answers for every use read together: usable, usable if, ask first, or not usable."""
    allowed = [use for use in uses if answers[use.key].allowed]
    if allowed:
        return _allowing(allowed, [answers[use.key] for use in allowed], tr)
    asking = [answer for answer in answers.values() if answer.verdict is Verdict.ASK_FIRST]
    if asking:
        return Standing(*usable_said(Verdict.ASK_FIRST, tr), _reasons(asking, tr))
    return Standing(*usable_said(Verdict.DENY, tr), _refusal(list(answers.values()), tr))


def _with_wishes(standing: Standing, wishes: Sequence[AskMeFirst], tr: Words) -> Standing:
    """Return a quote's standing with what people want to be asked about, which a freer use would hide."""
    uses = list(dict.fromkeys(use for wish in wishes for use in wish.uses))
    more = " " + tr("Ask first for {uses}.", uses=_names(uses, tr)) if uses and standing.allowed else ""
    return replace(standing, reason=standing.reason + more, asks=bool(uses))


def _allowing(uses: Sequence[Use], answers: Sequence[Permission], tr: Words) -> Standing:
    free = [use for use, answer in zip(uses, answers, strict=True) if answer.verdict is Verdict.ALLOW]
    bound = [(use, answer) for use, answer in zip(uses, answers, strict=True) if use not in free]
    parts = [tr("May be used for {uses}.", uses=_names(free, tr))] if free else []
    parts += [stopped(tr("For {uses}, on the condition: {condition}", uses=_names([use], tr),
                         condition="; ".join(answer.conditions))) for use, answer in bound]
    if until := min((answer.until for answer in answers if answer.until), default=None):
        parts.append(tr("Until {day}.", day=day(until, tr.language)))
    parts += map(tr.sentence, _shared(answers))
    word, tone = usable_said(Verdict.ALLOW if free else Verdict.ALLOW_WITH_CONDITIONS, tr)
    level = min((answer.attribution for answer in answers), key=lambda one: one.rank)
    return Standing(word, tone, " ".join(parts), tuple(uses), level)


def _names(uses: Sequence[Use], tr: Words) -> str:
    return ", ".join(use.label(tr.language) for use in uses)


def _refusal(answers: Sequence[Permission], tr: Words) -> str:
    """Return why nothing is allowed: the reasons that hold for every use, else those of the first."""
    return " ".join(map(tr.sentence, _shared(answers))) or _reasons(answers[:1], tr)


def _shared(answers: Sequence[Permission]) -> list[Sentence]:
    """Return the reasons that hold for every use, such as a proof that is missing."""
    return [reason for reason in answers[0].reasons if all(reason in one.reasons for one in answers)]


def _reasons(answers: Sequence[Permission], tr: Words) -> str:
    return " ".join(dict.fromkeys(tr.sentence(reason) for answer in answers for reason in answer.reasons))
