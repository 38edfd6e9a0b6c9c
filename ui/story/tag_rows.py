"""The rows of the tag palette: which codes a typed text finds, in which order, and which digit each answers to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from storybank.domain.codebook import Code, CodeKind, by_key, in_order, path_of
from storybank.domain.digits import Digits
from storybank.domain.query import folded

ORDER = (CodeKind.BLOCK, CodeKind.STAKEHOLDER, CodeKind.STAGE, CodeKind.FREE)
NOTHING: Mapping[str, str] = MappingProxyType({})
SUGGESTED_DIGITS = "67890"
"""The keys of the codes that are suggested; the digits before them are the building blocks'."""


@dataclass(frozen=True, slots=True)
class TagRow:
    """A row: a code, a heading of a list, or the offer to make a new code of what was typed."""

    code: Code | None = None
    heading: CodeKind | None = None
    new: str = ""
    digit: str = ""
    depth: int = 0
    """How far it stands in, under the code it belongs to."""
    path: tuple[Code, ...] = ()
    """The codes above it, where the row stands alone."""
    reason: str = ""
    """Why it is suggested."""
    suggesting: bool = False
    """Whether it is the heading of what is suggested."""

    @property
    def choosable(self) -> bool:
        """Tell whether it can be chosen: a heading, or a code that only gathers others, cannot."""
        return bool(self.new) or (self.code is not None and self.code.codable)


def rows_for(codes: Sequence[Code], typed: str, suggested: Mapping[str, str] = NOTHING,
             digits: Digits | None = None, only: CodeKind | None = None) -> list[TagRow]:
    """Return the rows for what was typed; accents and case do not matter, and both languages are looked through.

    With nothing typed it is the codebook as a tree, and above it what is suggested; else the hits, names first.
    """
    digits = digits or Digits(codes)
    wanted, known = typed.strip(), by_key(codes)
    mine = [code for code in codes if only is None or code.kind is only]
    if wanted:
        rows = _hits(wanted, mine, known)
        named = any(_is_named(code, wanted) for code in codes)
        return rows if named else [*rows, TagRow(new=wanted)]
    rows = _suggestions(suggested, known) if only is None else []
    taken = {row.digit for row in rows}
    for kind in ORDER:
        own = in_order([code for code in mine if code.kind is kind])
        rows += [TagRow(heading=kind)] if own else []
        for code in own:
            digit = str(digits.digit(code.key) or "")
            rows.append(TagRow(code, digit="" if digit in taken else digit, depth=len(path_of(code, known)) - 1))
    return rows


def by_digit(codes: Sequence[Code], rows: Sequence[TagRow], digit: str) -> Code | None:
    """Return the code that answers to a digit in these rows."""
    known = by_key(codes)
    return next((known[row.code.key] for row in rows if row.code and digit and row.digit == digit), None)


def striped(codes: Sequence[Code], language: str) -> dict[str, str]:
    """Return the names of the codes that have stripes beside the words, building blocks first.

    A stakeholder has none: every quote of a speaker has theirs.
    """
    kinds = (CodeKind.BLOCK, CodeKind.STAGE, CodeKind.FREE)
    return {code.key: code.label(language) for kind in kinds for code in codes if code.kind is kind}


def _suggestions(suggested: Mapping[str, str], known: Mapping[str, Code]) -> list[TagRow]:
    found = [known[key] for key in suggested if key in known and known[key].codable][:len(SUGGESTED_DIGITS)]
    rows = [TagRow(code, digit=SUGGESTED_DIGITS[place], path=path_of(code, known)[:-1], reason=suggested[code.key])
            for place, code in enumerate(found)]
    return [TagRow(suggesting=True), *rows] if rows else []


def _hits(typed: str, codes: Sequence[Code], known: Mapping[str, Code]) -> list[TagRow]:
    words = folded(typed).split()
    ranked = [(rank, ORDER.index(code.kind), place, code) for place, code in enumerate(in_order(codes))
              if code.codable and (rank := _rank(words, code)) is not None]
    return [TagRow(code, path=path_of(code, known)[:-1]) for _near, _kind, _place, code in
            sorted(ranked, key=lambda one: one[:3])]


def _rank(words: Sequence[str], code: Code) -> int | None:
    """Return how near a code is to what was typed: 0 where a name begins so; None where it is not found."""
    names = [folded(name) for name in (code.label_en, code.label_fr, code.short_en, code.short_fr, code.key)]
    aliases = [folded(alias) for alias in code.aliases]
    whole = " ".join(words)
    if any(name.startswith(whole) for name in names):
        return 0
    if any(f" {whole}" in name for name in names):
        return 1
    texts = (names, aliases, [folded(code.gist_en), folded(code.gist_fr)])
    for rank, some in enumerate(texts, start=2):
        if any(all(word in text for word in words) for text in some):
            return rank
    everything = " ".join([*names, *aliases, folded(code.gist_en), folded(code.gist_fr)])
    return 5 if all(word in everything for word in words) else None


def _is_named(code: Code, typed: str) -> bool:
    names = (code.label_en, code.label_fr, code.key, *code.aliases)
    return folded(typed) in {folded(name) for name in names}
