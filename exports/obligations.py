"""Obligations: what goes with a quote wherever it goes: conditions, community labels, and who taught it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.attribution import credit, teaching, withheld
from exports.typography import clean, day, tidy
from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code
from storybank.domain.contributor import Label
from storybank.domain.export import Passage
from storybank.words import Words


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in the person's words, and the short codes of the quotes that it holds for."""

    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label or notice exactly as its community wrote it, and the short codes of the quotes it stands beside."""

    label: Label
    quotes: tuple[str, ...]


def conditions_of(cleared: ClearedQuote) -> tuple[str, ...]:
    """Return the conditions of a quote in the person's words."""
    said = (condition_beside(condition, cleared) for condition in cleared.permission.conditions)
    return tuple(dict.fromkeys(condition for condition in said if condition))


def condition_beside(condition: str, cleared: ClearedQuote) -> str:
    """Return a condition as it may stand beside a quote: a name that may not be told is put in brackets."""
    return withheld(condition, cleared, cleared.speaker.language)


def conditions(passages: Sequence[Passage]) -> list[Condition]:
    """Return every condition with the quotes it holds for, in the order of the quotes."""
    found: dict[str, list[str]] = {}
    for passage in _by_code(passages):
        for text in conditions_of(passage.cleared):
            found.setdefault(text, []).append(passage.cleared.quote.code)
    return [Condition(text, tuple(dict.fromkeys(codes))) for text, codes in found.items()]


def labels(passages: Sequence[Passage]) -> list[Labelled]:
    """Return every community label and notice with the quotes it stands beside, in the order of the quotes."""
    found: dict[Label, list[str]] = {}
    for passage in _by_code(passages):
        for label in dict.fromkeys(passage.cleared.labels):
            found.setdefault(label, []).append(passage.cleared.quote.code)
    return [Labelled(label, tuple(codes)) for label, codes in found.items()]


def length_of(passages: Sequence[Passage]) -> int:
    """Return how many characters all conditions and labels take up, which may not be shortened."""
    said = [one.text for one in conditions(passages)] + [plainly(one.label) for one in labels(passages)]
    return sum(map(len, said))


def is_bound(cleared: ClearedQuote) -> bool:
    """Tell whether something must stand beside a quote: a condition, a label, whose teaching it is."""
    return bool(conditions_of(cleared) or cleared.labels or teaching(cleared))


def label_names(cleared: ClearedQuote) -> list[str]:
    """Return the names of the labels and notices that stand beside a quote, as they were written."""
    return list(dict.fromkeys(label.name for label in cleared.labels if label.name))


def teachings(passages: Sequence[Passage], language: str, codebook: Sequence[Code]) -> list[tuple[str, list[str]]]:
    """Return each teaching that is cited, who taught what on which day, with the codes of its quotes."""
    found: dict[str, list[str]] = {}
    for passage in _by_code(passages):
        if teaching(passage.cleared):
            cited = citation(passage.cleared, language, codebook)
            found.setdefault(cited, []).append(passage.cleared.quote.code)
    return list(found.items())


def citation(cleared: ClearedQuote, language: str, codebook: Sequence[Code]) -> str:
    """Return the source of a teaching: who, what about, and when it was shared by word of mouth."""
    words, recorded = Words(language), cleared.story.recorded_on
    parts = [f"{credit(cleared, language, codebook).text}.",
             words("Teaching: {teaching}.", teaching=teaching(cleared).rstrip(".")),
             words("Shared by word of mouth, recorded {day}.", day=day(recorded, language)) if recorded
             else words("Shared by word of mouth.")]
    return tidy(" ".join(parts), language)


def plainly(label: Label) -> str:
    """Return a label or notice as text: name, words and address, each as it was written."""
    return "\n".join(part for part in (label.name, label.text, label.uri) if part)


def listed_codes(codes: Sequence[str]) -> str:
    """Return short codes as they stand in a list."""
    return ", ".join(clean(code) for code in codes)


def _by_code(passages: Sequence[Passage]) -> list[Passage]:
    return sorted(passages, key=lambda passage: passage.cleared.quote.code)
