"""Spreadsheet: the table of a codebook as an Excel file, none of whose cells is ever a formula."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from exports.codebook.incoming import CHECK_FILE, refuse_instructions
from exports.codebook.tables import COLUMNS, filled, from_rows, rows_of
from exports.reading.archives import Allowance, unzipped
from storybank.domain.codebook import Code
from storybank.domain.codebook_sheet import CodebookSheet
from storybank.errors import Damaged, Invalid
from storybank.words import say

_WIDTHS = {"label_en": 40, "label_fr": 40, "description_en": 60, "description_fr": 60, "guid": 38, "aliases": 30}
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
MOST_COLUMNS = 64
_BROKEN = (ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
           TypeError, ValueError, zipfile.BadZipFile, zlib.error)
"""What openpyxl fails with on a file that was cut off, or made to hurt."""


def written(codes: Sequence[Code]) -> bytes:
    """Return codes as an Excel file; every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Codebook")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 16)
    for number, row in enumerate([COLUMNS, *rows_of(codes)]):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, _ESCAPED.sub("_x005F_", text))
            cell.data_type = "s"
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(raw: bytes, name: str, language: str) -> CodebookSheet:
    """Return what the first sheet with codes says; refuse what asks for anything a table does not need."""
    _admit(raw, name)
    with catch_warnings():
        simplefilter("ignore")  # of what openpyxl passes over, none is a code
        try:
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            pages = [list(filled(_rows(page), name)) for page in book.worksheets[:5]]
        except _BROKEN as error:
            raise Damaged(say("{file} is broken, and cannot be read to its end.", file=name),
                          hint=CHECK_FILE) from error
    said = [rows for rows in pages if rows]
    if not said:
        raise Invalid(say("There are no codes in {file}.", file=name), hint=CHECK_FILE)
    for rows in said[:-1]:
        try:
            return from_rows(rows, name, language)
        except Invalid:
            continue
    return from_rows(said[-1], name, language)


def _admit(raw: bytes, name: str) -> None:
    """Refuse a file that would swell, names files outside of itself, or defines entities."""
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        raise Invalid(say("{file} does not hold what its name says: it is no {kind}.", file=name,
                          kind=say("Excel file")), hint=CHECK_FILE)
    allowance = Allowance()
    with unzipped(io.BytesIO(raw), name) as entries:
        for entry in entries:
            if entry.ending in (".xml", ".rels", ".vml"):
                refuse_instructions(allowance.read(entry), name)


def _rows(page: Any) -> Iterator[list[str]]:  # noqa: ANN401 - openpyxl has several kinds of page
    for row in page.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield [_text(value) for value in row]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
