"""Aliases: other words, in both languages, for the codes that every library begins with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "amplify": (
        "story", "storytelling", "success story", "testimonial", "voice", "lived experience", "hope", "loneliness",
        "belonging", "friendship", "wellbeing", "happier", "changed my life",
        "histoire", "récit", "réussite", "témoignage", "voix", "expérience vécue", "espoir", "solitude",
        "appartenance", "amitié", "bien-être", "a changé ma vie",
    ),
    "training": (
        "train", "teach", "curriculum", "medical school", "standard", "competency", "certification", "mentor",
        "mentorship", "supervision", "peer support", "community of practice", "workforce", "caseload", "burnout",
        "toolkit", "onboarding", "cultural safety", "trauma informed", "anti-racism",
        "former", "enseigner", "cursus", "faculté de médecine", "norme", "compétence", "certification", "mentorat",
        "supervision", "entraide professionnelle", "communauté de pratique", "personnel", "charge de travail",
        "épuisement", "outils", "sécurité culturelle", "traumatismes", "antiracisme",
    ),
    "policy": (
        "policy", "policymaker", "government", "ministry", "minister", "legislation", "law", "budget", "fund",
        "funding", "grant", "national framework", "strategy", "advocacy", "coalition", "partnership across sectors",
        "housing", "income", "food security", "transportation", "childcare", "social determinants",
        "politique", "décideur", "gouvernement", "ministère", "ministre", "loi", "budget", "financement", "financer",
        "subvention", "cadre national", "stratégie", "plaidoyer", "coalition", "logement", "revenu",
        "sécurité alimentaire", "transport", "garderie", "déterminants sociaux",
    ),
    "bridges": (
        "referral", "refer", "prescription", "link", "partnership", "collaboration", "coordination", "network",
        "primary care", "clinic", "doctor", "physician champion", "nurse", "health authority", "care team", "trust",
        "information sharing", "privacy", "medical record", "what matters to you",
        "aiguillage", "aiguiller", "orientation", "ordonnance", "lien", "partenariat", "partenaire", "collaboration",
        "coordination", "réseau", "soins primaires", "clinique", "médecin", "médecin champion", "infirmière",
        "équipe de soins", "confiance", "partage d'information", "vie privée", "dossier médical",
    ),
    "measure": (
        "measure", "evaluation", "data", "evidence", "outcome", "result", "indicator", "number", "count", "percent",
        "statistics", "survey", "return on investment", "cost", "savings", "emergency visits", "hospital visits",
        "waiting list", "tracking", "research",
        "mesurer", "évaluation", "données", "preuve", "résultat", "indicateur", "chiffre", "compter", "pour cent",
        "statistiques", "sondage", "rendement", "coût", "économies", "visites à l'urgence", "hospitalisation",
        "liste d'attente", "recherche",
    ),
    "link_worker": (
        "community connector", "navigator", "seniors connector", "social worker", "wellness coach", "social prescriber",
        "intervenante pivot", "agent de liaison", "agente de liaison", "navigateur", "travailleuse sociale",
        "travailleur social",
    ),
    "physician": ("doctor", "family doctor", "general practitioner", "GP", "docteur", "médecin de famille",
                  "omnipraticien"),
    "clinician": ("nurse", "nurse practitioner", "pharmacist", "physiotherapist", "psychologist", "dietitian",
                  "infirmière", "infirmier", "infirmière praticienne", "pharmacien", "physiothérapeute",
                  "psychologue", "nutritionniste"),
    "community_partner": ("community organization", "non-profit", "charity", "community group",
                          "organisme communautaire", "OBNL", "organisme de bienfaisance"),
    "program_director": ("program lead", "program manager", "directrice de programme", "directeur de programme",
                         "responsable de programme"),
    "executive_director": ("CHC", "chief executive", "CSC", "directrice générale", "directeur général"),
    "service_manager": ("service lead", "coordinator", "coordonnatrice", "coordonnateur", "chef de service"),
    "policymaker": ("minister", "member of parliament", "public servant", "elected official", "ministre", "députée",
                    "député", "fonctionnaire", "élu", "élue"),
    "policy_advisor": ("policy analyst", "political staff", "conseillère en politiques", "analyste de politiques"),
    "funder": ("foundation", "donor", "philanthropist", "fondation", "donateur", "donatrice", "mécène"),
    "researcher": ("academic", "evaluator", "professor", "chercheuse", "universitaire", "évaluateur", "professeur"),
    "participant": ("patient", "client", "person with lived experience", "patiente", "cliente", "personne aidée",
                    "participante"),
    "caregiver": ("family caregiver", "carer", "proche aidante", "aidant naturel", "aidante"),
    "enter": ("referral", "intake", "screening", "self-referral", "waiting list", "aiguillage", "accueil", "dépistage",
              "demande", "liste d'attente"),
    "connect": ("first meeting", "assessment", "goals", "what matters to you", "shared plan", "première rencontre",
                "évaluation des besoins", "objectifs", "ce qui compte pour vous", "plan commun"),
    "attend": ("activity", "class", "walking group", "garden", "choir", "volunteering", "art", "take part",
               "activité", "cours", "groupe de marche", "jardin", "chorale", "bénévolat", "participer"),
    "follow_up": ("check in", "phone call", "review", "adjust", "appel", "prendre des nouvelles", "bilan", "ajuster"),
    "exit": ("graduate", "discharge", "independence", "on my own", "end of support", "autonomie", "indépendance",
             "fin de l'accompagnement", "par soi-même"),
})  # fmt: skip
"""By key of the code; the organisation edits them from there."""
