"""Details: the sheet that comes with recordings, and says who is in them."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from storybank.domain.codebook import Code
from storybank.domain.query import folded
from storybank.errors import Invalid
from storybank.words import say

DETAILS = ("file", "title", "person", "role", "stakeholder", "organization", "province", "language", "recorded_on")
"""The columns of a details file; only `file` is needed."""


def read_details(file: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a details file by the path each names; raise `Invalid` saying what is wrong."""
    try:
        text = _decoded(file.read_bytes()).replace("\0", "").lstrip()
        tables = [csv.DictReader(io.StringIO(text, newline=""), delimiter=mark) for mark in ",;\t"]
        table = next((t for t in tables if "file" in map(_tidy, t.fieldnames or ())), None)
        rows = list(table) if table else []
    except OSError as error:
        raise Invalid(say("The details file {file} cannot be read: {why}.", file=file.name,
                          why=error.strerror)) from error
    except csv.Error as error:
        raise Invalid(say("The details file {file} is not a table.", file=file.name),
                      hint=say("Save it again from your spreadsheet as CSV.")) from error
    if table is None:
        raise Invalid(say("The details file {file} has no column named “file”.", file=file.name),
                      hint=say("Its first row must name the columns: {columns}.", columns=", ".join(DETAILS)))
    tidy = [{_tidy(k): (v or "").strip() for k, v in row.items() if isinstance(v, str)} for row in rows]
    return {unicodedata.normalize("NFC", row["file"].replace("\\", "/")): row for row in tidy if row.get("file")}


def _decoded(content: bytes) -> str:
    """Return a text as spreadsheets write it: UTF-8, UTF-16 with its mark, or the old Windows letters."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _tidy(column: str | None) -> str:
    return (column or "").strip().lower()


def details_of(file: Path, rows: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Return the row about a file: the one whose path ends as its own does, else the only one of its name."""
    whole = [unicodedata.normalize("NFC", part) for part in file.absolute().parts]
    fitting = [path for path in rows if whole[-len(_steps(path)):] == _steps(path)]
    fitting = fitting or [path for path in rows if PurePosixPath(path).name == whole[-1]]
    if not fitting:
        return {}
    longest = max(fitting, key=lambda path: len(_steps(path)))
    same = [path for path in fitting if len(_steps(path)) == len(_steps(longest))]
    return rows[longest] if len(same) == 1 else {}


def _steps(path: str) -> list[str]:
    return [part for part in PurePosixPath(path).parts if part not in ("/", "..")]


def check_day(typed: str) -> None:
    try:
        date.fromisoformat(typed or "2000-01-01")
    except ValueError as error:
        raise Invalid(say("{text} is not a day.", text=typed), hint=say("Write it as 2027-03-31.")) from error


def stakeholder_key(typed: str, known: Sequence[Code]) -> str:
    """Return the key of a stakeholder that was typed as its key or its name in either language."""
    for code in known:
        if typed and folded(typed) in map(folded, (code.key, code.label_en, code.label_fr)):
            return code.key
    if typed:
        raise Invalid(say("There is no stakeholder called {name} in the codebook.", name=typed),
                      hint=say("Write one of: {codes}.", codes=", ".join(code.key for code in known)))
    return ""


def files_named(rows: Mapping[str, Mapping[str, str]], details: Path | None, paths: Sequence[Path]) -> list[Path]:
    """Return the files a details file names, when nothing else was named."""
    return [details.parent / path for path in rows] if details and not paths else []
