"""Said: consent in words: the badge's word, sign and reason, and how each way of naming reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Permission, Verdict
from storybank.domain.consent import PERMITTING, ConsentState
from storybank.domain.lists import ConsentBadge
from storybank.domain.use import Use
from storybank.words import Words
from ui.parts.chips import Tone
from ui.parts.said import N_, day

SOON = 90
"""Days before its end from which consent is shown as ending."""

ATTRIBUTIONS = {
    Attribution.FULL: N_("Name, role and organization"),
    Attribution.FULL_NAME: N_("Full name"),
    Attribution.FIRST_NAME: N_("First name"),
    Attribution.ROLE_AND_ORGANIZATION: N_("Role and organization"),
    Attribution.ROLE_AND_PLACE: N_("Role and province"),
    Attribution.ROLE_ONLY: N_("Role only"),
    Attribution.ANONYMOUS: N_("Anonymous"),
}

_WORDS: dict[ConsentState | None, tuple[str, Tone, str]] = {
    None: (N_("No consent yet"), "warn", N_("There is no consent on file for everyone in this story.")),
    ConsentState.REQUESTED: (N_("Consent pending"), "warn", N_("They were asked and have not answered yet.")),
    ConsentState.DEFERRED: (N_("Consent pending"), "warn", N_("They were asked and want to answer later.")),
    ConsentState.REFUSED: (N_("Refused"), "stop", N_("They said no. Nothing of this story may be used.")),
    ConsentState.WITHDRAWN: (N_("Withdrawn"), "stop", N_("Consent was withdrawn. Nothing of this story may be used.")),
    ConsentState.REVOKED: (N_("Revoked"), "stop", N_("The organization revoked the consent.")),
    ConsentState.INVALIDATED: (N_("Found void"), "stop", N_("The consent was found void. Nothing may be used.")),
    ConsentState.EXPIRED: (N_("Consent ended"), "stop", N_("The last day of the consent has passed.")),
    ConsentState.NARROWED: (N_("Consent narrowed"), "warn", N_("The person allows less than before.")),
}


def badge_said(badge: ConsentBadge, uses: Sequence[Use], today: date, tr: Words) -> tuple[str, Tone, str]:
    """Return a badge's word, tone and reason."""
    if badge.state in PERMITTING:
        return _permitting(badge, uses, today, tr)
    word, tone, reason = _WORDS.get(badge.state, _WORDS[None])
    return tr(word), tone, tr(reason)


def _permitting(badge: ConsentBadge, uses: Sequence[Use], today: date, tr: Words) -> tuple[str, Tone, str]:
    if not badge.uses and badge.ask_first:
        return tr("Ask first"), "ask", tr("Somebody in it wants to be asked first for {uses}.",
                                          uses=labels(badge.ask_first, uses, tr.language))
    if not badge.uses:
        return tr("Nothing allowed"), "warn", tr("There is consent on file, but no use is allowed today.")
    reason = tr("May be used for {uses}.", uses=labels(badge.uses, uses, tr.language))
    if badge.bound:
        reason += " " + tr("On a condition: {uses}.", uses=labels(badge.bound, uses, tr.language))
    word: tuple[str, Tone] = (tr("Consent on file"), "good")
    if len(badge.bound) == len(badge.uses):
        word = tr("Consent, if…"), "if"
    if badge.until is None:
        return *word, reason
    reason += " " + tr("Until {day}.", day=day(badge.until, tr.language))
    left = (badge.until - today).days
    if left <= SOON:
        return tr.many("Ends in {n} day", "Ends in {n} days", left), "warn", reason
    return *word, reason


def labels(keys: Sequence[str], uses: Sequence[Use], language: str) -> str:
    """Return the names of some uses, in the order people are asked about them."""
    return ", ".join(use.label(language) for use in uses if use.key in keys)


def attribution_said(level: Attribution, tr: Words) -> str:
    """Return how a person may be named."""
    return tr(ATTRIBUTIONS[level])


VERDICTS: dict[Verdict, tuple[str, str, Tone]] = {
    Verdict.ALLOW: (N_("yes"), N_("Usable"), "good"),
    Verdict.ALLOW_WITH_CONDITIONS: (N_("yes, if…"), N_("Usable, if…"), "if"),
    Verdict.ASK_FIRST: (N_("ask first"), N_("Ask first"), "ask"),
    Verdict.DENY: (N_("no"), N_("Not usable"), "stop"),
}
"""The gate's answers: as an answer, as a badge, and their sign."""


def verdict_said(answer: Permission, tr: Words) -> tuple[str, Tone]:
    """Return an answer in a word, with its sign; among many answers a no is quiet."""
    word, _badge, tone = VERDICTS[answer.verdict]
    return tr(word), "plain" if answer.verdict is Verdict.DENY else tone


def usable_said(verdict: Verdict, tr: Words) -> tuple[str, Tone]:
    """Return the word of a badge, with its sign."""
    _word, badge, tone = VERDICTS[verdict]
    return tr(badge), tone


def reasons_said(answer: Permission, tr: Words) -> str:
    """Return why, in the gate's own sentences."""
    return " ".join(dict.fromkeys(stopped(tr.sentence(reason)) for reason in answer.reasons))


def stopped(sentence: str) -> str:
    """Return a sentence with its full stop, which people's own words often lack."""
    return sentence if sentence.endswith((".", "!", "?", "…", "»", "”")) else f"{sentence}."
