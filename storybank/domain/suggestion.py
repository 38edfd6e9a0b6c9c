"""Suggestion: a code that Storybank thinks of for a passage, and why; nobody has to take it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from storybank.domain.lexicon import Named
from storybank.words import Sentence, say

MOST = 5
"""How many codes are suggested at once."""
NEIGHBOURS = 25
"""How many of the most similar quotes are asked for their codes."""
ALIKE = 0.1
"""The cosine from which on two passages are called similar."""
NEAR_MS = 90_000
"""How far away, at most, a quote of the same recording is nearby."""

_NAMED, _ALIKE, _NEAR, _LATELY = 1.0, 0.8, 0.25, 0.05
_ENOUGH = 0.15
"""What each reason weighs, and what all together must weigh to be worth a word."""
_DOUBT = 0.5
"""How much similarity it takes to be half as sure as many similar quotes can make one."""
_FADING_MS = 30_000
_WORDS_TOLD = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code, and the reasons for it in sentences, the weightiest first."""

    code: str
    """Key of the codebook."""
    reasons: tuple[Sentence, ...]
    score: float

    @property
    def noted(self) -> str:
        """Return the reasons as they are kept with a coding when the suggestion is taken."""
        return "; ".join(map(str, self.reasons))


@dataclass(frozen=True, slots=True)
class Similar:
    """A quote that is like the passage: how much, and its codes."""

    cosine: float
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nearby:
    """A quote of the same recording: how far from the passage, and its codes."""

    gap_ms: int
    codes: frozenset[str]


def ranked(codes: Sequence[str], named: Mapping[str, Named], similar: Sequence[Similar], nearby: Sequence[Nearby],
           lately: Collection[str], most: int = MOST) -> tuple[Suggestion, ...]:
    """Return the codes to suggest among `codes`, the likeliest first; what was used lately is no reason by itself."""
    reasons: dict[str, list[tuple[float, Sentence]]] = defaultdict(list)
    for key, words in named.items():
        weight = _NAMED * words.weight / (1 + words.weight)
        reasons[key].append((weight, say("says: {words}", words=", ".join(words.words[:_WORDS_TOLD]))))
    for key, (weight, count) in _votes(similar).items():
        reasons[key].append((_ALIKE * weight, _counted(count, "similar")))
    for key, (weight, count) in _beside(nearby).items():
        reasons[key].append((_NEAR * weight, _counted(count, "nearby")))
    for key in lately:
        if key in reasons:
            reasons[key].append((_LATELY, say("used lately")))
    found = [(sum(weight for weight, _why in reasons[key]), -place, key)
             for place, key in enumerate(codes) if key in reasons]
    best = sorted((one for one in found if one[0] >= _ENOUGH), reverse=True)[:most]
    return tuple(Suggestion(key, _told(reasons[key]), score) for score, _place, key in best)


def _told(reasons: Sequence[tuple[float, Sentence]]) -> tuple[Sentence, ...]:
    return tuple(why for _weight, why in sorted(reasons, key=lambda one: -one[0]))


def _votes(similar: Sequence[Similar]) -> dict[str, tuple[float, int]]:
    """Return for each code the share of similarity that is for it, and how many quotes that is."""
    alike = [one for one in similar if one.cosine >= ALIKE]
    whole = _DOUBT + sum(one.cosine for one in alike)
    found: dict[str, tuple[float, int]] = {}
    for one in alike:
        for key in one.codes:
            weight, count = found.get(key, (0.0, 0))
            found[key] = weight + one.cosine, count + 1
    return {key: (weight / whole, count) for key, (weight, count) in found.items()}


def _beside(nearby: Sequence[Nearby]) -> dict[str, tuple[float, int]]:
    """Return for each code how much the quotes around speak for it, nearer ones more, and how many they are."""
    near = [one for one in nearby if one.gap_ms <= NEAR_MS]
    whole = sum(exp(-one.gap_ms / _FADING_MS) for one in near)
    found: dict[str, tuple[float, int]] = {}
    for one in near:
        for key in one.codes:
            weight, count = found.get(key, (0.0, 0))
            found[key] = weight + exp(-one.gap_ms / _FADING_MS) / whole, count + 1
    return found


def _counted(count: int, what: str) -> Sentence:
    if what == "similar":
        return say("1 similar quote") if count == 1 else say("{count} similar quotes", count=count)
    return say("1 quote nearby") if count == 1 else say("{count} quotes nearby", count=count)
