"""Rings: the words that mean the same to search in a new library, in English and French; the organisation edits them.

Word forms are seen through already; a ring joins what stemming does not: verb and noun, the two languages, and the
several names that one thing has.
"""

from __future__ import annotations

import uuid

from storybank.domain.saved import Ring

_SHIPPED = uuid.UUID("0f0b4c66-3f0e-4a53-9a44-6f3b3c1f7a52")

_WORDS = (
    "prescribe, prescribing, prescription, prescriber, prescrire, prescripteur",
    "social prescribing, social prescription, prescription sociale",
    "link worker, community connector, navigator, intervenant pivot, agent de liaison, navigateur",
    "lonely, loneliness, solitude, esseulé",
    "isolation, isolated, isolement, isolé",
    "volunteer, volunteering, volunteerism, bénévole, bénévolat",
    "senior, elder, elderly, older adult, older people, aîné, personne âgée, personnes âgées",
    "doctor, physician, GP, family doctor, médecin, docteur",
    "nurse, nursing, infirmière, infirmier",
    "caregiver, carer, caregiving, proche aidant, proche aidante, aidant naturel",
    "refer, referral, referred, aiguiller, aiguillage",
    "funding, fund, funder, financement, financer, bailleur de fonds",
    "grant, subvention, subventionner",
    "mental health, santé mentale",
    "well-being, wellbeing, wellness, bien-être, mieux-être",
    "food bank, banque alimentaire",
    "homeless, homelessness, itinérance, sans-abri",
    "newcomer, nouvel arrivant, nouvelle arrivante",
    "Indigenous, autochtone",
    "co-production, coproduction",
    "co-design, codesign, coconception",
    "policymaker, policy maker, decision maker, décideur, décideuse",
    "emergency room, emergency department, salle d'urgence",
    "e-mail, email, courriel",
)  # fmt: skip


def starter_rings() -> tuple[Ring, ...]:
    """Return the rings that a new library begins with: the same in all of them."""
    return tuple(
        Ring(str(uuid.uuid5(_SHIPPED, words)), tuple(word.strip() for word in words.split(","))) for words in _WORDS
    )
