"""Drafted: a brief as its authors filled it in, in every form and both languages, with sources, evidence, options."""

from __future__ import annotations

from dataclasses import replace

from storybank.domain.commission import Brief
from storybank.domain.draft import Certainty, Chosen, Evidence, EvidenceKind, Form, Option, Source
from storybank.domain.twin import Twin, both
from tests.exports import library

SOURCES = (
    Source("s1", Twin("Institute & KPMG. A Healthier <Canada>, 2024", "Institut et KPMG. Un Canada en santé, 2024"),
           "https://www.example.ca/a-healthier-canada?x=1&y=2", "2026-10-02"),
    Source("s2", Twin("Kadowaki L and others, 2024", "Kadowaki L et coll., 2024"), "https://example.org/a b", "2026"),
    Source("s3", Twin("A review that nobody cites, 2021", "Une revue, 2021"), "no address"),
)  # fmt: skip
EVIDENCE = (
    Evidence("e1", Twin("A dollar may return $4.43", "Un dollar pourrait rapporter 4,43 $"),
             Twin("A national model", "Un modèle national"), EvidenceKind.MODEL, Certainty.LOW,
             Twin("Modelled", "Modélisé"), ("s1", "gone")),
    Evidence("e2", Twin("Grants end early", "Les subventions finissent tôt"), kind=EvidenceKind.LIVED_EXPERIENCE,
             quotes=("Q-0011", "Q-9999")),
)  # fmt: skip
OPTIONS = (
    Option("o1", Twin("Keep one-year grants", "Garder les subventions d'un an"), benefits=Twin("No new cost", "Aucun")),
    Option("o2", Twin("Fund five years", "Financer cinq ans"), costs=Twin("$90 million [1]", "90 millions $ [1]"),
           views=("Q-0011", "Q-9999")),
)  # fmt: skip
PARAGRAPH = ("Every dollar may return $4.43 [1], as a model says [2][1]. See [Q-0011] and [Q-9999], not [7].\n\n"
             "- One\n- Two")
KEYS = ("why_now", "region", "cost", "next_step", "issue", "known", "told", "options", "recommendation",
        "implementation", "unknown", "method", "summary", "introduction", "approach", "conclusion", "implications",
        "context", "problem", "equity", "monitoring", "about")


def brief(form: Form, language: str = "en", **changes: object) -> Brief:
    """Return a brief of that form, everything in it."""
    usual = library.BRIEF if language == "en" else library.BRIEF_FR
    short = dict.fromkeys(KEYS, "Nothing holds without people who are paid to hold it.")
    made = replace(
        usual, form=form, sections={**short, "known": PARAGRAPH, "why_now": PARAGRAPH, "approach": PARAGRAPH},
        sources=SOURCES, evidence=EVIDENCE, options=OPTIONS, reference="D-0003.2", messages=("Fund it.",) * 3,
        placing=(Chosen("Q-0022", lead=True), Chosen("Q-0011", "known", note=both("She says [1]:", language)),
                 Chosen("Q-9999", "known"), Chosen("Q-0043", "bridges")),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def full_one_pager(language: str) -> Brief:
    """Return a one-pager with as many words as its form allows."""
    words = ("Link workers hold programs together while grants end before trust is built in towns and cities "
             "everywhere across the country today. ")
    sections = {"why_now": "\n".join(f"- {words} [1]." for _ in range(3)), "region": words + words[:60],
                "cost": words + "It may return $4.43 for every dollar [2].", "next_step": words + words[:90]}
    ask = "The Minister of Health should fund link worker positions in every province for five years by March 2027."
    return brief(Form.ONE_PAGER, language, sections=sections, ask=(ask,) * 3, messages=(), evidence=(), options=())
