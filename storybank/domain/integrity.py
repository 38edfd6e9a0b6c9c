"""Integrity: what an editor may do to somebody's words: cut and say so, add in brackets, and change nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from textwrap import shorten

from storybank.domain.negation import kept_from_turning, says_no
from storybank.domain.quote import Quote, Translation
from storybank.words import Sentence, say

CUT = "[…]"
LONGEST_INSERTION = 60
"""Characters that an editor may put between somebody's words in one place."""
_MOST_SIGNS, _MOST_REPLACED = 40, 6
"""Of a word; and words that brackets may stand for without a cut beside them."""
_LONGEST = 10_000

_BRACKETED_CUT = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)")
_TOKENS = re.compile(
    r"(?P<cut>\[…\])|(?P<capital>(?:[^\W\d_]+['’])?\[[^\W\d_]\](?=[^\W\d_]|['’])[\w'’\-]*)|(?P<aside>\[[^\[\]]*\])"
    r"|(?P<pause>…|\.{3})|(?P<word>[^\s\[\]…]+?(?=\[|\]|…|\.{3}|\s|$))"
)
_MARKS = " \t.,;:!?…\"“”„«»‹›()—–-*'’"


class Kind(StrEnum):
    """What is wrong with a wording."""

    ADDED = "added"
    """A word outside brackets that was not said there."""
    UNMARKED = "unmarked"
    """Words are left out, and nothing says so."""
    CAPITAL = "capital"
    """A capital was changed outside brackets."""
    TURNED = "turned"
    """A cut or an insertion turns what was said into its opposite."""
    DOUBTFUL = "doubtful"
    """A cut may turn it: somebody has to look again."""
    QUESTION = "question"
    """A question is a statement now, or the other way round."""
    BRACKETS = "brackets"
    """A bracket is open, or holds too much."""
    EMPTY = "empty"
    """None of the words are left."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a wording, and at which word."""

    kind: Kind
    word: str
    message: Sentence

    @property
    def is_grave(self) -> bool:
        """Tell whether the wording is refused for it."""
        return self.kind is not Kind.DOUBTFUL


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of a wording: a word, a cut, an insertion, or dots that may be either a cut or a pause."""

    kind: str
    text: str


@dataclass(slots=True)
class _Place:
    """How far the words of the snapshot have been read, and how one came there."""

    at: int
    came_from: _Place | None = None
    skipped: tuple[int, int] = (0, 0)
    item: int = -1


def normalised(wording: str) -> str:
    """Return a wording with every cut written `[…]`, and its blanks in order."""
    composed = unicodedata.normalize("NFC", " ".join(wording.split()))
    return _BRACKETED_CUT.sub(CUT, composed)


def faults_of(snapshot: str, wording: str) -> list[Fault]:
    """Return what is wrong with a shortened wording, the gravest first; nothing where it is true to what was said."""
    return _Check(snapshot, wording).faults()


def settled(snapshot: str, wording: str) -> str:
    """Return a wording as it is kept: dots that stand for words left out are a cut, those that were said stay."""
    return _Check(snapshot, wording).settled()


def marked(translation: Translation) -> str:
    """Return a translation as it is read: never without saying that it is one."""
    sign = "[Traduction]" if translation.language == "fr" else "[Translation]"
    return f"{sign} {translation.text}"


def translation_faults(quote: Quote, language: str, text: str) -> list[Sentence]:
    """Return why a text cannot be kept as a translation of a quote."""
    found = []
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", language):
        found.append(say("{language} is no language code; write en, fr or another.", language=language))
    if language.split("-")[0] == quote.language.split("-")[0]:
        found.append(say("Quote {code} is in that language already; it is quoted, not translated.", code=quote.code))
    if not any(sign.isalpha() for sign in text):
        found.append(say("A translation needs words."))
    if len(text) > _LONGEST:
        found.append(say("This is too long for the translation of a quote."))
    return found


class _Check:
    """One wording held against what was said."""

    def __init__(self, snapshot: str, wording: str) -> None:
        self._said = unicodedata.normalize("NFC", snapshot).split()
        self._wording = normalised(wording)
        self._items = list(_items(self._wording))
        self._faults: list[Fault] = []
        self._cuts: set[int] = set()
        """The dots that stand for words left out."""

    def faults(self) -> list[Fault]:
        """Return every fault, those that are refused first."""
        self._look_at_brackets()
        if not any(item.kind in ("word", "capital") and _core(item.text) for item in self._items):
            self._add(Kind.EMPTY, "", say("None of the words are left."))
        elif not any(fault.kind is Kind.BRACKETS for fault in self._faults):
            self._follow()
        unique = list(dict.fromkeys(self._faults))
        return sorted(unique, key=lambda fault: not fault.is_grave)

    def settled(self) -> str:
        """Return the wording with every cut written `[…]`; nothing where it says all that was said, as it was said."""
        if self._wording.split() == self._said:
            return ""
        self.faults()
        numbers = iter(range(len(self._items)))
        return normalised(_TOKENS.sub(
            lambda one: f" {CUT} " if next(numbers) in self._cuts else one.group(), self._wording))

    def _look_at_brackets(self) -> None:
        rest = re.sub(r"\[[^\[\]]*\]", "", self._wording)
        if "[" in rest or "]" in rest:
            self._add(Kind.BRACKETS, "[" if "[" in rest else "]", say("A bracket is opened and never closed, or not"
                                                                      " opened."))
        if len(self._wording) > _LONGEST or sum(item.kind != "word" for item in self._items) > _MOST_SIGNS:
            self._add(Kind.BRACKETS, CUT, say("This is cut too often to be one quote. Make several of it."))
        for item in self._items:
            if item.kind == "aside" and len(item.text) - 2 > LONGEST_INSERTION:
                self._add(Kind.BRACKETS, item.text, say("This insertion is too long to stand inside a quote: {words}.",
                                                        words=item.text))
            elif item.kind == "aside" and not item.text.strip("[] "):
                self._add(Kind.BRACKETS, item.text, say("There is nothing between these brackets."))

    def _follow(self) -> None:
        """Read the wording along the words that were said, and tell wherever it leaves them."""
        places = {0: _Place(0)}
        for number, item in enumerate(self._items):
            if item.kind in ("word", "capital"):
                places = self._after_word(places, number, _core(item.text), item.text)
            else:
                places = _after_gap(places, number, len(self._said), furthest=_MOST_REPLACED
                                    if item.kind == "aside" else len(self._said))
        whole = next((places[at] for at in range(len(self._said), -1, -1) if at in places and self._only_marks(at)),
                     None)
        if whole is None:
            last = places[max(places)]
            left = " ".join(self._said[last.at :])
            self._add(Kind.UNMARKED, self._said[last.at], say(
                "The end is left out without a sign: {words}. Write […] there.", words=_short(left)))
            whole = last
        self._judge(whole)

    def _only_marks(self, at: int) -> bool:
        return not any(map(_core, self._said[at:]))

    def _after_word(self, places: dict[int, _Place], number: int, core: str, text: str) -> dict[int, _Place]:
        if not core:
            return places
        found: dict[int, _Place] = {}
        for place in places.values():
            at = self._next_said(place.at)
            if at < len(self._said) and _key(self._said[at]) == _key_of(core):
                found.setdefault(at + 1, _Place(at + 1, place, item=number))
        return found or self._lost(places, number, core, text)

    def _lost(self, places: dict[int, _Place], number: int, core: str, text: str) -> dict[int, _Place]:
        """Tell why a word does not follow, and go on where it was said; else as if it were not there."""
        nearest = places[min(places)]
        later = [at for at in range(nearest.at, len(self._said)) if _key(self._said[at]) == _key_of(core)]
        if not later:
            self._add(Kind.ADDED, text, say(
                "{word} was not said here. Put what you add in brackets: [{word}].", word=text.strip(_MARKS)))
            return places
        left = " ".join(self._said[nearest.at : later[0]])
        self._add(Kind.UNMARKED, text, say(
            "Before {word}, words are left out without a sign: {words}. Write […] there.", word=text.strip(_MARKS),
            words=_short(left)))
        return {later[0] + 1: _Place(later[0] + 1, nearest, item=number)}

    def _next_said(self, at: int) -> int:
        while at < len(self._said) and not _core(self._said[at]):
            at += 1
        return at

    def _judge(self, end: _Place) -> None:
        """Look at each word that was kept, and at what was left out between."""
        kept: dict[int, _Item] = {}
        gaps: list[tuple[int, int, str]] = []
        place: _Place | None = end
        while place is not None and place.came_from is not None:
            item = self._items[place.item]
            if item.kind in ("word", "capital"):
                kept[place.at - 1] = item
            else:
                gaps.append((*place.skipped, item.text))
                if item.kind == "pause" and place.skipped[0] < place.skipped[1]:
                    self._cuts.add(place.item)
            place = place.came_from
        for at, item in kept.items():
            self._look_at_capital(self._said[at], item)
            self._look_at_question(at, item, kept)
        for first, last, inserted in sorted(gaps):
            self._look_at_gap(first, last, inserted, kept)

    def _look_at_capital(self, said: str, item: _Item) -> None:
        bare = _core(item.text)
        if item.kind == "word" and bare != _core(said) and bare.replace("’", "'") != _core(said).replace("’", "'"):
            self._add(Kind.CAPITAL, item.text, say(
                "{word} was said as {said}. Write a changed capital in brackets: {example}.", word=bare,
                said=_core(said), example=f"[{bare[0]}]{bare[1:]}"))

    def _look_at_question(self, at: int, item: _Item, kept: dict[int, _Item]) -> None:
        ends_here = at + 1 in kept or at + 1 == len(self._said)
        asked, asks = self._said[at].rstrip("\"”»’'").endswith("?"), item.text.rstrip("\"”»’'").endswith("?")
        marked_apart = at + 1 < len(self._said) and not _core(self._said[at + 1])
        if asked != asks and (ends_here or asks) and not marked_apart:
            self._add(Kind.QUESTION, item.text, say(
                "{word} ends a question in one wording and not in the other.", word=_core(item.text)))

    def _look_at_gap(self, first: int, last: int, inserted: str, kept: dict[int, _Item]) -> None:
        aside = "" if inserted.startswith((CUT, "…", "...")) else inserted.strip("[]")
        adds = [word for word in aside.split() if says_no([word])]
        lost = kept_from_turning(self._said, range(first, last), kept.keys())
        if adds and not lost.turned and not lost.doubtful:
            self._add(Kind.TURNED, adds[0], say("{word} was not said: brackets may explain, not deny.", word=adds[0]))
        if lost.turned and not adds:
            self._add(Kind.TURNED, lost.turned, say(
                "Leaving out {word} turns what was said into its opposite. Keep it, or cut the whole sentence.",
                word=_core(lost.turned)))
        elif lost.doubtful and not adds:
            self._add(Kind.DOUBTFUL, lost.doubtful, say(
                "{word} is left out, and the rest of its sentence stays. Read both again: do they say the same?",
                word=_core(lost.doubtful)))

    def _add(self, kind: Kind, word: str, message: Sentence) -> None:
        self._faults.append(Fault(kind, word, message))


def _items(wording: str) -> Iterator[_Item]:
    for found in _TOKENS.finditer(wording):
        kind = str(found.lastgroup)
        yield _Item(kind, found.group())


def _after_gap(places: dict[int, _Place], number: int, size: int, *, furthest: int) -> dict[int, _Place]:
    """Return every place that may follow a sign which stands for some words, or for none."""
    found: dict[int, _Place] = {}
    place = places[min(places)]
    for at in range(place.at, size + 1):
        place = places.get(at, place)
        if at - place.at <= furthest:
            found[at] = _Place(at, place, (place.at, at), number)
    return found


def _core(text: str) -> str:
    """Return a word without the marks around it and the brackets around its capital."""
    return re.sub(r"\[(\w)\]", r"\1", text).strip(_MARKS)


def _key(said: str) -> str:
    return _key_of(_core(said))


def _key_of(core: str) -> str:
    return core.casefold().replace("’", "'").replace("‑", "-")


def _short(words: str) -> str:
    return shorten(words.rstrip(" .,;:"), LONGEST_INSERTION, placeholder=" …")
