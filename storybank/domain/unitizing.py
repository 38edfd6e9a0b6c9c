"""Unitizing: cutting recordings into the units that coders are compared over, and finding where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from storybank.domain.reliability import Ratings, Values
from storybank.domain.transcript import Span

SAME_BORDER_MS = 250
"""Borders that are no further apart than this are one."""


class Unit(StrEnum):
    """What is counted."""

    TIME = "time"
    """Every millisecond, so that long passages weigh more."""
    LINES = "lines"
    """Every line of the transcript; a code is given to one when at least half of it has the code."""
    CODED = "coded"
    """Only what anybody gave any code: what all left out does not count as agreement."""


class Difference(StrEnum):
    """How coders differ about a code in a stretch."""

    SOME = "some"
    """Some gave it, others did not."""
    BORDERS = "borders"
    """All gave it, but not from the same word to the same word."""


@dataclass(frozen=True, slots=True)
class Given:
    """A code that a coder gave to a stretch of a recording."""

    coder_id: str
    code: str
    span: Span
    quote_id: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """A recording as it was coded: its lines, its length, who is done with it, and what everyone gave."""

    recording_id: str
    length_ms: int
    lines: tuple[Span, ...]
    finished: frozenset[str]
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stretch in which coders differ about a code."""

    recording_id: str
    code: str
    span: Span
    """From the first border that anybody set to the last."""
    gave: tuple[tuple[str, Span], ...]
    """Identifiers of those who gave it, each with where."""
    gave_not: tuple[str, ...]
    """Of those who looked at it and did not."""
    kind: Difference


def ratings(recordings: Iterable[Coded], coders: Sequence[str], codes: Sequence[str], unit: Unit, *,
            spoken: bool = True) -> dict[str, Ratings]:
    """Return for each code what the coders said, over the recordings that at least two of them are done with.

    A coder who is not done with a recording is missing there. `spoken` leaves out where nobody speaks.
    """
    found: dict[str, dict[Values, float]] = {code: defaultdict(float) for code in codes}
    for one in recordings:
        looked = [coder in one.finished for coder in coders]
        if sum(looked) < 2:
            continue
        given = [each for each in one.given if each.coder_id in coders and each.code in found]
        blank: Values = tuple(0 if there else None for there in looked)
        units = _by_line(one, given) if unit is Unit.LINES else _by_time(one, given, unit, spoken=spoken)
        for weight, there in units:
            for code in codes:
                who = there.get(code)
                values = blank if not who else tuple(
                    (1 if coder in who else 0) if looks else None for coder, looks in zip(coders, looked, strict=True))
                found[code][values] += weight
    return {code: dict(patterns) for code, patterns in found.items()}


_There = Mapping[str, frozenset[str]]
"""By code, who gave it."""


def _by_time(one: Coded, given: Sequence[Given], unit: Unit, *, spoken: bool) -> list[tuple[float, _There]]:
    """Return the stretches between all borders, each with its length and what was given there."""
    whole = one.lines if spoken else (Span(0, one.length_ms),)
    starts: dict[int, list[Given]] = defaultdict(list)
    ends: dict[int, list[Given]] = defaultdict(list)
    for each in given:
        starts[each.span.start_ms].append(each)
        ends[each.span.end_ms].append(each)
    counted = joined(whole)
    borders = {*starts, *ends, *(edge for span in counted for edge in (span.start_ms, span.end_ms))}
    inside = _Inside(counted)
    open_now: dict[tuple[str, str], int] = defaultdict(int)
    found: list[tuple[float, _There]] = []
    for here, following in pairwise(sorted(borders)):
        for each in ends[here]:
            open_now[each.code, each.coder_id] -= 1
        for each in starts[here]:
            open_now[each.code, each.coder_id] += 1
        there = _there(pair for pair, count in open_now.items() if count > 0)
        if inside.holds(here) and (there or unit is not Unit.CODED):
            found.append((float(following - here), there))
    return found


class _Inside:
    """Tells, moment after moment, whether it lies in one of several spans in order."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = list(reversed(spans))

    def holds(self, moment: int) -> bool:
        while self._spans and self._spans[-1].end_ms <= moment:
            self._spans.pop()
        return bool(self._spans) and self._spans[-1].start_ms <= moment


def _by_line(one: Coded, given: Sequence[Given]) -> list[tuple[float, _There]]:
    """Return the lines, each with what at least half of it was given."""
    own: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for each in given:
        own[each.code, each.coder_id].append(each.span)
    merged = {pair: joined(spans) for pair, spans in own.items()}
    return [
        (1.0, _there(pair for pair, spans in merged.items() if 2 * _overlap(line, spans) >= max(1, line.length_ms)))
        for line in one.lines
    ]


def _there(pairs: Iterable[tuple[str, str]]) -> _There:
    found: dict[str, set[str]] = defaultdict(set)
    for code, coder in pairs:
        found[code].add(coder)
    return {code: frozenset(who) for code, who in found.items()}


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start_ms, one.end_ms)):
        if found and span.start_ms <= found[-1].end_ms:
            found[-1] = Span(found[-1].start_ms, max(found[-1].end_ms, span.end_ms))
        else:
            found.append(span)
    return found


def _overlap(line: Span, spans: Iterable[Span]) -> int:
    return sum(max(0, min(line.end_ms, span.end_ms) - max(line.start_ms, span.start_ms)) for span in spans)


def disagreements(one: Coded, coders: Sequence[str], codes: Collection[str]) -> list[Disagreement]:
    """Return where the coders who are done with a recording differ, as it is said, code by code."""
    looked = [coder for coder in coders if coder in one.finished]
    if len(looked) < 2:
        return []
    found = []
    for code in sorted({each.code for each in one.given if each.code in codes}):
        spans = {coder: joined(each.span for each in one.given if (each.coder_id, each.code) == (coder, code))
                 for coder in looked}
        differ = (_difference(one.recording_id, code, whole, spans, looked)
                  for whole in joined(span for own in spans.values() for span in own))
        found += [one for one in differ if one is not None]
    return sorted(found, key=lambda d: (d.span.start_ms, d.span.end_ms, d.code))


def _difference(recording_id: str, code: str, whole: Span, spans: Mapping[str, Sequence[Span]],
                looked: Sequence[str]) -> Disagreement | None:
    gave = tuple((coder, span) for coder in looked for span in spans[coder] if _overlap(whole, [span]))
    gave_not = tuple(coder for coder in looked if coder not in {who for who, _span in gave})
    if not gave_not and len(gave) == len(looked) and all(_alike(span, gave[0][1]) for _who, span in gave):
        return None
    kind = Difference.SOME if gave_not else Difference.BORDERS
    return Disagreement(recording_id, code, whole, gave, gave_not, kind)


def _alike(one: Span, other: Span) -> bool:
    return max(abs(one.start_ms - other.start_ms), abs(one.end_ms - other.end_ms)) <= SAME_BORDER_MS
