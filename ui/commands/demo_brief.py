"""Demo brief: what the demo's policy brief says, in both languages, and the few voices it lets speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from storybank.domain.brief_forms import ACTION, FINDING
from storybank.domain.draft import Certainty, Chosen, Draft, Evidence, EvidenceKind, Option, Source
from storybank.domain.quote import Quote
from storybank.domain.twin import NOTHING, Twin

TITLE = Twin("Will every province fund its link workers for five years?",
             "Chaque province financera-t-elle ses intervenantes pivots pour cinq ans?")
_ASK = Twin(
    "Fund link workers for five years, and measure what changes with the same five questions in every province.",
    "Financez les intervenantes pivots pour cinq ans, et mesurez ce qui change par les mêmes cinq questions dans "
    "chaque province.")
_MESSAGES = (
    Twin("Give link workers contracts that outlast a year, so that the people they meet do not lose them.",
         "Donnez aux intervenantes des contrats de plus d'un an, pour que personne ne les perde en chemin."),
    Twin("Agree on one name, one role and one referral form, with room for each community.",
         "Convenez d'un nom, d'un rôle et d'un formulaire, avec de la place pour chaque communauté."),
    Twin("Train link workers together, in care that is trauma informed and culturally safe.",
         "Formez-les ensemble, à des soins qui tiennent compte des traumatismes et des cultures."),
    Twin("Make the way back to the doctor part of every referral, with respect for privacy.",
         "Faites du retour vers le médecin une partie de chaque orientation, dans le respect de la vie privée."),
    Twin("Count the same few things everywhere, so that a true story comes with a good number.",
         "Comptez partout les mêmes choses, pour qu'une histoire vraie vienne avec un bon chiffre."),
)
_SECTIONS = {
    "issue": Twin(
        "People who connect patients to help in their community work in every province, and most are paid from grants "
        "of a single year. They carry different names, train apart, and count different things, so that what works in "
        "one place is hard to show in another. (This brief is a demo: its people are fictional.)",
        "Dans chaque province, des personnes relient les patients à l'aide de leur communauté, et la plupart sont "
        "payées par des subventions d'un an. Elles portent des noms différents, se forment chacune de leur côté et "
        "comptent des choses différentes : ce qui réussit ici est difficile à montrer ailleurs. (Ce document est une "
        "démonstration : ses personnes sont fictives.)"),
    "known": Twin(
        "Reach is counted almost everywhere: in British Columbia, 19 programs reached 2,544 older adults by March 2023 "
        "[2]. Effects are counted in few places, and in different ways: a review found good results for individuals in "
        "all nine of its studies, and could not pool them [3]. Cost is modelled: every dollar invested may return "
        "$4.43 to society [1].",
        "La portée se compte presque partout : en Colombie-Britannique, 19 programmes ont rejoint 2 544 aînés en mars "
        "2023 [2]. Les effets se comptent à peu d'endroits, et diversement : une revue a trouvé de bons résultats "
        "pour les personnes dans ses neuf études, sans pouvoir les réunir [3]. Le coût est modélisé : chaque dollar "
        "investi pourrait rapporter 4,43 $ à la société [1]."),
    "recommendation": Twin(
        "We recommend the second option: positions for five years, one role that bends to each community, and five "
        "questions that everybody asks. What it returns should be measured from the first day, not modelled again.",
        "Nous recommandons la deuxième option : des postes pour cinq ans, un rôle qui s'adapte à chaque communauté et "
        "cinq questions que tous posent. Son rendement devrait être mesuré dès le premier jour, et non plus modélisé."),
    "unknown": Twin(
        "Whether effects last beyond a year, what the return is outside a model, and who is never referred at all.",
        "Si les effets durent plus d'un an, quel est le rendement hors d'un modèle, et qui n'est jamais orienté."),
}  # fmt: skip
_BLOCKS = {
    "amplify": (Twin("Stories move people; boards and ministries ask for a number too.",
                     "Les histoires touchent; les conseils et les ministères veulent aussi un chiffre."),
                Twin("Let people who live it speak where budgets are made.",
                     "Laisser parler les personnes concernées là où se font les budgets.")),
    "training": (Twin("One job has many names, and each is learned alone.",
                      "Un même métier a plusieurs noms, et chacun s'apprend seul."),
                 Twin("Train together, and pay for supervision.", "Former ensemble, et payer la supervision.")),
    "policy": (Twin("Patients arrive in the community; money does not follow them.",
                    "Les patients arrivent dans la communauté; l'argent ne les suit pas."),
               Twin("Let a share of the funding follow each referral.",
                    "Faire suivre une part des fonds à chaque orientation.")),
    "bridges": (Twin("Doctors refer when they know that somebody will answer.",
                     "Les médecins orientent quand ils savent que quelqu'un répondra."),
                Twin("Close the loop: one line back to whoever referred.",
                     "Boucler la boucle : une ligne de retour à qui a orienté.")),
    "measure": (Twin("Everybody counts, and no two count the same.", "Chacun compte, et jamais de la même façon."),
                Twin("Agree on five questions before the money flows.",
                     "Convenir de cinq questions avant de verser les fonds.")),
}  # fmt: skip
_SOURCES = (
    Source("s1", Twin("Canadian Institute for Social Prescribing and KPMG. A Healthier Canada",
                      "Institut canadien de prescription sociale et KPMG. Un Canada en meilleure santé"),
           "https://www.socialprescribing.ca/a-healthier-canada"),
    Source("s2", Twin("Kadowaki and others, 2024, on social prescribing for older adults in British Columbia",
                      "Kadowaki et coll., 2024, sur la prescription sociale aux aînés de la Colombie-Britannique"),
           "https://pmc.ncbi.nlm.nih.gov/articles/PMC11507320"),
    Source("s3", Twin("Reinhardt and others, 2021, a review of nine studies of loneliness and social prescribing",
                      "Reinhardt et coll., 2021, une revue de neuf études sur la solitude et la prescription sociale"),
           "https://pmc.ncbi.nlm.nih.gov/articles/PMC8295963"),
)  # fmt: skip
_EVIDENCE = (
    Evidence("e1", Twin("A dollar may return $4.43 to society", "Un dollar pourrait rapporter 4,43 $ à la société"),
             Twin("A model of a national program", "Un modèle d'un programme national"), EvidenceKind.MODEL,
             Certainty.LOW, Twin("Modelled, not observed", "Modélisé, et non observé"), ("s1",)),
    Evidence("e2", Twin("Programs reach older adults", "Les programmes rejoignent les aînés"),
             Twin("19 programs counted 2,544 people", "19 programmes ont compté 2 544 personnes"),
             EvidenceKind.PROGRAM_DATA, Certainty.MODERATE, Twin("Reach, not effect", "Portée, et non effet"), ("s2",)),
    Evidence("e3", Twin("Individuals report good results", "Les personnes disent de bons résultats"),
             Twin("A review of nine studies", "Une revue de neuf études"), EvidenceKind.REVIEW, Certainty.LOW,
             Twin("Designs vary too much to pool", "Devis trop variés pour être réunis"), ("s3",)),
)  # fmt: skip
_OPTIONS = (
    Option("o1", Twin("Keep grants of one year", "Garder les subventions d'un an"),
           benefits=Twin("No new commitment", "Aucun nouvel engagement"),
           harms=Twin("Link workers leave, and people start over", "Les intervenantes partent, et tout recommence"),
           costs=Twin("As today", "Comme aujourd'hui")),
    Option("o2", Twin("Fund link workers for five years", "Financer les intervenantes pour cinq ans"),
           benefits=Twin("Trust has time to grow", "La confiance a le temps de naître"),
           harms=Twin("Small programs may find reporting heavy", "Les petits programmes peuvent trouver cela lourd"),
           costs=Twin("More in the first year; a modelled return of $4.43 for each dollar [1]",
                      "Davantage la première année; un rendement modélisé de 4,43 $ par dollar [1]")),
)  # fmt: skip
_VOICES = (
    ("fund link workers for more than one year", "", NOTHING),
    ("confiance est le premier", "", NOTHING),
    ("One good number beside one true story", "amplify", NOTHING),
    ("different name", "training",
     Twin("Somebody who directs a program in Alberta says:", "Quelqu'un qui dirige un programme en Alberta dit :")),
    ("healthcare does not send us money", "policy", NOTHING),
    ("someone will answer the call", "bridges", NOTHING),
    ("A simple tool that every community group can use", "measure", NOTHING),
    ("mesurer les résultats", "measure", NOTHING),
)  # fmt: skip
"""Words that a quote is known by, where it stands (page 1 where nowhere is said), and what introduces it."""


def written(draft: Draft, quotes: Sequence[Quote]) -> Draft:
    """Return the draft as the demo's brief has it, with those of `quotes` that speak in it."""
    sections: Mapping[str, Twin] = {
        **_SECTIONS, **{FINDING + key: found for key, (found, _) in _BLOCKS.items()},
        **{ACTION + key: done for key, (_, done) in _BLOCKS.items()}}
    return replace(
        draft, title=TITLE, languages=("en", "fr"),
        audience=Twin("Minister of Health (demo)", "Ministre de la Santé (démo)"),
        asks=(_ASK,), messages=_MESSAGES, sections=sections, contact="stories@example.ca", sources=_SOURCES,
        author=Twin("Voices of Social Prescribing (demo)", "Voix de la prescription sociale (démo)"),
        evidence=_EVIDENCE, options=_OPTIONS, quotes=_chosen(quotes))  # fmt: skip


def _chosen(quotes: Sequence[Quote]) -> tuple[Chosen, ...]:
    """Return the voices of the brief in their order: two on page 1, then one or two for each building block."""
    found = ((next((one for one in quotes if words in one.text), None), place, note) for words, place, note in _VOICES)
    return tuple(Chosen(one.code, place, not place, note) for one, place, note in found if one is not None)
