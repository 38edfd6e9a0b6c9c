"""Text: a transcript to read, paragraph by paragraph, with speakers and, where they are wanted, times."""

from __future__ import annotations

import re

from exports.transcripts.incoming import check_words, clock_ms
from exports.transcripts.talk import Entry, entries, lines_of
from exports.transcripts.told import provenance
from exports.typography import clean, timecode
from storybank.domain.sheet import Manner, Sheet, paragraphs

_OURS = "# Storybank"
_BLANK = re.compile(r"\n[ \t]*\n")
_STAMP = re.compile(r"\[(\d\d:\d\d:\d\d)\][ ]?(.*)")


def write(sheet: Sheet, manner: Manner) -> str:
    """Return a transcript as text: remarks first, then each paragraph under its time and speaker."""
    told = [clean(one) for one in (sheet.title, *provenance(sheet, manner.language))]
    said = ["\n".join([_OURS, *(f"# {one}" for one in told if one)])]
    for paragraph in paragraphs(sheet.lines):
        first = paragraph[0]
        at = f"[{timecode(first.start_ms)}]" if manner.times and first.start_ms is not None else ""
        head = " ".join(part for part in (at, clean(first.speaker)) if part)
        text = " ".join(clean(line.text) for line in paragraph if clean(line.text))
        if text:
            said.append(f"{head}\n{text}" if head else text)
    return "\n\n".join(said) + "\n"


def read(text: str, name: str) -> Sheet:
    """Return what a text says, in whichever way its speakers and times are written."""
    parts = [[line for line in part.split("\n") if line.strip()] for part in _BLANK.split(text)]
    parts = [part for part in parts if part]
    notes: tuple[str, ...] = ()
    ours = text.startswith(_OURS)
    if parts and all(line.startswith("# ") for line in parts[0]):
        notes = tuple(line.removeprefix("# ").strip() for line in parts.pop(0)[ours:])
    lines, mended = lines_of([_own(part) for part in parts] if ours else entries(parts))
    check_words(lines, name)
    return Sheet(lines, title=notes[0] if ours and notes else "", notes=notes, mended=mended)


def _own(part: list[str]) -> Entry:
    """Return a paragraph as we write it: a head on a line of its own, where there is one, and the words on the next."""
    head, text = ("", part[0]) if len(part) == 1 else (part[0], " ".join(part[1:]))
    found = _STAMP.fullmatch(head.strip())
    at, speaker = (clock_ms(found[1]), found[2]) if found else (None, head.strip())
    return Entry(speaker, text.strip(), at)
