"""Cues: the captions of a transcript, and the blocks of text between two times that SRT and VTT files are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from exports.transcripts.incoming import CHECK_FILE, clock_ms
from storybank.domain.captions import captions
from storybank.domain.clip import Cue
from storybank.domain.sheet import SheetLine
from storybank.domain.timing import spread
from storybank.domain.transcript import Span, Word
from storybank.errors import Invalid
from storybank.words import say

_TIMES = re.compile(r"[ \t]*(\S{1,30}?)[ \t]*-->[ \t]*(\S{1,30})(?:[ \t].*)?")
_CAPTION = re.compile(r"^[ \t]*[\d:.,]{4,20}[ \t]*-->[ \t]*[\d:.,]{4,20}[ \t]*$", re.MULTILINE)
_ARROW = re.compile(r"-->")


@dataclass(frozen=True, slots=True)
class Block:
    """What a caption file says between two times, as it is written there."""

    start_ms: int
    end_ms: int
    text: str
    between: str = ""
    """What stands between it and the caption before: remarks, numbers, styles."""


def has_captions(text: str) -> bool:
    """Tell whether a text has the times of captions, alone on their lines."""
    return _CAPTION.search(text) is not None


def blocks(text: str, name: str, *, ends_at_blank: bool) -> Iterator[Block]:
    """Yield the captions of a file; a number before the times is passed over, wherever it is missing or wrong."""
    lines = text.split("\n")
    times = [number for number, line in enumerate(lines) if _ARROW.search(line) and _TIMES.fullmatch(line)]
    if not times:
        raise Invalid(say("There are no captions in {file}.", file=name), hint=CHECK_FILE)
    between = lines[: times[0]]
    for at, after in zip(times, [*times[1:], len(lines)], strict=True):
        said = lines[at + 1 : after]
        if after < len(lines):
            said = _without_number(said)
        rest: list[str] = []
        if ends_at_blank:
            blank = next((n for n, line in enumerate(said) if not line.strip()), len(said))
            said, rest = said[:blank], said[blank:]
        yield Block(*_moments(lines[at], name, at + 1), "\n".join(line for line in said if line.strip()),
                    "\n".join(between))
        between = rest


def _without_number(lines: list[str]) -> list[str]:
    """Return the lines of a caption without the number, or the name, of the next one."""
    if lines and lines[-1].strip() and (lines[-1].strip().isdigit() or (len(lines) > 1 and not lines[-2].strip())):
        return lines[:-1]
    return lines


def _moments(line: str, name: str, number: int) -> tuple[int, int]:
    found = _TIMES.fullmatch(line)
    start, end = (clock_ms(found[1]), clock_ms(found[2])) if found else (None, None)
    if start is None or end is None:
        raise Invalid(say("The time in line {n} of {file} cannot be read: {time}.", n=number, file=name,
                          time=line.strip()[:60]), hint=CHECK_FILE)
    return start, end


Named = Callable[[str, bool], str]
"""Returns what stands before the first word of somebody: their name, and whether another spoke before."""


def cues_of(lines: Sequence[SheetLine], named: Named | None = None) -> list[tuple[Cue, tuple[Word, ...]]]:
    """Return a transcript as captions that can be read in time, each with its words; no caption holds two voices."""
    if not lines or not all(line.timed for line in lines):
        raise Invalid(say("This transcript has no times, so no captions can be made of it."),
                      hint=say("Write it as a text or a Word file."))
    found: list[tuple[Cue, tuple[Word, ...]]] = []
    turns = [(speaker, list(own)) for speaker, own in groupby(lines, key=lambda line: line.speaker)]
    for number, (speaker, own) in enumerate(turns):
        words = [word for line in own for word in timed_words(line)]
        if words and named and (before := named(speaker, bool(number))):
            words[0] = replace(words[0], text=f"{before} {words[0].text}")
        at = 0
        for cue in captions(words, 0, speaker=speaker):
            count = _count(words[at:], cue.text)
            found.append((cue, tuple(words[at : at + count])))
            at += count
    return _apart(found)


def timed_words(line: SheetLine) -> list[Word]:
    """Return the words of a line with times: its own, or shared out over it."""
    if line.words:
        return list(line.words)
    return list(spread(line.text.split(), Span(line.start_ms or 0, line.end_ms or 0)))


def _count(words: Sequence[Word], text: str) -> int:
    """Return how many words a caption's text holds."""
    wanted, letters = len(text.replace("\n", " ")), -1
    for number, word in enumerate(words, 1):
        letters += len(word.text) + 1
        if letters >= wanted:
            return number
    return len(words)


def _apart(found: Sequence[tuple[Cue, tuple[Word, ...]]]) -> list[tuple[Cue, tuple[Word, ...]]]:
    """Return captions of which none is still there when the next one comes, also where two people talk at once."""
    after, apart = None, []
    for cue, words in reversed(found):
        start = cue.start_ms if after is None else min(cue.start_ms, after - 1)
        end = cue.end_ms if after is None else min(cue.end_ms, after)
        start = max(0, start)
        apart.append((replace(cue, start_ms=start, end_ms=max(start + 1, end)), words))
        after = start
    return apart[::-1]
