"""Formats: every way a codebook is written to a file, and read from one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from exports.codebook import qdc, spreadsheet, tables
from exports.codebook.incoming import content, decoded
from storybank.domain.codebook import Code, in_order
from storybank.domain.codebook_sheet import CodebookSheet
from storybank.errors import Invalid, Unavailable
from storybank.words import say

_WRITERS: dict[str, Callable[[Sequence[Code], str], bytes]] = {
    ".qdc": qdc.written, ".csv": lambda codes, _language: tables.written(codes),
    ".xlsx": lambda codes, _language: spreadsheet.written(codes),
}  # fmt: skip
ENDINGS = tuple(_WRITERS)
"""REFI-QDA, CSV, Excel; a tab-separated `.tsv` or `.txt` is read as well."""
_READ_ONLY = (".tsv", ".txt")


class CodebookFormats:
    """Writes codebooks for other programs, and reads theirs (`ports.CodebookFiles`)."""

    def write(self, codes: Sequence[Code], to: Path, language: str) -> None:
        """Write in the format that the file's ending names; raise `Invalid` naming the formats there are."""
        ending = _known(to, ENDINGS)
        if not codes:
            raise Invalid(say("There is no code to write."))
        said = _WRITERS[ending](in_order(codes), language)
        part = to.with_name(f"{to.name}.part")
        try:
            part.write_bytes(said)
            part.replace(to)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise Unavailable(say("{file} cannot be written: {why}.", file=to.name, why=error.strerror or str(error)),
                              hint=say("Check that the disk has room and that you may write there.")) from error

    def read(self, untrusted_file: Path, language: str) -> CodebookSheet:
        """Return what a file says; raise `Invalid`, `Damaged` or `Unavailable` with the reason in plain words."""
        ending, name = _known(untrusted_file, (*ENDINGS, *_READ_ONLY)), untrusted_file.name
        raw = content(untrusted_file)
        if ending == ".qdc":
            return qdc.read(raw, name, language)
        if ending == ".xlsx":
            return spreadsheet.read(raw, name, language)
        return tables.read(decoded(raw, name), name, language)


def _known(file: Path, endings: Sequence[str]) -> str:
    ending = file.suffix.lower()
    if ending == ".qdpx":
        raise Invalid(say("{file} is a whole project, not a codebook.", file=file.name),
                      hint=say("Take it in as a project; its codes come with it."))
    if ending not in endings:
        raise Invalid(say("Storybank does not know codebooks that end in {ending}.", ending=ending or file.name),
                      hint=say("Choose one of: {endings}.", endings=", ".join(ENDINGS)))
    return ending
