"""Field values: what may stand behind each field of the query language, in the language the field was typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from storybank.domain.codebook import CodeKind
from storybank.domain.vocabulary import PROVINCES
from storybank.ports import UnitOfWork

_FRENCH = frozenset({
    "locuteur", "locutrice", "personne", "bloc", "partie", "intervenant", "intervenante", "etiquette", "etape",
    "territoire", "pays", "langue", "annee", "recit", "codeur", "codeuse", "utilisable", "a", "est", "avant", "apres",
    "genre",
})  # fmt: skip
"""The names of fields that only somebody types who writes French."""

_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "has": (("memo", "note"), ("quote", "citation"), ("translation", "traduction")),
    "is": (("tagged", "étiqueté"), ("untagged", "non-étiqueté"), ("important", "important"), ("reviewed", "relu"),
           ("changed", "modifié"), ("lost", "perdu")),
    "kind": (("passage", "passage"), ("quote", "citation"), ("memo", "note"), ("story", "récit")),
    "language": (("en", "en"), ("fr", "fr")),
    "province": tuple(PROVINCES.values()),
}  # fmt: skip
"""What is always the same, in English and in French."""


def values_of(work: UnitOfWork, field: str, typed: str) -> list[str]:
    """Return what a field may be, as it is written in the language of the name that was typed for it."""
    french = typed in _FRENCH
    if field in _WORDS:
        return [pair[french] for pair in _WORDS[field]]
    return list(_KEPT[field](work, "fr" if french else "en")) if field in _KEPT else []


def _codes(*kinds: CodeKind) -> Callable[[UnitOfWork, str], Iterable[str]]:
    return lambda work, language: (code.label(language) for code in work.codebook.codes() if code.kind in kinds)


def _speakers(work: UnitOfWork, _language: str) -> list[str]:
    return sorted(person.name for person in work.contributors.all() if person.name)


def _coders(work: UnitOfWork, _language: str) -> list[str]:
    return [coder.name for coder in work.codings.coders() if coder.name]


def _years(work: UnitOfWork, _language: str) -> list[str]:
    return sorted({story.recorded_on[:4] for story in work.stories.all() if story.recorded_on}, reverse=True)


def _stories(work: UnitOfWork, _language: str) -> list[str]:
    return [story.code for story in work.stories.all() if not story.sealed_on]


def _uses(work: UnitOfWork, language: str) -> list[str]:
    return [use.label(language) for use in work.codebook.uses()]


_KEPT: Mapping[str, Callable[[UnitOfWork, str], Iterable[str]]] = {
    "speaker": _speakers, "coder": _coders, "year": _years, "story": _stories, "usable": _uses,
    "block": _codes(CodeKind.BLOCK), "stakeholder": _codes(CodeKind.STAKEHOLDER), "stage": _codes(CodeKind.STAGE),
    "code": _codes(*CodeKind),
}  # fmt: skip
"""What the library itself holds."""
