"""Talk: running text with speakers and times in it, as people and other programs write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from exports.transcripts.incoming import clock_ms
from exports.transcripts.speakers import is_label, may_be_name, named
from storybank.domain.sheet import SheetLine
from storybank.words import Sentence, say

A_WORD_MS = 400
_AT = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_STAMP = rf"[\[(<#]?[ \t]?({_AT})(?:-\d)?[ \t]?(?:(?:-->|-|–|—|to|à)[ \t]?({_AT})[ \t]?)?[\])>#]?"
_FIRST = re.compile(rf"{_STAMP}[ \t]*[-–—:|]?[ \t]*(.*)")
_LAST = re.compile(rf"([^\d\[(<#\t][^\t\[(<#]{{0,40}}?)[ \t]*{_STAMP}[ \t]*:?[ \t]*(.*)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before somebody's words: their name, the time, or both; and the words on the same line."""

    speaker: str | None = None
    """None where no name stands there: the speaker before goes on."""
    start_ms: int | None = None
    end_ms: int | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words under one head."""

    speaker: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    opens_paragraph: bool = True
    language: str = ""


def head_of(line: str, *, more_follows: bool) -> Head | None:
    """Return the head that a line of text begins with, or is; None where it is words."""
    line = line.strip()
    return _time_first(line, more_follows) or _name_first(line, more_follows)


def _time_first(line: str, more_follows: bool) -> Head | None:
    found = _FIRST.fullmatch(line)
    start = clock_ms(found[1]) if found else None
    if found is None or start is None:
        return None
    end, rest = clock_ms(found[2] or ""), found[3].strip()
    if name := named(rest):
        return Head(name[0], start, end, name[1])
    if rest and (is_label(rest) or (more_follows and may_be_name(rest))):
        return Head(rest, start, end)
    marked = line[0] in "[(<#" or found[1].count(":") == 2 or bool(found[2]) or "\t" in line
    return Head(None, start, end, rest) if marked or not rest else None


def _name_first(line: str, more_follows: bool) -> Head | None:
    found = _LAST.fullmatch(line)
    if found and may_be_name(found[1].rstrip(" :-–")) and (start := clock_ms(found[2])) is not None:
        written = line[len(found[1]) :].lstrip(" \t")[:1]
        if not found[4] or written in "[(<#" or "  " in line or "\t" in line:
            return Head(found[1].rstrip(" :-–"), start, clock_ms(found[3] or ""), found[4].strip())
    if name := named(line):
        return Head(name[0], rest=name[1])
    return Head(line) if is_label(line) and more_follows else None


def entries(paragraphs: Iterable[Sequence[str]]) -> list[Entry]:
    """Return who says what; each paragraph is given as its lines, which are joined unless one begins with a head."""
    found: list[tuple[Entry, list[str]]] = []
    head = Head()
    for paragraph in paragraphs:
        opens = True
        for number, line in enumerate(paragraph):
            new = head_of(line, more_follows=number + 1 < len(paragraph))
            if new is not None:
                head = replace(new, speaker=head.speaker if new.speaker is None else new.speaker)
                opens = True
            text = line.strip() if new is None else new.rest
            if text and (opens or not found):
                found.append((Entry(head.speaker or "", "", head.start_ms, head.end_ms), [text]))
                head, opens = replace(head, start_ms=None, end_ms=None), False
            elif text:
                found[-1][1].append(text)
    return [replace(entry, text=" ".join(" ".join(texts).split())) for entry, texts in found]


def lines_of(found: Sequence[Entry]) -> tuple[tuple[SheetLine, ...], tuple[Sentence, ...]]:
    """Return entries as lines, and what was mended: those between two times get theirs by the length of the words."""
    times = [entry.start_ms for entry in found]
    known = [(n, at) for n, at in enumerate(times) if at is not None]
    if not known or len(known) * 4 < len(found):
        return tuple(_line(entry, None, None) for entry in found), ()
    if any(a[1] > b[1] for a, b in pairwise(known)):
        return tuple(_line(entry, None, None) for entry in found), (
            say("The times in it run backwards, so they were left out."),)
    starts = _filled(found)
    ends = [*starts[1:], starts[-1] + A_WORD_MS * len(found[-1].text.split())]
    return tuple(
        _line(entry, start, max(start + 1, min(entry.end_ms or end, end) if end > start else end))
        for entry, start, end in zip(found, starts, ends, strict=True)
    ), ()


def _line(entry: Entry, start: int | None, end: int | None) -> SheetLine:
    return SheetLine(entry.text, start, end, entry.speaker, entry.language, opens_paragraph=entry.opens_paragraph)


def _filled(found: Sequence[Entry]) -> list[int]:
    """Return when each entry begins: where nothing says so, as far on as its words stand between two times."""
    starts: list[int] = []
    number = 0
    while number < len(found):
        at = found[number].start_ms
        until = next((n for n in range(number + 1, len(found)) if found[n].start_ms is not None), len(found))
        begin = at if at is not None else 0
        lengths = [len(one.text) for one in found[number:until]]
        after = found[until].start_ms if until < len(found) else begin + A_WORD_MS * sum(lengths) // 6
        room = max(0, (after or 0) - begin)
        starts += [begin + room * at // max(1, sum(lengths)) for at in accumulate([0, *lengths[:-1]])]
        number = until
    return starts
