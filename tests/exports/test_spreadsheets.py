"""Tables open in a spreadsheet without starting anything, and come back as they were."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports import spreadsheets
from storybank.errors import Invalid, StorybankError

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40)
WILD = st.one_of(TEXT, st.sampled_from([
    "=1+1", "'=1", "''@x", "+1", "-2", "@cmd", "\u00a0=x", " =y", "＝1", "'plain'",
]))  # fmt: skip
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(WILD)
def test_a_cell_that_was_made_safe_comes_back_and_begins_no_formula(cell):
    safe = spreadsheets.safe(cell)
    assert spreadsheets.plain(safe) == cell
    assert not safe.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


@FEW
@given(st.lists(st.tuples(WILD, WILD).filter(lambda row: any(map(str.strip, row))), min_size=1, max_size=6))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_is_read_as_it_was_written(tmp_path, ending, rows):
    file = tmp_path / f"t.{ending}"
    if ending == "csv":
        spreadsheets.write_csv(file, ("one", "two"), rows)
    else:
        spreadsheets.write_xlsx(file, "T", ("one", "two"), rows)
    read = spreadsheets.read_table(file)
    assert [(row["one"], row["two"]) for row in read] == rows


def test_in_a_workbook_a_formula_stays_a_text(tmp_path):
    spreadsheets.write_xlsx(tmp_path / "t.xlsx", "T", ("words",), [("=HYPERLINK(\"http://example.com\")",)])
    cell = load_workbook(tmp_path / "t.xlsx").active["A2"]
    assert cell.data_type == "s" and cell.value.startswith("'=HYPER")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_whatever_a_spreadsheet_saved_it_as(tmp_path, encoding, mark):
    file = tmp_path / "t.csv"
    file.write_bytes(f"Quote{mark}Codes\r\nQ-0001{mark}santé é\r\n".encode(encoding))
    assert spreadsheets.read_table(file) == [{"": "2", "quote": "Q-0001", "codes": "santé é"}]


def zipped(**parts):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return raw.getvalue()


HOSTILE = {
    "nothing.csv": b"", "blank.csv": b"\n\n  \n", "binary.csv": bytes(range(256)) * 40, "no book.xlsx": b"PK nonsense",
    "another zip.xlsx": zipped(a="b"), "bomb.xlsx": zipped(**{"xl/a.xml": b"0" * 300_000_000}),
    "entities.xlsx": zipped(**{"[Content_Types].xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
    "endless.csv": b"a\n" + b"x\n" * 100_002,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path, name):
    file = tmp_path / name
    file.write_bytes(HOSTILE[name])
    with pytest.raises(StorybankError) as refused:
        spreadsheets.read_table(file)
    assert name in str(refused.value.message) or isinstance(refused.value, Invalid)
    assert refused.value.hint
