"""States: the plain words across the top of the stories, and which cards each one keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from storybank.domain.consent import PERMITTING, ConsentState
from storybank.domain.vocabulary import province
from storybank.services.browsing import Card
from storybank.words import Words
from ui.parts.said import N_, day

_ASKED = (None, ConsentState.REQUESTED, ConsentState.DEFERRED, ConsentState.EXPIRED)
_OVER = (ConsentState.WITHDRAWN, ConsentState.REVOKED, ConsentState.REFUSED)


def needs_consent(card: Card) -> bool:
    """Tell whether somebody still has to be asked."""
    return card.badge.state in _ASKED


def to_transcribe(card: Card) -> bool:
    """Tell whether there is no finished transcript."""
    return card.line.transcript != "done"


def is_reviewed(card: Card) -> bool:
    """Tell whether a person has read every line."""
    return card.line.transcript == "done" and card.line.reviewed >= card.line.lines > 0


def to_review(card: Card) -> bool:
    """Tell whether a transcript waits to be read by a person."""
    return card.line.transcript == "done" and not is_reviewed(card) and card.badge.state not in _OVER


def is_ready(card: Card) -> bool:
    """Tell whether it is transcribed, and may be used for something today."""
    return card.line.transcript == "done" and card.badge.state in PERMITTING and bool(card.badge.uses)


def is_withdrawn(card: Card) -> bool:
    """Tell whether a person said no, then or later."""
    return card.badge.state in _OVER


STATES: dict[str, tuple[str, Callable[[Card], bool]]] = {
    "all": (N_("All"), lambda _card: True),
    "consent": (N_("Needs consent"), needs_consent),
    "transcribe": (N_("To transcribe"), to_transcribe),
    "review": (N_("To review"), to_review),
    "ready": (N_("Ready to use"), is_ready),
    "withdrawn": (N_("Withdrawn"), is_withdrawn),
}


def counted(cards: Sequence[Card], tr: Words) -> list[tuple[str, str]]:
    """Return the words with their counts."""
    return [(key, f"{tr(word)} {sum(map(belongs, cards))}") for key, (word, belongs) in STATES.items()]


def who(card: Card) -> str:
    """Return whom a card is about: the people in it, else its title."""
    return ", ".join(card.line.people) or card.line.title


def role_and_place(card: Card, tr: Words) -> str:
    """Return a speaker's role and province."""
    return " · ".join(part for part in (card.line.role, province(card.line.province, tr.language)) if part)


def progress(card: Card, tr: Words) -> str:
    """Return where the transcript and its quotes stand, in a few words."""
    line = card.line
    if is_withdrawn(card):
        return tr("not usable")
    quotes = tr.many("{n} quote", "{n} quotes", line.quotes) if line.quotes else ""
    until = tr("until {day}", day=day(card.badge.until, tr.language)) if card.badge.until else ""
    return " · ".join(part for part in (quotes, transcript_said(card, tr), until) if part)


def transcript_said(card: Card, tr: Words) -> str:
    """Return how far the transcript is."""
    line = card.line
    state = {
        "none": tr("not transcribed yet"), "running": tr("being transcribed"),
        "interrupted": tr("transcript was interrupted"), "cancelled": tr("transcript was stopped"),
    }.get(line.transcript)
    return state or (tr("reviewed") if is_reviewed(card) else _lines_read(card, tr))


def _lines_read(card: Card, tr: Words) -> str:
    if card.line.reviewed:
        return tr("{read} of {lines} lines reviewed", read=card.line.reviewed, lines=card.line.lines)
    return tr("to review")
