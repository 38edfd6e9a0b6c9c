"""Vocabulary: the lists a new library begins with, in both languages; the organisation edits them from there."""

from __future__ import annotations

import re
from dataclasses import replace

from storybank.domain.aliases import ALIASES
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.query import folded
from storybank.domain.use import Term, TermKind, Use
from storybank.errors import Invalid
from storybank.words import say

BUILDING_BLOCKS = (
    Code(
        "amplify", CodeKind.BLOCK,
        "Amplify the voices of social prescribing", "Faire entendre les voix de la prescription sociale",
        "Amplify", "Faire entendre",
        "Practitioners' and participants' success stories on many platforms raise the profile of social prescribing"
        " and show its value to people, populations and the health system.",
        "Les réussites des intervenants et des participants, racontées sur plusieurs plateformes, font connaître la"
        " prescription sociale et montrent sa valeur pour les personnes, les populations et le système de santé.",
        1,
    ),
    Code(
        "training", CodeKind.BLOCK,
        "Develop training, resources and support", "Développer la formation, les ressources et le soutien",
        "Training", "Formation",
        "Shared standards and benchmarks for a workforce that serves diverse people, with equity and anti-oppression"
        " at the centre.",
        "Des normes et des repères communs pour un personnel au service de personnes diverses, avec l'équité et la"
        " lutte contre l'oppression au centre.",
        2,
    ),
    Code(
        "policy", CodeKind.BLOCK,
        "Create a friendly policy environment", "Créer un environnement politique favorable",
        "Policy", "Politiques",
        "Partnerships and coalitions across sectors and ministries, shared accountability, one agenda, and fewer"
        " gaps in awareness.",
        "Des partenariats et des coalitions entre secteurs et ministères, une responsabilité partagée, un programme"
        " commun et moins de méconnaissance.",
        3,
    ),
    Code(
        "bridges", CodeKind.BLOCK,
        "Build bridges between healthcare and community service",
        "Bâtir des ponts entre les soins de santé et les services communautaires",
        "Bridges", "Ponts",
        "Physician champions, networks, referrals, and information-sharing that respects privacy law.",
        "Des médecins champions, des réseaux, des aiguillages et un partage d'information qui respecte les lois sur"
        " la vie privée.",
        4,
    ),
    Code(
        "measure", CodeKind.BLOCK,
        "Measure impact", "Mesurer les retombées",
        "Measure", "Mesure",
        "Consistent data collection for individuals and programmes, and evidence for funders and policymakers.",
        "Une collecte de données cohérente pour les personnes et les programmes, et des preuves pour les bailleurs"
        " de fonds et les décideurs.",
        5,
    ),
)  # fmt: skip


def _stakeholder(position: int, key: str, english: str, french: str, gist_en: str = "", gist_fr: str = "") -> Code:
    return Code(key, CodeKind.STAKEHOLDER, english, french, "", "", gist_en, gist_fr, position)


STAKEHOLDERS = (
    _stakeholder(
        1, "link_worker", "Link worker", "Intervenant pivot",
        "Also community connector, navigator, seniors connector or social worker; staff or volunteer.",
        "Aussi agent de liaison, navigateur, agent de liaison pour aînés ou travailleur social; salarié ou bénévole.",
    ),
    _stakeholder(2, "physician", "Physician", "Médecin"),
    _stakeholder(
        3, "clinician", "Other clinician", "Autre clinicien",
        "Nurse practitioners and allied health professions.",
        "Infirmières praticiennes et autres professions de la santé.",
    ),
    _stakeholder(4, "community_partner", "Community partner", "Partenaire communautaire"),
    _stakeholder(5, "program_director", "Program director", "Direction de programme"),
    _stakeholder(
        6, "executive_director", "Community Health Centre executive director",
        "Direction générale d'un centre de santé communautaire",
    ),
    _stakeholder(
        7, "service_manager", "Community-based service manager", "Gestionnaire de services communautaires",
    ),
    _stakeholder(
        8, "policymaker", "Policymaker", "Décideur public",
        "Provincial or federal government.", "Gouvernement provincial ou fédéral.",
    ),
    _stakeholder(9, "policy_advisor", "Health policy advisor", "Conseiller en politiques de santé"),
    _stakeholder(10, "funder", "Private funder", "Bailleur de fonds privé"),
    _stakeholder(11, "researcher", "Researcher", "Chercheur"),
    _stakeholder(12, "participant", "Participant", "Participant", "Somebody who was referred.",
                 "Une personne qui a été aiguillée."),
    _stakeholder(13, "caregiver", "Caregiver", "Proche aidant"),
)  # fmt: skip


def _stage(position: int, key: str, english: str, french: str, gist_en: str, gist_fr: str) -> Code:
    return Code(key, CodeKind.STAGE, english, french, "", "", gist_en, gist_fr, position)


PATHWAY_STAGES = (
    _stage(1, "enter", "Enter", "Entrer", "A need is seen and a referral is made.",
           "Un besoin est reconnu et un aiguillage est fait."),
    _stage(2, "connect", "Connect", "Créer le lien", "The person meets a link worker, and a plan is made together.",
           "La personne rencontre un intervenant pivot et un plan se fait ensemble."),
    _stage(3, "attend", "Attend", "Participer", "The person takes part in the community.",
           "La personne prend part à la vie communautaire."),
    _stage(4, "follow_up", "Follow up", "Faire le suivi", "Someone asks how it went, and adjusts the plan.",
           "Quelqu'un demande comment cela se passe et ajuste le plan."),
    _stage(5, "exit", "Exit", "Conclure", "The person goes on without the link worker.",
           "La personne poursuit sans l'intervenant pivot."),
)  # fmt: skip

