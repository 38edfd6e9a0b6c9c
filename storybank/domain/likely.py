"""Likely: where a term of the glossary was probably meant, though an engine wrote something else.

Words are compared by their letters alone, so that a name that was split in two, or run into one, is known again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from storybank.domain.folding import folded
from storybank.domain.glossary import GlossaryEntry, Suggestion
from storybank.domain.transcript import Line

_AROUND = re.compile(r"(?P<before>\W*)(?P<elided>(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w))?)"
                     r"(?P<core>.*?)(?P<after>(?:['’]s)?\W*)", re.IGNORECASE | re.DOTALL)
_ENDINGS = ("s", "es", "x", "e")
"""What a term may have at its end besides and still be the term: plurals, and the French feminine."""
_FEWEST_FOR_CASE = 5
"""Letters that a single word needs before its capitals alone make it a term: “it” is seldom IT, “will” seldom Will."""
_SAME_BEGINNING = 6
"""Terms of no more letters than this must begin alike, or “house” would be “mouse”."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " "})


def allowed(letters: int) -> int:
    """Return how many letters may be wrong in a term of so many; short ones must be right."""
    return 0 if letters <= 4 else 1 if letters <= 8 else 2 if letters <= 13 else 3


class _Token(NamedTuple):
    """A word, taken apart: signs, an elided article, the word itself, a possessive and signs."""

    before: str
    elided: str
    core: str
    after: str


class _Window(NamedTuple):
    """Some words of a line in a row; `whole` where an elision at their beginning belongs to the name, as in D'Arcy."""

    line: int
    first: int
    last: int
    whole: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A way in which a term may be written, by its letters."""

    entry: GlossaryEntry
    letters: str
    text: str
    words: int


class _Candidate(NamedTuple):
    """A window in which a term was probably meant; the best sorts first."""

    uncertain: bool
    wrong: int
    fewer: int
    window: _Window
    wanted: _Wanted


def suggestions(lines: Sequence[Line], entries: Sequence[GlossaryEntry]) -> list[Suggestion]:
    """Return where terms were probably meant, in order; nothing where a term stands as it must be written."""
    reading = _Reading(lines, [wanted for entry in entries for wanted in _ways(entry)])
    return reading.chosen([*reading.heard_as(entries), *reading.misspelt()])


class _Reading:
    """The words of a transcript, in windows that are compared with the terms."""

    def __init__(self, lines: Sequence[Line], wanted: Sequence[_Wanted]) -> None:
        self._lines = lines
        self._wanted = wanted
        self._tokens = [[_taken_apart(word.text) for word in line.words] for line in lines]
        widest = max((one.words for one in wanted), default=0) + 1
        self._windows: dict[str, list[_Window]] = defaultdict(list)
        for number in range(len(lines) if wanted else 0):
            self._add_windows(number, widest)
        self._standing = self._find_standing()

    def heard_as(self, entries: Sequence[GlossaryEntry]) -> Iterator[_Candidate]:
        """Yield the places that read just as the glossary says engines write a term."""
        for entry in entries:
            for wanted in _ways(entry)[:1]:
                for spelling in entry.heard_as:
                    yield from self._spelled(spelling, wanted)

    def misspelt(self) -> Iterator[_Candidate]:
        """Yield the places that read nearly like a term."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for letters in self._windows:
            by_length[len(letters)].append(letters)
        for wanted in self._wanted:
            for letters, wrong in _near(wanted, by_length):
                for window in self._windows[letters]:
                    if self._may_be(window, wanted) and (wrong or self._is_worth_saying(window, wanted)):
                        yield _Candidate(True, wrong, -len(letters), window, wanted)

    def chosen(self, candidates: Sequence[_Candidate]) -> list[Suggestion]:
        """Return the best of those that share words, in the order of the transcript."""
        taken: set[tuple[int, int]] = set()
        best = []
        for one in sorted(candidates, key=lambda one: one[:-1]):
            words = {(one.window.line, word) for word in range(one.window.first, one.window.last + 1)}
            if not words & taken and all(self._standing.get(word, 0) < one.wanted.words for word in words):
                taken |= words
                best.append(one)
        said = [self._suggestion(one) for one in sorted(best, key=lambda one: one.window)]
        return [one for one in said if one.found != one.replacement]

    def _add_windows(self, number: int, widest: int) -> None:
        tokens = self._tokens[number]
        bare = [_letters(token.core) for token in tokens]
        for first, token in enumerate(tokens):
            letters, with_elision = "", _letters(token.elided)
            for last in range(first, min(first + widest, len(tokens))):
                letters += bare[last]
                if bare[last] and bare[first]:
                    self._windows[letters].append(_Window(number, first, last, False))
                    if with_elision:
                        self._windows[with_elision + letters].append(_Window(number, first, last, True))
                if _breaks(tokens, last):
                    break

    def _spelled(self, spelling: str, wanted: _Wanted) -> Iterator[_Candidate]:
        letters, words = _letters(spelling), len(spelling.split())
        for window in self._windows.get(letters, ()):
            if wanted.entry.is_said_in(self._lines[window.line].language):
                exact = window.last - window.first + 1 == words
                yield _Candidate(not exact, 0, -len(letters), window, wanted)

    def _find_standing(self) -> dict[tuple[int, int], int]:
        """Return the words in which a term stands as it must be written, with how many words the longest has.

        A first name that is right says nothing of the name behind it.
        """
        standing: dict[tuple[int, int], int] = {}
        for wanted in self._wanted:
            for ending in ("", *_ENDINGS):
                for window in self._windows.get(wanted.letters + ending, ()):
                    if _stands(self._core(window), wanted.text):
                        for word in range(window.first, window.last + 1):
                            most = standing.get((window.line, word), 0)
                            standing[window.line, word] = max(most, wanted.words)
        return standing

    def _may_be(self, window: _Window, wanted: _Wanted) -> bool:
        words = window.last - window.first + 1
        return abs(words - wanted.words) <= 1 and wanted.entry.is_said_in(self._lines[window.line].language)

    def _is_worth_saying(self, window: _Window, wanted: _Wanted) -> bool:
        """Tell whether words with the same letters differ from the term in more than a capital that chance gives."""
        core = self._core(window).translate(_ALIKE)
        if core.casefold() != wanted.text.translate(_ALIKE).casefold():
            return True
        lacks_capitals = any(a.isupper() and b.islower() for a, b in zip(wanted.text, core, strict=False))
        return lacks_capitals and (wanted.words > 1 or len(wanted.letters) >= _FEWEST_FOR_CASE)

    def _core(self, window: _Window) -> str:
        """Return the words of a window, without what is around them."""
        tokens = self._tokens[window.line][window.first : window.last + 1]
        parts = ["".join(token) for token in tokens]
        parts[0] = (tokens[0].elided if window.whole else "") + tokens[0].core + tokens[0].after
        parts[-1] = parts[-1].removesuffix(tokens[-1].after)
        return " ".join(parts)

    def _suggestion(self, one: _Candidate) -> Suggestion:
        window = one.window
        tokens, line = self._tokens[window.line], self._lines[window.line]
        first, last = tokens[window.first], tokens[window.last]
        before = first.before + ("" if window.whole else first.elided)
        right = before + _with_case_of(self._core(window), one.wanted.text) + last.after
        found = " ".join(word.text for word in line.words[window.first : window.last + 1])
        return Suggestion(line.id, window.first, window.last, found, right, one.wanted.entry.id, not one.uncertain)


