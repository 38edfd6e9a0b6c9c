"""Finding: where a text occurs among the lines of a transcript, and how they read once it is replaced."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from storybank.domain.transcript import Line

_APOSTROPHES = "'’‘ʼ´`"
_SAME = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), "\u00a0": " ", "\u202f": " ", "\u2009": " ",
                       "\u2010": "-", "\u2011": "-"})
"""Signs that nobody tells apart while typing: apostrophes, spaces that do not break, hyphens."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: plain text, whatever signs it holds."""

    text: str
    whole_word: bool = False
    match_case: bool = False
    """Whether capitals and accents count as well."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place where it stands: from a sign of a line to a sign (excluded) of the same line or a later one."""

    line: int
    start: int
    last_line: int
    end: int


class Searchable:
    """Lines that are read once, and then searched as often as somebody types."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        self._exact: _Text | None = None
        self._folded: _Text | None = None

    def find(self, sought: Sought) -> list[Found]:
        """Return every place, in order, none overlapping another; a phrase may run over the end of a line."""
        text = self._read(match_case=sought.match_case)
        wanted = _as_compared(sought.text, match_case=sought.match_case)[0]
        if not wanted.strip():
            return []
        found, at = [], text.whole.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if not sought.whole_word or _stands_alone(text.whole, at, end):
                found.append(text.place(at, end))
                at = text.whole.find(wanted, end)
            else:
                at = text.whole.find(wanted, at + 1)
        return found

    def _read(self, *, match_case: bool) -> _Text:
        if match_case:
            self._exact = self._exact or _Text(self.lines, match_case=True)
            return self._exact
        self._folded = self._folded or _Text(self.lines, match_case=False)
        return self._folded


class _Text:
    """All lines as one text, as it is compared, and the way back to each sign of each line."""

    def __init__(self, lines: Sequence[str], *, match_case: bool) -> None:
        compared = [_as_compared(line, match_case=match_case) for line in lines]
        self.whole = " ".join(text for text, _places in compared)
        self._places = [places for _text, places in compared]
        self._begins = list(accumulate((len(text) + 1 for text, _places in compared), initial=0))
        self._lines = lines

    def place(self, at: int, end: int) -> Found:
        """Return a stretch of the whole text as a place among the lines."""
        line, start = self._sign(at)
        last_line, last = self._sign(end - 1)
        return Found(line, min(start, len(self._lines[line])), last_line, self._after(last_line, last))

    def _sign(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._begins, at) - 1
        within, places = at - self._begins[line], self._places[line]
        return line, within if places is None else places[min(within, len(places) - 1)] if places else 0

    def _after(self, line: int, sign: int) -> int:
        text, after = self._lines[line], sign + 1
        while after < len(text) and unicodedata.combining(text[after]):
            after += 1  # an accent written as a sign of its own belongs to its letter
        return min(after, len(text))


def seen(line: Line) -> str:
    """Return a line as people see it: its words, one blank between them."""
    return " ".join(word.text for word in line.words) or line.text


def words_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the first and the last word, counted from 0, that a stretch of a line touches."""
    first = text.count(" ", 0, start)
    return first, max(first, text.count(" ", 0, max(start, end - 1)))


def replaced(lines: Sequence[str], places: Iterable[Found], replacement: str) -> tuple[Mapping[int, str], int]:
    """Return the lines that read differently once every place has another text, and how many places must stay.

    What runs over the end of a line is written in the line it begins in. A place stays where its line would be left
    without words.
    """
    now: dict[int, str] = {}
    stay = 0
    for place in sorted(places, key=lambda one: (one.line, one.start), reverse=True):
        changed = _with(lambda number: now.get(number, lines[number]), place, replacement)
        if all(text.strip() for text in changed.values()):
            now.update(changed)
        else:
            stay += 1
    tidy = {number: " ".join(text.split()) for number, text in sorted(now.items())}
    return {number: text for number, text in tidy.items() if text != lines[number]}, stay


def _with(read: Callable[[int], str], place: Found, replacement: str) -> dict[int, str]:
    first = read(place.line)
    if place.last_line == place.line:
        return {place.line: first[: place.start] + replacement + first[place.end :]}
    changed = {place.line: first[: place.start] + replacement}
    changed |= dict.fromkeys(range(place.line + 1, place.last_line), "")
    return changed | {place.last_line: read(place.last_line)[place.end :]}


def _as_compared(text: str, *, match_case: bool) -> tuple[str, list[int] | None]:
    """Return a text as it is compared, and for each of its signs the place it came from; None where none moved."""
    if match_case:
        return text.translate(_SAME), None
    if text.isascii():
        return text.lower().replace("`", "'"), None
    signs = [_folded(sign) for sign in text]
    if all(len(sign) == 1 for sign in signs):
        return "".join(signs), None
    return "".join(signs), [number for number, sign in enumerate(signs) for _letter in sign]


@cache
def _folded(sign: str) -> str:
    """Return a sign without case and accents; one that only changes the sign before it vanishes."""
    plain = unicodedata.normalize("NFD", sign.translate(_SAME)).casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def _stands_alone(text: str, at: int, end: int) -> bool:
    """Tell whether no letter goes on before or after; what an apostrophe cuts off, as in “l'ami”, stands alone."""
    before, after = text[at - 1 : at], text[end : end + 2]
    goes_on = after[:1].isalnum() or (after[:1] == "'" and after[1:].isalnum() and text[at:end].isalpha())
    return not (before.isalnum() and text[at].isalnum()) and not (goes_on and text[end - 1].isalnum())
