"""Sentences: where the sentence around a word begins and ends, by its punctuation, across lines; else the line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storybank.domain.transcript import Line

Position = tuple[int, int]
"""A line and a word in it, both from 0."""

LONGEST = 120
"""Words after which one stops looking for a full stop."""

_ENDS = re.compile(r"[.!?…][\"'»”’)\]]*$")
_TRAILS_OFF = re.compile(r"(\.\.+|…)[\"'»”’)\]]*$")
_DOTTED = re.compile(r"^[\"'«“(\[]*(?:\w\.){2,}$|^[\"'«“(\[]*(?!I\.)\w\.$")
_SHORTENED = frozenset({
    "dr", "mr", "mrs", "ms", "st", "ste", "mme", "mmes", "mlle", "prof", "vs", "approx", "dept", "fig", "jr", "sr",
    "cf", "env", "tél", "boul", "p.ex", "c.-à-d", "hon", "rev",
})  # fmt: skip
_OPENING = "«“‘([—–-"


def sentence_at(lines: Sequence[Line], line: int, word: int) -> tuple[Position, Position]:
    """Return the first and the last word of the sentence that a word is in.

    Another voice, or a new paragraph, ends a sentence too. Where nobody wrote punctuation, it is the line.
    """
    first, marked_before = _walk(lines, (line, word), -1)
    last, marked_after = _walk(lines, (line, word), 1)
    if marked_before or marked_after:
        return first, last
    return (line, 0), (line, len(lines[line].words) - 1)


def _walk(lines: Sequence[Line], place: Position, step: int) -> tuple[Position, bool]:
    """Return the last word in one direction before a border, and whether punctuation made it."""
    for _count in range(LONGEST):
        beside = _beside(lines, place, step)
        if beside is None:
            return place, step > 0 and _ends(lines, place)
        before, after = (place, beside) if step > 0 else (beside, place)
        if _ends(lines, before):
            return place, True
        if before[0] != after[0] and _parts(lines[before[0]], lines[after[0]]):
            return place, False
        place = beside
    return place, False


def _beside(lines: Sequence[Line], place: Position, step: int) -> Position | None:
    line, word = place[0], place[1] + step
    if 0 <= word < len(lines[line].words):
        return line, word
    line += step
    while 0 <= line < len(lines):
        if lines[line].words:
            return line, 0 if step > 0 else len(lines[line].words) - 1
        line += step
    return None


def _parts(before: Line, after: Line) -> bool:
    return after.opens_paragraph or before.voice_id != after.voice_id


def _ends(lines: Sequence[Line], place: Position) -> bool:
    """Tell whether a sentence ends with a word: what stands alone behind it, as French marks do, belongs to it."""
    beyond = _beside(lines, place, 1)
    following = lines[beyond[0]].words[beyond[1]].text.strip() if beyond else ""
    if following and not _spoken(following) and following[0] not in _OPENING:
        return False
    text, back = lines[place[0]].words[place[1]].text.strip(), _beside(lines, place, -1)
    while back and not _spoken(text):
        text, back = lines[back[0]].words[back[1]].text.strip() + text, _beside(lines, back, -1)
    if not _ENDS.search(text):
        return False
    if _TRAILS_OFF.search(text):
        return not following[:1].islower()
    bare = text.strip("\"'«“([»”’)]").removesuffix(".").casefold()
    if text.endswith(".") and bare in _SHORTENED:
        return not following
    return not (_DOTTED.match(text) and following and (len(bare) == 1 or following[:1].islower()))


def _spoken(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
