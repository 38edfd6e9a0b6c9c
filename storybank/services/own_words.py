"""Own words: codes that are named in what somebody said; such a name leaves only where that person's words may."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from storybank.domain.answer import Verdict
from storybank.domain.clearance import permission
from storybank.domain.codebook import Code, CodeKind, by_key
from storybank.domain.codebook_changes import sounds
from storybank.domain.export import Passage
from storybank.domain.use import Use
from storybank.domain.vocabulary import CODES
from storybank.ports import UnitOfWork
from storybank.services.circles import circle_of

OWN_WORDS = 3
"""So many words of a name, said in a quote that has the code, are that person's words and not ours."""
_SHIPPED = frozenset(text for code in CODES for text in (code.label_en, code.label_fr, *code.aliases))


def that_may_leave(work: UnitOfWork, codes: Sequence[Code], uses: Sequence[Use], on: date) -> list[Code]:
    """Return the codebook as it may be read outside: without names in the words of somebody who may not be quoted."""
    said = said_in_confidence(work, codes, uses, on)
    return without([free_of(code, said[code.key]) for code in codes], held(codes, said))


def named_within(passage: Passage, codes: Sequence[Code]) -> Passage:
    """Return a passage under those building blocks alone that may be named."""
    known = {code.key for code in codes}
    return replace(passage, blocks=tuple(block for block in passage.blocks if block.key in known))


def said_in_confidence(work: UnitOfWork, codes: Sequence[Code], uses: Sequence[Use],
                       on: date) -> Mapping[str, set[str]]:
    """Return for each code those of its names and aliases which are words of somebody that may not leave.

    They may leave where the gate allows every one of `uses` that day, without any condition; without uses, never.
    A name in which somebody of the library is named in full stays, too.
    """
    long = {code.key: {text for text in (*names_of(code), *code.aliases) if is_long(text)} for code in codes}
    free: dict[str, bool] = {}
    found: dict[str, set[str]] = {code.key: set() for code in codes}

    def may_leave(story_id: str) -> bool:
        if story_id not in free:
            circle = circle_of(work, story_id)
            free[story_id] = bool(uses) and not circle.restrictions and all(
                permission(circle, use, on).verdict is Verdict.ALLOW for use in uses)
        return free[story_id]

    for key, quote_id, story_id in work.codings.tagged() if any(long.values()) else ():
        if long[key] and not may_leave(story_id):
            text = work.quotes.get(quote_id).text
            found[key] |= {one for one in long[key] if is_said(one, text)}
    people = [person.name for person in work.contributors.all() if not person.is_community and " " in person.name]
    for code in codes:
        found[code.key] |= {text for text in (*names_of(code), *code.aliases)
                            if text not in _SHIPPED and any(is_said(name, text) for name in people)}
    return found


def held(codes: Sequence[Code], said: Mapping[str, set[str]]) -> set[str]:
    """Return the codes that stay because of what they are called; of others, aliases do."""
    return {code.key for code in codes if is_own_tag(code) and said[code.key] & set(names_of(code))}


def is_own_tag(code: Code) -> bool:
    """Tell whether a code may have been made while reading: a tag of one's own, or one under another code."""
    return code.kind is CodeKind.FREE or bool(code.parent)


def is_long(text: str) -> bool:
    """Tell whether a name has so many words, and none of those that every library begins with, as to be a quote."""
    return len(sounds(text).split()) >= OWN_WORDS and text not in _SHIPPED


def is_said(name: str, text: str) -> bool:
    """Tell whether a name is in a text, word for word."""
    return f" {sounds(name)} " in f" {sounds(text)} "


def names_of(code: Code) -> tuple[str, ...]:
    """Return what a code is called, long and short, in both languages."""
    return code.label_en, code.label_fr, code.short_en, code.short_fr


def free_of(code: Code, said: Collection[str]) -> Code:
    """Return a code without those of its aliases."""
    return replace(code, aliases=tuple(one for one in code.aliases if one not in said))


def without(codes: Sequence[Code], gone: set[str]) -> list[Code]:
    """Return codes without some; those under them stand where they stood."""
    known = by_key(codes)

    def parent(code: Code) -> str:
        above = code.parent
        while above in gone:
            above = known[above].parent
        return above

    return [replace(code, parent=parent(code)) for code in codes if code.key not in gone]
