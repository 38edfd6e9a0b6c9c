"""Carrying codebooks: out as a file for other programs, and in, after one has seen what that would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from storybank.domain.answer import Verdict
from storybank.domain.clearance import permission
from storybank.domain.codebook import Code, CodeKind, by_key
from storybank.domain.codebook_changes import sounds
from storybank.domain.codebook_sheet import Left
from storybank.domain.vocabulary import CODES
from storybank.ports import CodebookFiles, OpenWork, Today, UnitOfWork
from storybank.services.circles import circle_of
from storybank.services.codebook_import import CodebookImport, Importing
from storybank.words import say

OWN_WORDS = 3
"""So many words of a name, said in a quote that has the code, are that person's words and not ours."""
_SHIPPED = frozenset(text for code in CODES for text in (code.label_en, code.label_fr, *code.aliases))


@dataclass(frozen=True, slots=True)
class CodebookExport:
    """What was written, and the codes that were left out, with the reason."""

    codes: int
    left_out: tuple[Left, ...] = ()


class CodebookCarrying:
    """A codebook is the organisation's own; but a code may be named in the words of somebody who said no."""

    def __init__(self, open_work: OpenWork, files: CodebookFiles, today: Today) -> None:
        self._open_work, self._files, self._today = open_work, files, today

    def export(self, to: Path, language: str, use: str = "") -> CodebookExport:
        """Write the codebook in the format that the file's ending names, and return what it holds.

        Codes named in somebody's own words are left out unless the gate allows `use` of those today, without any
        condition; codes under them come up. Of other codes, aliases in such words are left out.
        """
        with self._open_work() as work:
            codes = work.codebook.codes()
            said = self._said_in_confidence(work, codes, use)
        held = [code for code in codes if code.kind is CodeKind.FREE and said[code.key] & set(_names(code))]
        kept = _without([_free_of(code, said[code.key]) for code in codes], {code.key for code in held})
        self._files.write(kept, to, language)
        why = say("It is named in somebody's own words, which nobody was asked about for this.")
        return CodebookExport(len(kept), tuple(Left(code.key, why) for code in held))

    def plan(self, untrusted_file: Path, language: str) -> CodebookImport:
        """Return what taking a file in would do; its edit does it, in one transaction."""
        sheet = self._files.read(untrusted_file, language)
        with self._open_work() as work:
            return Importing(work, sheet).plan(self._open_work)

    def _said_in_confidence(self, work: UnitOfWork, codes: Sequence[Code], use: str) -> dict[str, set[str]]:
        """Return for each code those of its names and aliases which are words of somebody that may not leave."""
        asked = work.codebook.use(use) if use else None
        long = {code.key: {text for text in (*_names(code), *code.aliases)
                           if len(sounds(text).split()) >= OWN_WORDS and text not in _SHIPPED} for code in codes}
        free: dict[str, bool] = {}
        found: dict[str, set[str]] = {code.key: set() for code in codes}

        def may_leave(story_id: str) -> bool:
            if story_id not in free:
                circle = circle_of(work, story_id)
                free[story_id] = (asked is not None and not circle.restrictions
                                  and permission(circle, asked, self._today()).verdict is Verdict.ALLOW)
            return free[story_id]

        for key, quote_id, story_id in work.codings.tagged() if any(long.values()) else ():
            if long[key] and not may_leave(story_id):
                text = f" {sounds(work.quotes.get(quote_id).text)} "
                found[key] |= {one for one in long[key] if f" {sounds(one)} " in text}
        return found


def _names(code: Code) -> tuple[str, ...]:
    return code.label_en, code.label_fr, code.short_en, code.short_fr


def _free_of(code: Code, said: set[str]) -> Code:
    return replace(code, aliases=tuple(one for one in code.aliases if one not in said))


def _without(codes: Sequence[Code], gone: set[str]) -> list[Code]:
    """Return codes without some; those under them stand where they stood."""
    known = by_key(codes)

    def parent(code: Code) -> str:
        above = code.parent
        while above in gone:
            above = known[above].parent
        return above

    return [replace(code, parent=parent(code)) for code in codes if code.key not in gone]