CODES = tuple(
    replace(code, aliases=ALIASES.get(code.key, ())) for code in (*BUILDING_BLOCKS, *STAKEHOLDERS, *PATHWAY_STAGES)
)
"""Every code that a new codebook holds, in its order, with the other words there are for it."""

USES = (
    Use("website", "awareness", "website", "public", "website", "site Web"),
    Use("social_media", "awareness", "social media", "public", "social media", "réseaux sociaux"),
    Use("print", "awareness", "print", "public", "print", "imprimés"),
    Use("government_brief", "advocacy", "document", "government", "government briefs", "notes au gouvernement"),
    Use("training", "education", "training", "professionals", "training", "formation"),
    Use("media", "awareness", "news media", "public", "news media", "médias d'information"),
    Use("research", "research", "publication", "researchers", "research", "recherche"),
    Use("fundraising", "fundraising", "appeal", "donors", "fundraising", "collecte de fonds"),
    Use("internal", "learning", "meeting", "staff", "internal use", "usage interne"),
    Use("event", "awareness", "screening", "public", "events and screenings", "événements et projections"),
)
"""The uses that people are asked about."""

PROVINCES = {
    "AB": ("Alberta", "Alberta"),
    "BC": ("British Columbia", "Colombie-Britannique"),
    "MB": ("Manitoba", "Manitoba"),
    "NB": ("New Brunswick", "Nouveau-Brunswick"),
    "NL": ("Newfoundland and Labrador", "Terre-Neuve-et-Labrador"),
    "NS": ("Nova Scotia", "Nouvelle-Écosse"),
    "NT": ("Northwest Territories", "Territoires du Nord-Ouest"),
    "NU": ("Nunavut", "Nunavut"),
    "ON": ("Ontario", "Ontario"),
    "PE": ("Prince Edward Island", "Île-du-Prince-Édouard"),
    "QC": ("Quebec", "Québec"),
    "SK": ("Saskatchewan", "Saskatchewan"),
    "YT": ("Yukon", "Yukon"),
}
"""Names of the provinces and territories in English and French, by their two-letter codes."""

_TERMS = {
    TermKind.PURPOSE: (
        ("awareness", "public awareness", "sensibilisation du public"),
        ("advocacy", "advocacy", "défense des intérêts"),
        ("education", "education", "formation"), ("research", "research", "recherche"),
        ("fundraising", "fundraising", "collecte de fonds"), ("learning", "learning inside", "apprentissage interne"),
        ("archive", "archive", "archives"),
    ),
    TermKind.CHANNEL: (
        ("website", "website", "site Web"), ("newsletter", "newsletter", "infolettre"),
        ("social media", "social media", "réseaux sociaux"), ("news media", "news media", "médias d'information"),
        ("print", "print", "imprimés"), ("screening", "event screening", "projection publique"),
        ("slides", "slide deck", "diaporama"), ("document", "Word or PDF document", "document Word ou PDF"),
        ("email", "e-mail to officials", "courriel aux élus"),
        ("submission", "parliamentary submission", "mémoire au Parlement"), ("training", "training", "formation"),
        ("publication", "publication", "publication"), ("appeal", "appeal", "appel aux dons"),
        ("partner", "partner sites", "sites de partenaires"), ("meeting", "meeting", "réunion"),
    ),
    TermKind.AUDIENCE: (
        ("staff", "staff", "personnel"), ("partners", "partners", "partenaires"),
        ("government", "elected officials and public servants", "élus et fonctionnaires"),
        ("professionals", "professionals", "professionnels"),
        ("researchers", "researchers under agreement", "chercheurs sous entente"), ("donors", "donors", "donateurs"),
        ("public", "the public", "le public"),
    ),
    TermKind.TERRITORY: (
        ("CA", "Canada", "Canada"), ("world", "the world", "le monde"),
        *((f"CA-{code}", english, french) for code, (english, french) in PROVINCES.items()),
    ),
}  # fmt: skip

TERMS = tuple(
    Term(kind, key, english, french, position)
    for kind, terms in _TERMS.items()
    for position, (key, english, french) in enumerate(terms, 1)
)
"""The lists that decisions are made of, as a new library begins with them."""



def province(code: str, language: str) -> str:
    """Return the name of a province or territory in `language`; an unknown code stays as it is."""
    english, french = PROVINCES.get(code, (code, code))
    return french if language == "fr" else english


def province_code(typed: str) -> str:
    """Return the code of a province or territory that was typed as its code or name; nothing typed stays nothing."""
    wanted = folded(typed.strip())
    for code, called in PROVINCES.items():
        if wanted in ("", folded(code), *map(folded, called)):
            return code if wanted else ""
    raise Invalid(say("There is no province or territory called {name}.", name=typed.strip()),
                  hint=say("Write one of: {codes}.", codes=", ".join(PROVINCES)))


def language_code(typed: str) -> str:
    """Return a language's code, as `en`, from what was typed, as `en-CA`; nothing typed stays nothing."""
    code = typed.strip().lower().replace("_", "-").partition("-")[0]
    if code and not re.fullmatch(r"[a-z]{2,3}", code):
        raise Invalid(say("{name} is not the code of a language.", name=typed.strip()),
                      hint=say("Write it as en or fr."))
    return code
