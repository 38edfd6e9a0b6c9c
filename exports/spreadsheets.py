"""Spreadsheets: tables as CSV and XLSX that start no formula, and such tables read back from anywhere."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from exports.reading.archives import readable
from exports.transcripts.incoming import CHECK_FILE, content, decoded
from storybank.errors import Invalid
from storybank.words import Sentence, say

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_UNPACKED = 200_000_000
MOST_RATIO = 200
MOST_PARTS = 2_000
MOST_IN_CELL = 10_000_000
_CELL = 32_767
"""Characters that a cell of a spreadsheet can hold."""
_STARTS_FORMULA = re.compile(r"^'*[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_TRAPS = tuple(
    word.encode(form) for word in ("<!DOCTYPE", "<!ENTITY") for form in ("utf-8", "utf-16-le", "utf-16-be")
)


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before it where it begins like one.

    `plain` takes it off again, so that a text which had one of its own comes back too (OWASP: CSV injection).
    """
    return f"'{cell}" if _STARTS_FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """Return what a cell said before `safe`."""
    return cell[1:] if cell.startswith("'") and _STARTS_FORMULA.match(cell) else cell


def write_csv(to: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file, UTF-8 with the mark that Excel looks for."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(_IMPOSSIBLE.sub("", str(cell))) for cell in row] for row in rows)
    to.write_bytes(text.getvalue().encode("utf-8-sig", "replace"))


def write_xlsx(to: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a workbook of one sheet: texts stay texts, numbers numbers, the first row stays in sight."""
    from openpyxl import Workbook  # takes a moment to load
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1"
    for number, row in enumerate([header, *rows], 1):
        _fill_row(sheet, number, row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in sheet.iter_cols(1, len(header)):
        longest = max((len(str(cell.value or "")) for cell in column[:50]), default=8)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 9), 60)
        for cell in column[1:]:
            cell.alignment = Alignment(wrap_text=longest > 40, vertical="top")
    sheet.freeze_panes = "A2"
    book.save(to)


def _fill_row(sheet: Any, number: int, row: Sequence[object]) -> None:  # noqa: ANN401 - openpyxl has no types
    for place, value in enumerate(row, 1):
        cell: Any = sheet.cell(number, place)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            cell.value = value
        else:
            cell.value = safe(_IMPOSSIBLE.sub("", str(value)))[:_CELL]
            cell.data_type = "s"


def read_table(untrusted_file: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV or XLSX file by the names of its columns; raise `Invalid` with the reason.

    Each row has its number in the file under the empty name. Column names are in lower case, without blanks around.
    """
    is_book = untrusted_file.suffix.lower() == ".xlsx"
    cells = _cells_of_book(untrusted_file) if is_book else _cells_of_text(untrusted_file)
    rows = [(number, row) for number, row in enumerate(cells, 1) if any(cell.strip() for cell in row)]
    if not rows:
        raise Invalid(say("There are no rows in {file}.", file=untrusted_file.name), hint=CHECK_FILE)
    columns = [cell.strip().lower() for cell in rows[0][1]]
    return [{"": str(number), **_named(columns, row)} for number, row in rows[1:]]


def _named(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=False):
        if column:
            named.setdefault(column, plain(cell))
    return named


def listed(untrusted_file: Path, under: str, problem: Sentence) -> list[Mapping[str, Any]]:
    """Return the objects of a JSON file: a list, or what stands `under` a name; else raise `Invalid` with `problem`."""
    try:
        read = json.loads(decoded(content(untrusted_file), untrusted_file.name))
        rows = read[under] if isinstance(read, Mapping) else read
        if not isinstance(rows, list) or not all(isinstance(one, Mapping) for one in rows):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Invalid(problem, hint=CHECK_FILE) from error
    _check_rows(len(rows), untrusted_file)
    return rows


def _cells_of_text(file: Path) -> list[list[str]]:
    text = decoded(content(file), file.name)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=lambda sign: first.count(sign))
    rows: list[list[str]] = []
    usual = csv.field_size_limit(MOST_IN_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            rows.append(row[:MOST_COLUMNS])
            _check_rows(len(rows), file)
    except csv.Error as error:
        raise Invalid(say("{file} is not a table.", file=file.name),
                      hint=say("Save it again from your spreadsheet as CSV.")) from error
    finally:
        csv.field_size_limit(usual)
    return rows


def _cells_of_book(file: Path) -> list[list[str]]:
    from openpyxl import load_workbook

    raw = io.BytesIO(content(file))
    _check_parts(raw, file)
    rows: list[list[str]] = []
    try:
        book = load_workbook(raw, read_only=True, data_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            rows.append([_said(value) for value in row])
            _check_rows(len(rows), file)
    except Invalid:
        raise
    except Exception as error:
        raise Invalid(say("{file} cannot be read as a spreadsheet.", file=file.name),
                      hint=say("Open it in your spreadsheet and save it again.")) from error
    return rows


def _said(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _check_rows(rows: int, file: Path) -> None:
    if rows > MOST_ROWS + 1:
        raise Invalid(say("{file} has more than {most} rows.", file=file.name, most=MOST_ROWS), hint=CHECK_FILE)


def _check_parts(raw: io.BytesIO, file: Path) -> None:
    """Refuse a workbook that unpacks to more than anybody writes, or whose XML asks for things outside it."""
    with readable(file.name), zipfile.ZipFile(raw) as parts:
        entries = parts.infolist()
        size = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if len(entries) > MOST_PARTS or size > MOST_UNPACKED or size > MOST_RATIO * max(packed, 100_000):
            raise Invalid(say("{file} unpacks to far more than a table holds, so it was not opened.", file=file.name),
                          hint=CHECK_FILE)
        for entry in entries:
            with parts.open(entry) as stream:
                start = stream.read(4_000)
            if any(trap in start for trap in _XML_TRAPS):
                raise Invalid(say("{file} asks for things outside itself, so it was not opened.", file=file.name),
                              hint=CHECK_FILE)
    raw.seek(0)
