"""Voices: the demo interviews as a site in both languages; who is in it, and a stage for what they say. Fictional."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from storybank.domain.commission import Site
from storybank.domain.draft import Chosen
from storybank.domain.export import Order, Passage
from storybank.domain.quote import Translation
from storybank.domain.twin import Twin
from tests.exports import library

SLUGS = ("amina-link-worker", "george-physician", "priya-community-partner", "marie-intervenante")
STAGES = ("enter", "connect", "attend", "follow_up")
"""Those that somebody speaks about; of `exit` nobody says a word."""
TEXT_ONLY = "Q-0021"
TRANSLATED = "Q-0071"

SITE = Site(
    Twin("Voices of Social Prescribing", "Voix de la prescription sociale"),
    Twin("Community of Practice for Social Prescribing", "Communauté de pratique de la prescription sociale"),
    "stories@example.ca", "https://example.ca/voices", ("en", "fr"),
    (Twin("Link workers carry sixty families alone.", "Les intervenants pivots portent seuls soixante familles."),
     Twin("Trust takes longer than a one-year grant.", "La confiance demande plus qu’une subvention d’un an.")),
    {
        "about": Twin(
            "Link workers, doctors and neighbours tell what it is like when health is more than medicine.\n\n"
            "They were asked three questions:\n- what changed\n- what it took\n- what is missing\n\n"
            "Hear one of them first [Q-0011], and think of who is not here [Q-9999].",
            "Des intervenants, des médecins et des voisins racontent la santé au-delà des médicaments.",
        ),
        "stage_enter": Twin("Helps whoever refers to see who could use a hand, and answers the phone.",
                            "Aide à voir qui aurait besoin d’un coup de main, et répond au téléphone."),
        "stage_connect": Twin("Listens first. Makes a plan with the person, at their pace.",
                              "Écoute d’abord. Fait un plan avec la personne, à son rythme."),
        "stage_attend": Twin("Goes along the first time, and knows whom to call when the bus does not come.",
                             "Accompagne la première fois, et sait qui appeler quand l’autobus ne vient pas."),
        "stage_follow_up": Twin("Asks how it went, and changes the plan.",
                                "Demande comment cela va, et ajuste le plan."),
        "stage_exit": Twin("Says goodbye well, and leaves the door open.",
                           "Dit au revoir comme il faut, et laisse la porte ouverte."),
    },
    (Chosen("Q-0011", lead=True, note=Twin("A link worker on trust", "Une intervenante pivot sur la confiance")),),
    reference="D-0003.2",
)  # fmt: skip


@cache
def order(most: int = 4) -> Order:
    """Return quotes for a website, with stages, one that has no sound and one that may be read in English too."""
    found = library.order("website", slugs=SLUGS, most_per_story=most)
    return replace(found, passages=tuple(_staged(one, number) for number, one in enumerate(found.passages)))


def _staged(passage: Passage, number: int) -> Passage:
    cleared = passage.cleared
    stage = STAGES[number % len(STAGES)]
    cleared = replace(cleared, quote=replace(cleared.quote, codes=cleared.quote.codes | {stage}))
    if cleared.quote.code == TEXT_ONLY:
        cleared = replace(cleared, materials=frozenset())
    if cleared.quote.code == TRANSLATED:
        told = Translation("en", "She came for her heart, and stayed for the choir.", "Anne Traductrice", "2026-02-01")
        cleared = replace(cleared, translations=(told,))
    return replace(passage, cleared=cleared)