def _near(wanted: _Wanted, by_length: Mapping[int, Sequence[str]]) -> Iterator[tuple[str, int]]:
    """Yield the letters that are as good as those of a term, and how many of them are wrong."""
    letters, most = wanted.letters, allowed(len(wanted.letters))
    same = {letters + ending for ending in _ENDINGS} | {letters.removesuffix(ending) for ending in _ENDINGS}
    for length in range(len(letters) - most, len(letters) + most + 1):
        for found, wrong, _index in extract(letters, by_length.get(length, ()), scorer=OSA.distance, processor=None,
                                            score_cutoff=most, limit=None):
            begins_alike = len(letters) > _SAME_BEGINNING or found[0] == letters[0]
            if found == letters or (begins_alike and found not in same):
                yield found, int(wrong)


def _ways(entry: GlossaryEntry) -> list[_Wanted]:
    """Return how a term may be written: as it is, and a common noun in the plural."""
    texts = [entry.term] + ([f"{entry.term}s"] if entry.term.islower() and entry.term[-1] not in "sxz" else [])
    return [_Wanted(entry, letters, text, len(text.split())) for text in texts if (letters := _letters(text))]


def _stands(core: str, term: str) -> bool:
    """Tell whether a term is written right: a capital may begin a sentence, and it may be in the plural."""
    core, term = core.translate(_ALIKE), term.translate(_ALIKE)
    if core.isupper() and len(core) > 1:
        return core.casefold() in {(term + ending).casefold() for ending in ("", *_ENDINGS)}
    rest = core[len(term) :]
    first_is_right = core[:1] == term[:1] or core[:1] == term[:1].upper()
    return first_is_right and core[1 : len(term)] == term[1:] and rest in ("", *_ENDINGS)


def _with_case_of(core: str, term: str) -> str:
    return term[:1].upper() + term[1:] if core[:1].isupper() and term[:1].islower() else term


def _breaks(tokens: Sequence[_Token], last: int) -> bool:
    """Tell whether a sign stands between a word and the next, so that no name goes on there."""
    ends = any(not sign.isspace() and sign not in "-'’s" for sign in tokens[last].after)
    return ends or (last + 1 < len(tokens) and bool(tokens[last + 1].before.strip()))


@lru_cache(maxsize=50_000)
def _taken_apart(word: str) -> _Token:
    found = _AROUND.fullmatch(word)
    return _Token(*found.group("before", "elided", "core", "after")) if found else _Token("", "", word, "")


@lru_cache(maxsize=50_000)
def _letters(text: str) -> str:
    return "".join(folded(word) for word in text.split())
