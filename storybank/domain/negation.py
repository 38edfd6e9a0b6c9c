"""Negation: the words whose loss turns a sentence into its opposite."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

_NOES = frozenset({
    "no", "not", "never", "nobody", "nothing", "none", "neither", "nor", "nowhere", "cannot", "without", "hardly",
    "barely", "scarcely", "unless", "except", "dont", "doesnt", "didnt", "wont", "cant", "isnt", "arent", "wasnt",
    "werent", "wouldnt", "couldnt", "shouldnt", "havent", "hasnt", "hadnt", "ne", "non", "pas", "jamais", "sans",
    "aucun", "aucune", "ni", "rien", "guère", "nul", "nulle", "sauf", "nullement",
})  # fmt: skip
"""Said so, they deny by themselves."""
_NOES_AFTER_NE = frozenset({"plus", "personne", "point", "que"})
"""These deny only beside `ne`, which is left out with them or kept."""
_ENDS_A_SENTENCE = (".", "!", "?", "…")
_ENDS_A_CLAUSE = (*_ENDS_A_SENTENCE, ",", ";", ":", "—", "–")
_AROUND = ".,;:!?…\"“”„«»()[]—–"


@dataclass(frozen=True, slots=True)
class Lost:
    """The first denying word that a cut takes: out of a clause that stays, or out of a sentence that stays."""

    turned: str = ""
    doubtful: str = ""


def says_no(words: Sequence[str]) -> bool:
    """Tell whether any of the words denies."""
    return any(_denies(word) for word in words)


def kept_from_turning(said: Sequence[str], cut: range, kept: Collection[int]) -> Lost:
    """Return which denying word a cut takes away from words that stay; empty where it takes none, or all around it."""
    doubtful = ""
    for at in cut:
        with_ne = _bare(said[at]) in _NOES_AFTER_NE and any(
            _is_ne(said[other]) for other in _stretch(said, at, _ENDS_A_CLAUSE))
        if not _denies(said[at]) and not with_ne:
            continue
        if any(other in kept for other in _stretch(said, at, _ENDS_A_CLAUSE)):
            return Lost(turned=said[at])
        if any(other in kept for other in _stretch(said, at, _ENDS_A_SENTENCE)):
            doubtful = doubtful or said[at]
    return Lost(doubtful=doubtful)


def _stretch(said: Sequence[str], at: int, ends: tuple[str, ...]) -> range:
    """Return the words around one, from after the last that ends such a stretch to the next that does."""
    first, last = at, at
    while first > 0 and not said[first - 1].rstrip("\"”»’'").endswith(ends):
        first -= 1
    while last < len(said) - 1 and not said[last].rstrip("\"”»’'").endswith(ends):
        last += 1
    return range(first, last + 1)


def _denies(word: str) -> bool:
    bare = _bare(word)
    return bare in _NOES or bare.endswith("n't") or _is_ne(word) or any(
        part in _NOES for part in bare.replace("'", "-").split("-")[1:]
    )


def _is_ne(word: str) -> bool:
    bare = _bare(word)
    return bare == "ne" or bare.startswith("n'") or "'n'" in bare


def _bare(word: str) -> str:
    return word.casefold().replace("’", "'").strip(_AROUND)
