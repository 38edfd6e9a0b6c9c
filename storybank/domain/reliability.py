"""Reliability: how far coders agree, in the measures that journals ask for.

A code is looked at unit by unit: each coder gave it or did not. Units weigh what they are worth: milliseconds, or one
each. Formulas: Cohen 1960; Krippendorff, Content Analysis, chapter 12 (nominal data).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from statistics import mean

Values = tuple[object, ...]
"""What each coder said of a unit, in the order of the coders; None where one said nothing of it: it is missing."""

Ratings = Mapping[Values, float]
"""How much the units weigh in which coders said the same things."""

RELIABLE, TENTATIVE = 0.8, 0.667
"""From which alpha on conclusions may rest on a code, and from which on tentative ones may (Krippendorff)."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Two coders and one code: the weight of the units that both gave it, that only one did, and that neither did."""

    both: float
    first_only: float
    second_only: float
    neither: float

    @property
    def whole(self) -> float:
        """Return the weight of all units."""
        return self.both + self.first_only + self.second_only + self.neither


@dataclass(frozen=True, slots=True)
class Measure:
    """How far coders agree about a code; None where a measure is not defined."""

    percent: float | None
    kappa: float | None
    """Cohen's, the mean of all pairs of coders."""
    alpha: float | None
    """Krippendorff's, nominal, over all coders at once."""
    f1: float | None
    jaccard: float | None
    given: tuple[float, ...]
    """For each coder the weight of the units they gave the code."""
    weight: float
    """The weight of the units that at least two coders looked at."""


def measured(ratings: Ratings, coders: int) -> Measure:
    """Return every measure of what coders said of the units; 1 stands for a code given, 0 for not given."""
    pairs = [cells(ratings, one, other) for one, other in combinations(range(coders), 2)]
    pairs = [pair for pair in pairs if pair.whole]
    given = tuple(fsum(w for values, w in ratings.items() if values[one] == 1) for one in range(coders))
    paired = fsum(w for values, w in ratings.items() if sum(one is not None for one in values) > 1)
    return Measure(_mean(map(percent, pairs)), _mean(map(kappa, pairs)), alpha(ratings), _mean(map(f1, pairs)),
                   _mean(map(jaccard, pairs)), given, paired)


def pooled(all_ratings: Iterable[Ratings]) -> Ratings:
    """Return the ratings of several codes as if they were of one: every unit counts once for each code."""
    found: dict[Values, float] = defaultdict(float)
    for ratings in all_ratings:
        for values, weight in ratings.items():
            found[values] += weight
    return found


def cells(ratings: Ratings, one: int, other: int) -> Cells:
    """Return what two of the coders said, over the units that both looked at."""
    found: dict[tuple[bool, bool], float] = defaultdict(float)
    for values, weight in ratings.items():
        if values[one] is not None and values[other] is not None:
            found[values[one] == 1, values[other] == 1] += weight
    return Cells(found[True, True], found[True, False], found[False, True], found[False, False])


def percent(pair: Cells) -> float | None:
    """Return the share of units of which two coders said the same."""
    return (pair.both + pair.neither) / pair.whole if pair.whole else None


def kappa(pair: Cells) -> float | None:
    """Return Cohen's kappa; None where both gave the code everywhere or nowhere: chance leaves nothing to explain."""
    n = pair.whole
    if not n:
        return None
    first, second = (pair.both + pair.first_only) / n, (pair.both + pair.second_only) / n
    if first == second and first in (0.0, 1.0):
        return None
    by_chance = first * second + (1 - first) * (1 - second)
    return ((pair.both + pair.neither) / n - by_chance) / (1 - by_chance)


def f1(pair: Cells) -> float | None:
    """Return the positive agreement: of what either gave, how much both gave; None where neither gave anything."""
    given = 2 * pair.both + pair.first_only + pair.second_only
    return 2 * pair.both / given if given else None


def jaccard(pair: Cells) -> float | None:
    """Return what both gave as a share of what at least one gave; None where neither gave anything."""
    given = pair.both + pair.first_only + pair.second_only
    return pair.both / given if given else None


def alpha(ratings: Ratings) -> float | None:
    """Return Krippendorff's alpha for nominal values, with any number of coders and any of them missing.

    None where no unit has two values, or where all values are the same.
    """
    coincidences: dict[tuple[object, object], float] = defaultdict(float)
    for values, weight in ratings.items():
        said = [value for value in values if value is not None]
        if len(said) > 1 and weight > 0:
            for place, one in enumerate(said):
                for other in said[:place] + said[place + 1 :]:
                    coincidences[one, other] += weight / (len(said) - 1)
    totals: dict[object, float] = defaultdict(float)
    for (one, _other), weight in coincidences.items():
        totals[one] += weight
    n = fsum(totals.values())
    expected = n * n - fsum(total * total for total in totals.values())
    if len(totals) < 2 or n <= 1:
        return None
    observed = fsum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (n - 1) * observed / expected


def ratings_of(units: Iterable[Sequence[object]], weights: Iterable[float] | None = None) -> Ratings:
    """Return ratings from what coders said of unit after unit."""
    found: dict[Values, float] = defaultdict(float)
    units = list(units)
    for values, weight in zip(units, weights or [1.0] * len(units), strict=True):
        found[tuple(values)] += weight
    return found


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None
