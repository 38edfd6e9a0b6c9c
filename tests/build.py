"""Build: ready-made values for tests; say only what the test is about. All people here are fictional."""

from __future__ import annotations

from datetime import date

from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Circle, Gate
from storybank.domain.consent import Consent, ConsentEvent, ConsentState, Decision, Evidence, Provision, Role
from storybank.domain.contributor import Contributor
from storybank.domain.quote import Anchor, Quote
from storybank.domain.recording import AudioFacts, MediaFacts, Recording, VideoFacts
from storybank.domain.story import Participant, Story
from storybank.domain.transcript import Word
from storybank.domain.use import Asked, Material, Use

TODAY = date(2026, 3, 1)

ON_FILE = (Evidence("form.pdf", "evidence/form.pdf", "ab" * 32),)

WEBSITE = Use("website", "campaign", "website", "public", "website", "site Web")
PRINT = Use("print", "campaign", "print", "public", "print", "imprimé")


def a_person(id="amina", name="Amina Diallo", **about):
    return Contributor(id, about.pop("code", "P-0001"), name, **about)


def a_story(*people, id="story-1", **about):
    return Story(id, "S-0001", "Trust", "trust", "en", tuple(Participant(p) for p in people or ["amina"]), **about)


def a_quote(text="Trust is the first prescription.", **about):
    defaults = {"id": "q1", "code": "Q-0001", "story_id": "story-1", "recording_id": "r1", "start_ms": 1000,
                "end_ms": 4000, "language": "en", "anchor": Anchor("l1", 0, "l1", 4), "speaker_id": "amina"}
    return Quote(text=text, **{**defaults, **about})


def a_recording(**about):
    facts = MediaFacts("mp4", 60_000, VideoFacts("h264", 1280, 720, 25.0), AudioFacts("aac", 2, 48_000))
    return Recording("r1", "R-0001", "story-1", "amina.mp4", "ab" * 32, 1000, facts, "media/ab/x.mp4", **about)


def a_consent(*uses, person="amina", state=ConsentState.GIVEN, code="C-0001", at="2026-01-01T10:00:00+00:00",
              attribution=Attribution.FULL_NAME, decision=Decision.PERMIT, then=(), provisions=None, role=Role.PERSON,
              **about):
    events = (ConsentEvent(state, at, role=role), *(ConsentEvent(s, when, role=role) for s, when in then))
    decisions = tuple(Provision(decision, use.key) for use in uses) if provisions is None else tuple(provisions)
    return Consent(code, code, person, attribution, decisions, events, **about)


def decided(*provisions, **about):
    return a_consent(provisions=provisions, **{"evidence": ON_FILE, **about})


def yes(use=None, **about):
    return Provision(Decision.PERMIT, use, **about)


def no_to(use=None, **about):
    return Provision(Decision.DENY, use, **about)


def a_circle(*consents, people=None, story=None, restrictions=()):
    people = people or [a_person()]
    return Circle(story or a_story(*(p.id for p in people)), {p.id: p for p in people}, consents, restrictions)


def cleared(*consents, uses=(WEBSITE,), on=TODAY, until=None, materials=(Material.QUOTE,), acts=(), wanted=None,
            also=(), quote=None, text=None, **circle):
    gate = Gate(Asked(tuple(uses), on, until, tuple(materials), tuple(acts), wanted), also)
    return gate.clear(a_circle(*consents, **circle), quote or a_quote(), a_recording(), text)


def asking(*consents, uses=(WEBSITE,), on=TODAY, until=None, materials=(Material.QUOTE,), acts=(), wanted=None,
           quote=None, **circle):
    gate = Gate(Asked(tuple(uses), on, until, tuple(materials), tuple(acts), wanted))
    return gate.of_quote(a_circle(*consents, **circle), quote or a_quote())


def some_words(text, start_ms=0, each_ms=400):
    return tuple(Word(word, start_ms + i * each_ms, start_ms + (i + 1) * each_ms, 0.9)
                 for i, word in enumerate(text.split()))
