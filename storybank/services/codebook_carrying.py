"""Carrying codebooks: out as a file for other programs, and in, after one has seen what that would do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storybank.domain.codebook_sheet import Left
from storybank.ports import CodebookFiles, OpenWork, Today
from storybank.services.codebook_import import CodebookImport, Importing
from storybank.services.own_words import free_of, held, said_in_confidence, without
from storybank.words import say


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
            said = said_in_confidence(work, codes, [work.codebook.use(use)] if use else [], self._today())
        stay = held(codes, said)
        kept = without([free_of(code, said[code.key]) for code in codes], stay)
        self._files.write(kept, to, language)
        why = say("It is named in somebody's own words, which nobody was asked about for this.")
        return CodebookExport(len(kept), tuple(Left(code.key, why) for code in codes if code.key in stay))

    def that_stay(self) -> frozenset[str]:
        """Return the codes that no table may name outside, as they are named in somebody's own words."""
        with self._open_work() as work:
            codes = work.codebook.codes()
            return frozenset(held(codes, said_in_confidence(work, codes, (), self._today())))

    def plan(self, untrusted_file: Path, language: str) -> CodebookImport:
        """Return what taking a file in would do; its edit does it, in one transaction."""
        sheet = self._files.read(untrusted_file, language)
        with self._open_work() as work:
            return Importing(work, sheet).plan(self._open_work)
