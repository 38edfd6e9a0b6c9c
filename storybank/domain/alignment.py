"""Alignment: which words of one transcript stand for which of another, as they sound and not as they are spelled.

Words are compared without case and punctuation; accents count. Apostrophes are one, hyphens part words, the thousands
of a number may be grouped or not, and a number up to twenty is the same in figures and in letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

_APOSTROPHES = re.compile("['’‘ʼ´`]")
_PARTS = re.compile(r"[^\W_]+(?:[.,\u00a0\u202f](?=\d)[^\W_]+)*[%$€£]?")
_GROUPED = re.compile(r"(?<=\d)[.,\u00a0\u202f](?=\d{3}(?!\d))")
_IN_LETTERS = {
    word: str(number) for words in (
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty", "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
        " seize dix-sept dix-huit dix-neuf vingt",
    ) for number, word in enumerate(words.split(), 2)
}  # fmt: skip

_RUN = 5
"""So many words in a row, found once in each of two transcripts, are the same place in both."""
_APART = 400
"""Words between two such places, at least; what lies between is aligned on its own."""
_DRIFT = 200
"""Two places further from each other than this, counted in words since the last, are taken for chance."""


class Opcode(NamedTuple):
    """A stretch of one sequence that stands for a stretch of another; `equal`, `replace`, `insert` or `delete`."""

    tag: str
    i1: int
    i2: int
    j1: int
    j2: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text as they are compared, each with the number of the word it is part of."""

    texts: list[str]
    words: list[int]


def tokens(words: Sequence[str]) -> Tokens:
    """Return the words as they are compared; one that is nothing but punctuation is none."""
    found = [(part, number) for number, word in enumerate(words) for part in parts(word)]
    return Tokens([part for part, _ in found], [number for _, number in found])


def parts(word: str) -> list[str]:
    """Return what of a word is compared: `don’t` as `dont`, `Peut-être` in two, `1,000` as `1000`."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", _GROUPED.sub("", word)).casefold())
    if (bare := plain.strip(".,;:!?…\"«»()")) in _IN_LETTERS:
        return [_IN_LETTERS[bare]]
    return [_IN_LETTERS.get(part, part.replace(",", ".")) for part in _PARTS.findall(plain)]


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """Return with how few changes one sequence becomes another; long ones are cut where both surely say the same."""
    found: list[Opcode] = []
    for i, j, i_end, j_end in _pieces(old, new):
        for one in Levenshtein.opcodes(old[i:i_end], new[j:j_end]):
            here = Opcode(one.tag, one.src_start + i, one.src_end + i, one.dest_start + j, one.dest_end + j)
            if found and found[-1].tag == here.tag == "equal":
                here = Opcode("equal", found[-1].i1, here.i2, found.pop().j1, here.j2)
            found.append(here)
    return found


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    i, j = 0, 0
    for i_end, j_end in [*_same_places(old, new), (len(old), len(new))]:
        yield i, j, i_end, j_end
        i, j = i_end, j_end


def _same_places(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    if min(len(old), len(new)) < 2 * _APART:
        return
    there = _once(new)
    last_i, last_j = 0, 0
    for run, i in _once(old).items():
        j = there.get(run)
        if j is None or i - last_i < _APART or j - last_j < _APART or abs((i - last_i) - (j - last_j)) > _DRIFT:
            continue
        yield i, j
        last_i, last_j = i, j


def _once(texts: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return where each run of words stands that is there only once, in their order."""
    runs = [tuple(texts[at : at + _RUN]) for at in range(len(texts) - _RUN + 1)]
    often = Counter(runs)
    return {run: at for at, run in enumerate(runs) if often[run] == 1}
