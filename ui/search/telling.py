"""Telling: how much was found, in a sentence, and the tabs with their counts."""

from __future__ import annotations

from collections.abc import Mapping

from storybank.domain.query import Kind, Sort
from storybank.services.searching import Results
from storybank.words import Words
from ui.parts.said import N_

ALL = "all"
TABS: Mapping[str, str] = {ALL: N_("All"), Kind.PASSAGE: N_("Passages"), Kind.QUOTE: N_("Quotes"),
                           Kind.MEMO: N_("Notes"), Kind.STORY: N_("Stories")}
SORTS: Mapping[Sort, str] = {Sort.BEST: N_("Best first"), Sort.NEWEST: N_("Newest first"), Sort.STORY: N_("By story")}


def tabs(counts: Mapping[str, int], tr: Words) -> list[tuple[str, str]]:
    """Return the tabs with how much each holds; one that is not known has its name alone.

    A passage that is a quote as well counts in both of their tabs, and once among all.
    """
    return [(str(key), f"{tr(said)}  {counts[key]}" if key in counts else tr(said)) for key, said in TABS.items()]


def counted(results: Results, tab: str, tr: Words) -> str:
    """Return how much was found, as `412 passages in 38 stories`."""
    if tab == Kind.STORY:
        return tr.many("{n} story", "{n} stories", results.total)
    hits = {
        Kind.PASSAGE: tr.many("{n} passage", "{n} passages", results.total),
        Kind.QUOTE: tr.many("{n} quote", "{n} quotes", results.total),
        Kind.MEMO: tr.many("{n} note", "{n} notes", results.total),
    }.get(Kind(tab) if tab != ALL else Kind.STORY, tr.many("{n} hit", "{n} hits", results.total))
    return tr("{hits} in {stories}", hits=hits, stories=tr.many("{n} story", "{n} stories", results.stories))
