"""The fields of the query language: what they are called in English and French, and what may stand behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from storybank.domain.terms import Field, folded, tokens

FIELDS: Mapping[str, tuple[str, ...]] = {
    "speaker": ("speaker", "person", "locuteur", "locutrice", "personne"),
    "block": ("block", "bloc", "pilier"),
    "stakeholder": ("stakeholder", "partie", "intervenant", "intervenante"),
    "code": ("code", "tag", "etiquette"),
    "stage": ("stage", "etape"),
    "province": ("province", "territoire"),
    "country": ("country", "pays"),
    "language": ("lang", "language", "langue"),
    "year": ("year", "annee"),
    "story": ("story", "video", "recit"),
    "coder": ("coder", "codeur", "codeuse"),
    "usable": ("usable", "utilisable"),
    "has": ("has", "a"),
    "is": ("is", "est"),
    "before": ("before", "avant"),
    "after": ("after", "apres"),
    "kind": ("kind", "type", "genre"),
}
"""Each field with the names it may be typed by, folded; the first is the English one that help tells."""

_FIELD_OF = {name: field for field, names in FIELDS.items() for name in names}

_HAS = {"memo": "memo", "note": "memo", "quote": "quote", "citation": "quote", "translation": "translation",
        "traduction": "translation"}  # fmt: skip

_IS = {
    "tagged": "tagged", "coded": "tagged", "etiquete": "tagged", "etiquetee": "tagged", "code": "tagged",
    "codee": "tagged",
    "untagged": "untagged", "uncoded": "untagged", "non etiquete": "untagged", "non-etiquete": "untagged",
    "non-etiquetee": "untagged", "non-code": "untagged", "non-codee": "untagged",
    "important": "important", "importante": "important",
    "reviewed": "reviewed", "relu": "reviewed", "relue": "reviewed", "revise": "reviewed", "revisee": "reviewed",
    "changed": "changed", "modifie": "changed", "modifiee": "changed", "change": "changed", "changee": "changed",
    "lost": "lost", "perdu": "lost", "perdue": "lost",
}  # fmt: skip

_KINDS = {
    "passage": "passage", "passages": "passage", "transcript": "passage", "quote": "quote", "quotes": "quote",
    "citation": "quote", "citations": "quote", "memo": "memo", "memos": "memo", "note": "memo", "notes": "memo",
    "story": "story", "stories": "story", "recit": "story", "recits": "story", "details": "story",
}  # fmt: skip

_LANGUAGES = {"english": "en", "anglais": "en", "eng": "en", "french": "fr", "francais": "fr", "fra": "fr",
              "fre": "fr"}  # fmt: skip

_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")
_YEARS = re.compile(r"(\d{4})?(\.\.\.?|…|-)?(\d{4})?")


def field_of(name: str, untrusted_values: Sequence[str]) -> Field | None:
    """Return the field that was typed; None where there is no such field, or where it cannot have such a value."""
    field = _FIELD_OF.get(folded(name))
    if field is None:
        return None
    values = tuple(folded(value).strip() for value in untrusted_values)
    known = tuple(_READ.get(field, _as_typed)(value) for value in values if value)
    return Field(field, tuple(dict.fromkeys(known))) if known and "" not in known else None


def _as_typed(value: str) -> str:
    return value if tokens(value) else ""


def _one_of(known: Mapping[str, str]) -> Callable[[str], str]:
    return lambda value: known.get(value, "")


def _day(value: str) -> str:
    day = value.replace("/", "-")
    return day if _DAY.fullmatch(day) else ""


def _years(value: str) -> str:
    """Return a year, or years as `2020..2023`, where either end may be open."""
    found = _YEARS.fullmatch(value)
    if found is None or not (found[1] or found[3]):
        return ""
    if found[2] is None:
        return "" if found[1] and found[3] else value
    return f"{found[1] or ''}..{found[3] or ''}"


def _language(value: str) -> str:
    return _LANGUAGES.get(value, value.partition("-")[0] if tokens(value) else "")


_READ: Mapping[str, Callable[[str], str]] = {
    "has": _one_of(_HAS), "is": _one_of(_IS), "kind": _one_of(_KINDS), "before": _day, "after": _day, "year": _years,
    "language": _language,
}  # fmt: skip
