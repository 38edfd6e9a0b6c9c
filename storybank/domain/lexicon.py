"""Lexicon: which codes a passage names, by the words of their labels, aliases and descriptions."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from storybank.domain.codebook import Code
from storybank.domain.query import folded, tokens
from storybank.domain.stemming import STEMMED, stem

_SAYS_NOTHING = """
a about after again all also am an and any are as at be because been before being but by can could did do does doing
don down each every few for from get gets go goes got had has have having he her here hers him his how i if in into is
it its just like ll long make many me more most much my need no nor not now of off on once one only or other our out
over own re really s said same say see she should so some something such t than that the their them then there these
they thing things this those three through time to too two under until up us ve very want was way we well were what
when where which while who whom why will with without would year years you your
ai au aussi aux avait avec avoir avons ayant c ca car ce cela ces cet cette ceux chaque chez comme comment d dans de
deja depuis des deux doit donc dont du elle elles en encore entre es est et etaient etait etant ete etre eu eux faire
fait faut fois font ici il ils j je jusqu l la le les leur leurs lui ma mais me meme mes moi moins mon n ne ni nos
notre nous on ont ou par parce pas peu peut plus pour pourquoi qu quand que quel quelle qui quoi rien s sa sans se ses
si son sont sous suis sur ta te tes toi ton tous tout toute toutes tres trop tu un une va vers vos votre vous y
annee annees an ans chose choses
"""
"""What says nothing of what is spoken about, in English and French; folded."""
_FUNCTION_WORDS = frozenset(_SAYS_NOTHING.split())

_LABEL, _GIST, _PHRASE, _LONGER = 0.5, 0.25, 1.0, 0.4
"""What a word of the label or of the description weighs, a whole phrase, and each word more that it has."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a passage: as it reads, and its stem."""

    surface: str
    stem: str

    @property
    def counts(self) -> bool:
        """Tell whether the word says something of what is spoken about."""
        return folded(self.surface) not in _FUNCTION_WORDS and (len(self.surface) > 1 or self.surface.isdigit())


def said(text: str, language: str) -> list[Said]:
    """Return the words of a text with their stems; a language that is not known is read as English."""
    known = language if language in STEMMED else "en"
    words = [word for word, _start, _end in tokens(unicodedata.normalize("NFC", text))]
    return [Said(word, stem(word.casefold(), known)) for word in words]


@dataclass(frozen=True, slots=True)
class Named:
    """How far a passage names a code, and by which of its words."""

    weight: float
    words: tuple[str, ...]
    """As they are said, the weightiest first."""


class Lexicon:
    """The words of a codebook, each weighed by how few codes it belongs to."""

    def __init__(self, codes: Iterable[Code]) -> None:
        codes = list(codes)
        self._phrases = {language: _phrases(codes, language) for language in STEMMED}
        self._words = {language: _words(codes, language) for language in STEMMED}

    def named(self, passage: Sequence[Said], language: str, rarity: Callable[[str], float]) -> dict[str, Named]:
        """Return the codes that a passage names; `rarity`, 0 to 1, tells how seldom a stem is said in quotes."""
        known = language if language in STEMMED else "en"
        found: dict[str, dict[str, float]] = defaultdict(dict)
        covering: dict[int, int] = {}
        for start, end, key, weight in self._whole(passage, known):
            if all(covering.get(place, 0) > end - start for place in range(start, end)):
                continue  # `link` in `link worker` is no word of its own
            told = " ".join(word.surface for word in passage[start:end])
            seldom = max((rarity(word.stem) for word in passage[start:end] if word.counts), default=0.0)
            _note(found[key], told, weight * seldom)
            covering |= {place: max(end - start, covering.get(place, 0)) for place in range(start, end)}
        for place, word in enumerate(passage):
            for key, weight in self._words[known].get(word.stem, {}).items() if word.counts else ():
                if covering.get(place, 0) < (1 if key in found else 2):
                    _note(found[key], word.surface, weight * rarity(word.stem))
        return {key: _named(words) for key, words in found.items()}

    def _whole(self, passage: Sequence[Said], language: str) -> list[tuple[int, int, str, float]]:
        """Return where whole phrases stand: first word, last (excluded), code and weight; the longest first."""
        found = []
        stems = [word.stem for word in passage]
        for start, first in enumerate(stems):
            for phrase, weights in self._phrases[language].get(first, {}).items():
                if tuple(stems[start : start + len(phrase)]) == phrase:
                    found += [(start, start + len(phrase), key, weight) for key, weight in weights.items()]
        return sorted(found, key=lambda one: (one[0] - one[1], one))


def _note(words: dict[str, float], told: str, weight: float) -> None:
    """Keep a word once, as heavy as it ever is; a phrase that is part of a longer one adds nothing."""
    plain = told.casefold()
    if not any(plain != one and f" {plain} " in f" {one} " for one in words):
        words[plain] = max(weight, words.get(plain, 0.0))


def _named(words: Mapping[str, float]) -> Named:
    return Named(sum(words.values()), tuple(sorted(words, key=lambda one: (-words[one], one))))


def _phrases(codes: Sequence[Code], language: str) -> dict[str, dict[tuple[str, ...], dict[str, float]]]:
    """Return the phrases that name codes whole, by their first stem."""
    whole: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for code in codes:
        for text in (code.label_en, code.label_fr, code.short_en, code.short_fr, *code.aliases):
            words = said(text, language)
            if any(word.counts for word in words):
                whole[tuple(word.stem for word in words)].add(code.key)
    found: dict[str, dict[tuple[str, ...], dict[str, float]]] = defaultdict(dict)
    for phrase, keys in whole.items():
        weight = (_PHRASE + _LONGER * (len(phrase) - 1)) * _seldom(len(keys), len(codes))
        found[phrase[0]][phrase] = dict.fromkeys(keys, weight)
    return found


def _words(codes: Sequence[Code], language: str) -> dict[str, dict[str, float]]:
    """Return the single words of labels and descriptions, with what each weighs for which code."""
    own: dict[str, dict[str, float]] = defaultdict(dict)
    for code in codes:
        for weight, texts in ((_GIST, (code.gist_en, code.gist_fr)), (_LABEL, (code.label_en, code.label_fr))):
            for word in (word for text in texts for word in said(text, language) if word.counts):
                own[word.stem][code.key] = weight
    count = Counter({word: len(keys) for word, keys in own.items()})
    return {
        word: {key: weight * _seldom(count[word], len(codes)) for key, weight in keys.items()}
        for word, keys in own.items()
    }


def _seldom(count: int, among: int) -> float:
    """Return how much a word tells that belongs to `count` codes `among` all: 1 for a single one, towards 0 for all."""
    return log(1 + among / count) / log(1 + among) if among else 0.0
