"""Guards: what a passage's text itself says against its having been spoken; found, never removed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from storybank.domain.flag import Flag

LONGEST_LOOP_WORDS = 8
LOOP_TIMES = 4
SAME_LINES = 3
FASTEST, SLOWEST = 25, 1
"""Characters a second beyond which nobody speaks, and below which hardly anything is said."""
SLOW_FROM_MS = 5_000
_LETTERS_OF_A_LOOP = 6


@dataclass(frozen=True, slots=True)
class Guard:
    """Knows what engines invent, and what this engine was told beforehand; finds it in lines."""

    stock: tuple[str, ...]
    terms: tuple[str, ...]

    @classmethod
    def knowing(cls, stock: Iterable[str] = (), glossary: Iterable[str] = ()) -> Guard:
        """Return a guard against stock phrases, and against the words to know being said back."""
        return cls(*(tuple(filter(None, map(folded, texts))) for texts in (stock, glossary)))

    def of_line(self, text: str, before: Sequence[str] = ()) -> tuple[Flag, ...]:
        """Return what is odd about the words of a line, given the lines `before` it, the nearest last."""
        return tuple(self._odd(text, before))

    def _odd(self, text: str, before: Sequence[str]) -> Iterator[Flag]:
        said, earlier = folded(text), [folded(line) for line in before[-(SAME_LINES - 1) :]]
        if loops(text):
            yield Flag.LOOP
        if said and earlier == [said] * (SAME_LINES - 1):
            yield Flag.REPEATED
        if any(said == phrase or said.endswith(f" {phrase}") for phrase in self.stock):
            yield Flag.STOCK_PHRASE
        if self._echoes(said):
            yield Flag.ECHO

    def _echoes(self, said: str) -> bool:
        """Tell whether a line is nothing but two words to know or more, in the order the engine was given them."""
        return any(
            said == " ".join(self.terms[first:last])
            for first, term in enumerate(self.terms)
            if said.startswith(f"{term} ")
            for last in range(first + 2, len(self.terms) + 1)
        )


def of_breath(text: str, length_ms: int) -> tuple[Flag, ...]:
    """Return what is odd about what an engine heard in one breath: said too fast, too slowly, or over and over."""
    flags: list[Flag] = []
    if loops(text):
        flags.append(Flag.LOOP)
    if len(text) * 1000 > FASTEST * length_ms:
        flags.append(Flag.TOO_FAST)
    if length_ms > SLOW_FROM_MS and len(text) * 1000 < SLOWEST * length_ms:
        flags.append(Flag.TOO_SLOW)
    return tuple(flags)


def folded(text: str) -> str:
    """Return the words alone: without case, accents and punctuation, one space between them."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare))


def loops(text: str) -> bool:
    """Tell whether the same one to eight words come four times in a row.

    People do say "no, no, no, no": what is repeated must be longer than that, or be repeated twice as often.
    """
    words = folded(text).split()
    return any(_repeated(words, length) for length in range(1, LONGEST_LOOP_WORDS + 1))


def _repeated(words: Sequence[str], length: int) -> bool:
    """Tell whether some `length` words are followed by themselves often enough."""
    run = 0
    for at in range(length, len(words)):
        run = run + 1 if words[at] == words[at - length] else 0
        letters = sum(map(len, words[at - length + 1 : at + 1]))
        times = LOOP_TIMES if letters >= _LETTERS_OF_A_LOOP else 2 * LOOP_TIMES
        if run >= length * (times - 1):
            return True
    return False
