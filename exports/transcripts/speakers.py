"""Speakers: who says a line, where a file writes their name before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from storybank.domain.sheet import SheetLine

_MOST_LETTERS, _MOST_WORDS = 40, 5
_LINKS = "de du des la le les van von der den bin al et and of the di da dos y d l"
_PARTICLES = frozenset(_LINKS.split())
_NO_NAME = re.compile(r"[.!?,;…]$|[!?,;…\"“»«/\\=]")
_LABEL = re.compile(r"(?:SPEAKER[ _]?\d{1,3}|S\d{2}|(?:Speaker|Intervenant\w?|Locut\w{1,8}|Voice|Voix) \d{1,3})")
_BEFORE = re.compile(r"(?:>>[ \t]*)?\[?([^:\[\]<>\n]{1,40}?)\]?[ \t\u00a0\u202f]?:(?:[ \t\u00a0]+|$)(.*)", re.DOTALL)
CHANGE = ">>"
"""What captions put before the words of somebody new who is not named."""


def is_label(text: str) -> bool:
    """Tell whether a text is what programs call somebody they cannot name, such as `SPEAKER_01`."""
    return bool(_LABEL.fullmatch(text.strip()))


def may_be_name(text: str) -> bool:
    """Tell whether a text could be somebody's name, by how it is written."""
    text = text.strip()
    words = re.split(r"[\s’']+", text)
    if not text or len(text) > _MOST_LETTERS or len(words) > _MOST_WORDS or _NO_NAME.search(text):
        return False
    if not any(sign.isalpha() for sign in text):
        return False
    return all(not word[:1].islower() or word.casefold() in _PARTICLES for word in words) and not words[0][:1].islower()


def named(text: str) -> tuple[str, str] | None:
    """Return the name before a text and the rest of it; None where no name stands there."""
    found = _BEFORE.fullmatch(text.strip())
    if found is None or not may_be_name(found[1]):
        return None
    return found[1].strip(), found[2].strip()


def with_speakers(lines: Sequence[SheetLine]) -> list[SheetLine]:
    """Return captions with their speakers, where names are written before the words.

    Many files name somebody only where the speaker changes: the name then holds until the next one.
    """
    names = [named(line.text) for line in lines]
    everywhere = any(a and b and a[0] == b[0] for a, b in pairwise(names))
    said: list[SheetLine] = []
    speaker = ""
    for line, name in zip(lines, names, strict=True):
        if name:
            speaker = name[0]
            said.append(replace(line, speaker=speaker, text=name[1]))
        elif line.text.startswith(CHANGE):
            speaker = ""
            said.append(replace(line, text=line.text.removeprefix(CHANGE).strip()))
        else:
            said.append(replace(line, speaker="" if everywhere else speaker))
    return said
