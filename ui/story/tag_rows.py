"""The rows of the tag palette: which codes a typed text finds, in which order, and which digit each answers to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.query import folded

ORDER = (CodeKind.BLOCK, CodeKind.STAKEHOLDER, CodeKind.STAGE, CodeKind.FREE)


@dataclass(frozen=True, slots=True)
class TagRow:
    """A row: a code, a heading of a list, or the offer to make a new code of what was typed."""

    code: Code | None = None
    heading: CodeKind | None = None
    new: str = ""
    digit: int = 0


def rows_for(codes: Sequence[Code], typed: str) -> list[TagRow]:
    """Return the rows for what was typed; accents and case do not matter, and both languages are looked through."""
    wanted = typed.strip()
    rows: list[TagRow] = []
    for kind in ORDER:
        own = [code for code in codes if code.kind is kind]
        found = [code for code in own if finds(wanted, code)]
        if found:
            rows.append(TagRow(heading=kind))
            rows += [TagRow(code, digit=own.index(code) + 1 if kind is CodeKind.BLOCK else 0) for code in found]
    if wanted and not any(_is_named(code, wanted) for code in codes):
        rows.append(TagRow(new=wanted))
    return rows


def finds(typed: str, code: Code) -> bool:
    """Tell whether every word typed begins, or is inside, one of the code's names."""
    names = folded(f"{code.label_en} {code.label_fr} {code.short_en} {code.short_fr} {code.key}")
    return all(word in names for word in folded(typed).split())


def by_digit(codes: Sequence[Code], digit: int) -> Code | None:
    """Return the building block that answers to a digit."""
    blocks = [code for code in codes if code.kind is CodeKind.BLOCK]
    return blocks[digit - 1] if 1 <= digit <= len(blocks) else None


def _is_named(code: Code, typed: str) -> bool:
    return folded(typed) in {folded(name) for name in (code.label_en, code.label_fr, code.key)}
