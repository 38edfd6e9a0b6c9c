"""Carrying codebooks: out as a file for other programs, and in, after one has seen what that would do."""

from __future__ import annotations

from pathlib import Path

from storybank.ports import CodebookFiles, OpenWork
from storybank.services.codebook_import import CodebookImport, Importing


class CodebookCarrying:
    """A codebook holds no quotes: it is the organisation's own."""

    def __init__(self, open_work: OpenWork, files: CodebookFiles) -> None:
        self._open_work, self._files = open_work, files

    def export(self, to: Path, language: str) -> int:
        """Write the codebook in the format that the file's ending names, and return how many codes it holds."""
        with self._open_work() as work:
            codes = work.codebook.codes()
        self._files.write(codes, to, language)
        return len(codes)

    def plan(self, untrusted_file: Path, language: str) -> CodebookImport:
        """Return what taking a file in would do; its edit does it, in one transaction."""
        sheet = self._files.read(untrusted_file, language)
        with self._open_work() as work:
            return Importing(work, sheet).plan(self._open_work)
