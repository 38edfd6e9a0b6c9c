"""Obliged: the small library with everything that can go along with a quote. People and nations are fictional."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Circle
from storybank.domain.consent import (
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    Evidence,
    Method,
    Provision,
    Taken,
)
from storybank.domain.contributor import Citation, Contributor, ContributorKind, Label
from storybank.domain.export import Order, Passage
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.use import Act
from tests.exports import library

SLUGS = ("amina-link-worker", "george-physician", "priya-community-partner", "marie-intervenante")
AMINA_ASKS = "Only with a link to the program’s page"
GEORGE_ASKS = "Never beside the logo of Lakeview Family Health Team"
LABEL = Label("TK Attribution (TK A)", "This label asks:  name us,\nas 'we' name ourselves; ᐃᓄᒃᑎᑐᑦ & <all>.", "en",
              "https://example.ca/labels/tk-a?x=1&y=2")
NOTICE = Label("Avis : ouvert à la collaboration", "Nous souhaitons être consultés ; merci !", "fr", is_notice=True)
ELDER = Citation("Elder", "Cedar Lake Nation", "Treaty 8", "Willow River", "walking with the land")
HEAD = (412, "4f1d" * 16)
MUTED, BLURRED = "Q-0011", "Q-0013"
"""Quotes of Amina: one with words that may not be heard, one that begins where her picture may not be seen."""


@cache
def order() -> Order:
    """Return quotes with conditions, labels, a cited Elder, restrictions, and a recipient."""
    found = library.order("government_brief", slugs=SLUGS, most_per_story=3, changed=_changed)
    return replace(found, head=HEAD, recipient="Office of the Minister")


def of(code: str) -> Passage:
    """Return one passage of the order."""
    return next(p for p in order().passages if p.cleared.quote.code == code)


def _changed(circle: Circle) -> Circle:
    change = {"amina-link-worker": _amina, "george-physician": _george, "priya-community-partner": _priya}
    return change.get(circle.story.slug, lambda same: same)(circle)


def _amina(circle: Circle) -> Circle:
    (consent,) = circle.consents
    muted, blurred = (_quote_times(code) for code in (MUTED, BLURRED))
    third = (muted[1] - muted[0]) // 3
    return replace(
        _with(circle, consent, AMINA_ASKS),
        restrictions=(
            Restriction("m", "recording-1", muted[0] + third, muted[0] + 2 * third, Treatment.MUTE, "a child is named"),
            Restriction("b", "recording-1", blurred[0] - 900, blurred[0] + 700, Treatment.BLUR, "a child walks in"),
        ),
    )


def _george(circle: Circle) -> Circle:
    (consent,) = circle.consents
    return _with(circle, consent, GEORGE_ASKS)


def _priya(circle: Circle) -> Circle:
    """Make her an Elder, whose nation is asked beside her."""
    person = next(iter(circle.people.values()))
    nation = Contributor("nation", "P-0090", "Cedar Lake Nation", kind=ContributorKind.COMMUNITY,
                         labels=(LABEL, NOTICE))
    agreed = Consent(
        "consent-nation", "C-0090", nation.id, Attribution.FULL, (Provision(Decision.PERMIT),),
        (ConsentEvent(ConsentState.GIVEN, "2025-06-01T12:00:00Z", "Chief Rose Birch", seq=9),), date(2025, 6, 1),
    )
    return replace(
        circle, story=replace(circle.story, communities=(nation.id,)), consents=(*circle.consents, agreed),
        people={person.id: replace(person, citation=ELDER), nation.id: nation},
    )


def _with(circle: Circle, consent: Consent, condition: str) -> Circle:
    """Return the circle with a condition on everything, and the consent's own papers filled in."""
    conditional = Provision(Decision.CONDITIONAL, condition=condition)
    taken = Taken("voices-2026-11-en", Method.PAPER, "en", "Wanda Witness", "Ivan Interpreter", "Carl Captor", "post")
    proof = Evidence("signed by hand.pdf", "evidence/ab/x.pdf", "d" * 64)
    return replace(circle, consents=(replace(
        consent, provisions=(conditional, Provision(Decision.DENY, act=Act.TRAIN), *consent.provisions), taken=taken,
        evidence=(proof,), events=(replace(consent.events[0], by="Paula Privacy", seq=7),),
    ),))


def _quote_times(code: str) -> tuple[int, int]:
    quote = next(q for q in library.quotes(library.interviews()[0], 1) if q.code == code)
    return quote.start_ms, quote.end_ms
