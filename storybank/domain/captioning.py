"""Captioning: what captions must keep to so that people can read them in time, and what is wrong where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from storybank.domain.clip import LINE_LIMIT, LONGEST_MS, SHORTEST_MS, Cue
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a caption may hold, and how long it must stand (BBC and DCMP practice)."""

    line: int = LINE_LIMIT
    """Characters a line may hold."""
    lines: int = 2
    shortest_ms: int = SHORTEST_MS
    longest_ms: int = LONGEST_MS
    per_second: int = 17
    """Characters that can be read in a second."""
    per_minute: int = 180
    """Words that can be read in a minute, one minute after another."""
    gap_ms: int = 80
    """Two pictures of nothing, so that the eye sees one caption follow another."""


WIDE_LIMITS = Limits()
UPRIGHT_LIMITS = Limits(line=32)


class FaultKind(StrEnum):
    """What can be wrong with a caption."""

    LINES = "lines"
    LINE = "line"
    SHORT = "short"
    LONG = "long"
    FAST = "fast"
    CROWDED = "crowded"
    """Too many words a minute, over a minute."""
    OVERLAP = "overlap"
    GAP = "gap"
    ORPHAN = "orphan"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a caption, in words, and where it is."""

    kind: FaultKind
    cue: int
    """Its number, from 1."""
    start_ms: int
    reason: Sentence


_LEADING_ON = (
    "a an the of to in on at by for from with into and or but as my your his her its our their this that "
    "le la les un une des du de au aux à en dans sur pour par avec sans chez vers et ou mais que qui ce cet cette ces "
    "mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs "
    "i we you he she they je tu il elle nous vous ils elles"
)
_WEAK = frozenset(_LEADING_ON.split())
_BARE = re.compile(r"^[^\w]+|[^\w'’]+$")


def leads_on(word: str) -> bool:
    """Tell whether a word belongs to the next one, as an article, a preposition or a subject does, in either language.
    """
    return word.endswith(("'", "’")) or (word[-1:].isalpha() and _BARE.sub("", word).casefold() in _WEAK)


def reading_ms(text: str, limits: Limits = WIDE_LIMITS) -> int:
    """Return how long a text must stand to be read."""
    return max(limits.shortest_ms, -(-1000 * len(text) // limits.per_second))


def check(cues: Sequence[Cue], limits: Limits = WIDE_LIMITS) -> list[Fault]:
    """Return everything that is wrong with captions, in their order."""
    found: list[Fault] = []
    for number, cue in enumerate(cues, 1):
        found += (Fault(kind, number, cue.start_ms, reason) for kind, reason in _alone(cue, limits))
        if number < len(cues):
            found += _beside(number, cue, cues[number], limits)
    return sorted([*found, *_orphans(cues, limits), *_crowded(cues, limits)], key=lambda fault: fault.cue)


def _alone(cue: Cue, limits: Limits) -> Iterator[tuple[FaultKind, Sentence]]:
    lines, long = cue.text.split("\n"), cue.end_ms - cue.start_ms
    if len(lines) > limits.lines:
        yield FaultKind.LINES, say("It has {n} lines; {most} can be read.", n=len(lines), most=limits.lines)
    if (widest := max(map(len, lines))) > limits.line:
        yield FaultKind.LINE, say("A line has {n} characters; {most} fit.", n=widest, most=limits.line)
    if long < limits.shortest_ms:
        yield FaultKind.SHORT, say("It stands for {time} s, too short to be seen.", time=_seconds(long))
    elif long > limits.longest_ms:
        yield FaultKind.LONG, say("It stands for {time} s; {most} s is enough.", time=_seconds(long),
                                  most=limits.longest_ms // 1000)
    if long < reading_ms(cue.text, limits) and (pace := 1000 * len(cue.text) // max(1, long)) >= limits.per_second:
        yield FaultKind.FAST, say("{n} characters a second are too many to read; {most} can be read.",
                                  n=max(pace, limits.per_second + 1), most=limits.per_second)
    for line in lines[:-1]:
        if leads_on(line.split(" ")[-1]):
            yield FaultKind.BREAK, say("Its line ends after “{word}”, which belongs to the next word.",
                                       word=line.split(" ")[-1])


def _beside(number: int, cue: Cue, after: Cue, limits: Limits) -> Iterator[Fault]:
    free = after.start_ms - cue.end_ms
    if free < 0:
        yield Fault(FaultKind.OVERLAP, number, cue.start_ms, say("It is still there when the next caption comes."))
    elif free < limits.gap_ms:
        yield Fault(FaultKind.GAP, number, cue.start_ms, say("Nothing is between it and the next caption."))
    if leads_on(cue.text.split()[-1] if cue.text.split() else "") and free < 1000:
        yield Fault(FaultKind.BREAK, number, cue.start_ms,
                    say("It ends after “{word}”, which belongs to the next word.", word=cue.text.split()[-1]))


def _orphans(cues: Sequence[Cue], limits: Limits) -> Iterator[Fault]:
    """Yield the captions of one word that belong to the sentence of the one before them."""
    for number, (before, cue) in enumerate(pairwise(cues), 2):
        alone = len(cue.text.split()) == 1 and cue.speaker == before.speaker
        if alone and before.text[-1:] not in ".!?…" and cue.start_ms - before.end_ms < limits.shortest_ms:
            yield Fault(FaultKind.ORPHAN, number, cue.start_ms, say("The last word of a sentence stands alone."))


def _crowded(cues: Sequence[Cue], limits: Limits) -> Iterator[Fault]:
    """Yield where, over a minute, more is said than can be read; once for each such stretch."""
    words = [len(cue.text.split()) for cue in cues]
    end, within, told_to = 0, 0, -1
    for first, cue in enumerate(cues):
        while end < len(cues) and cues[end].end_ms - cue.start_ms <= 60_000:
            within, end = within + words[end], end + 1
        if end < len(cues) and within > limits.per_minute and first > told_to:
            yield Fault(FaultKind.CROWDED, first + 1, cue.start_ms,
                        say("{n} words are said in the minute that begins here; {most} can be read.", n=within,
                            most=limits.per_minute))
            told_to = end
        if end > first:
            within -= words[first]
        else:
            end = first + 1


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.1f}"
