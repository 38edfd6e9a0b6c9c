"""Folding: the words of a text without what typesetting, spelling programs and PDFs do to them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What an editor puts between somebody's words."""

    CUT = "cut"
    """`[…]`: words were left out here."""
    ASIDE = "aside"
    """`[name withheld]`, `[the clinic]`: the editor's words, instead of a few of the speaker's or beside them."""


_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_LETTER = rf"[\w%$€£\u0300-\u036f{_UNSEEN}]"
_WITHIN = r"['’‘ʼ´`]|[-\u2010\u2011](?:[^\S\n]*\n\s*)?|(?<=\d)[.,](?=\d)"
_SIGNS = re.compile(
    r"(?P<cut>\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})"
    r"|(?P<aside>\[[^][]{1,60}\])"
    rf"|(?P<word>{_LETTER}+(?:(?:{_WITHIN}){_LETTER}+)*)"
)
_DROPPED = re.compile(r"[^\w%$€£.]|_")
_SPELLED_OUT = str.maketrans({"œ": "oe", "æ": "ae", ",": "."})


def folded(word: str) -> str:
    """Return a word as it is compared: without case, accents, ligatures, hyphens and apostrophes.

    Accents go because PDFs lose them; a sentence that differs in nothing else is the same sentence.
    """
    plain = unicodedata.normalize("NFKC", word).casefold().translate(_SPELLED_OUT)
    return _DROPPED.sub("", unicodedata.normalize("NFD", plain)).strip(".")


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, without what its editor put between them."""
    return [word for word, _, _ in _tokens(text) if not isinstance(word, Mark)]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a word stands: the number of its piece, and its first and last sign there (end excluded)."""

    piece: int
    start: int
    end: int


class FoldedText:
    """The words of several pieces of text, one after the other, each with the place it came from."""

    def __init__(self, pieces: Sequence[str], *, asides: bool = False) -> None:
        """`asides` takes what stands in square brackets for words like any other."""
        self.pieces = pieces
        self.words: list[str] = []
        self.spots: list[Spot] = []
        self.marks: dict[int, Mark] = {}
        """By the number of the word they stand before."""
        for number, piece in enumerate(pieces):
            self._add(number, piece, asides)
        self._squeeze()

    def _add(self, number: int, piece: str, asides: bool) -> None:
        for word, start, end in _tokens(piece, asides=asides):
            if isinstance(word, Mark):
                self.marks.setdefault(len(self.words), word)
            else:
                self.words.append(word)
                self.spots.append(Spot(number, start, end))

    def _squeeze(self) -> None:
        self._letters = "".join(self.words)
        self._begins = [0]
        for word in self.words:
            self._begins.append(self._begins[-1] + len(word))
        self._boundaries = frozenset(self._begins)

    def whereabouts(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield first and last word (excluded) of every place with just these letters, however they are spaced."""
        wanted = "".join(words)
        at = self._letters.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if at in self._boundaries and end in self._boundaries:
                yield bisect_right(self._begins, at) - 1, bisect_right(self._begins, end) - 1
            at = self._letters.find(wanted, at + 1)

    def original(self, first: int, last: int) -> str:
        """Return the text from one word to another (excluded), as it stands in the pieces."""
        begin, end = self.spots[first], self.spots[last - 1]
        if begin.piece == end.piece:
            return " ".join(self.pieces[begin.piece][begin.start : end.end].split())
        between = self.pieces[begin.piece + 1 : end.piece]
        parts = [self.pieces[begin.piece][begin.start :], *between, self.pieces[end.piece][: end.end]]
        return " ".join(" ".join(parts).split())

    def stands_alone(self, first: int, last: int) -> bool:
        """Tell whether nothing but quotation marks and signs stands around these words in their piece."""
        begin, end = self.spots[first], self.spots[last - 1]
        before = self.pieces[begin.piece][: begin.start].rstrip()
        after = self.pieces[end.piece][end.end :].lstrip().lstrip(".,;:!?…").lstrip()
        return (not before or before[-1] in _OPENING) and (not after or after[0] in _CLOSING)


_OPENING = "\"“„«‹'‘"
_CLOSING = "\"”“»›'’"


def _tokens(text: str, *, asides: bool = False) -> Iterator[tuple[str | Mark, int, int]]:
    for sign in _SIGNS.finditer(text):
        if sign["cut"]:
            yield Mark.CUT, sign.start(), sign.end()
        elif sign["aside"]:
            if asides:
                shifted = sign.start() + 1
                yield from ((w, s + shifted, e + shifted) for w, s, e in _tokens(sign["aside"][1:-1], asides=True))
            else:
                yield Mark.ASIDE, sign.start(), sign.end()
        elif word := folded(sign["word"]):
            yield word, sign.start(), sign.end()
