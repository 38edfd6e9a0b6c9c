"""Quotes and stories leave as files that researchers and catalogues can use, and come back into the same library."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from tests.journeys import leaky_library as leaky
from ui import cli
from ui.wiring import open_app


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    here = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYBANK_HOME", str(here / "home"))
        leaky.build(here / "library", here / "media").close()
    return here


@pytest.fixture
def library(made, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("STORYBANK_HOME", str(made / "home"))
    return Path(shutil.copytree(made / "library", tmp_path / "library"))


def storybank(library, capsys, *words):
    code = cli.main(["--library", str(library), "--json", *map(str, words)])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_what_was_exported_comes_back_and_changes_nothing(library, capsys, tmp_path, ending):
    file = tmp_path / f"q.{ending}"
    assert storybank(library, capsys, "export", ending, file, "--use", "website")[0] == 0
    code, told = storybank(library, capsys, "quote", "import", file)
    assert code == 0 and told["changed"] == [] and told["refused"] == [] and told["same"] > 0


def test_codes_that_were_changed_in_a_spreadsheet_are_taken_in(library, capsys, tmp_path):
    file = tmp_path / "q.csv"
    storybank(library, capsys, "export", "csv", file, "--use", "website")
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    rows[0]["codes"], rows[0]["important"] = "amplify; Mesurer les retombées", "yes"
    rows[1]["codes"] = "no such thing"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    _, before = storybank(library, capsys, "quote", "import", file, "--preview")
    code, told = storybank(library, capsys, "quote", "import", file)
    assert before["changed"] == told["changed"] == [rows[0]["quote"]] and code == 0
    assert [(one["row"], "no such thing" in one["reason"]) for one in told["refused"]] == [(3, True)]
    with open_app(library, for_writing=False).quoting._open_work() as work:
        quote = work.quotes.find(rows[0]["quote"])
        assert quote.codes == {"amplify", "measure"} and quote.important


def test_the_table_tells_what_a_researcher_needs(library, capsys, tmp_path):
    storybank(library, capsys, "export", "xlsx", tmp_path / "q.xlsx", "--use", "website")
    sheet = load_workbook(tmp_path / "q.xlsx").active
    header, first = [[cell.value for cell in row] for row in list(sheet.rows)[:2]]
    row = dict(zip(header, first, strict=True))
    assert row["quote"].startswith("Q-") and row["in"].count(":") == 2 and row["start_ms"] < row["end_ms"]
    assert row["words"] and row["attribution_fr"] and row["consents"].startswith("C-")


def test_the_dossier_says_that_it_is_internal_and_what_is_missing(library, capsys, tmp_path):
    storybank(library, capsys, "export", "docx", tmp_path / "d.docx", "--use", "website", "--language", "fr")
    said = "\n".join(p.text for p in docx.Document(str(tmp_path / "d.docx")).paragraphs)
    assert "Q-00" in said and "C-0" in said


def test_every_export_stands_in_the_ledger_and_nothing_is_overwritten(library, capsys, tmp_path):
    _, export = storybank(library, capsys, "export", "json", tmp_path / "q.json", "--use", "website",
                          "--recipient", "The university")
    _, ledger = storybank(library, capsys, "ledger")
    assert export["code"] in [one["code"] for one in ledger]
    assert storybank(library, capsys, "export", "json", tmp_path / "q.json", "--use", "website")[0] == 4


def test_without_anybody_who_agreed_nothing_is_written(library, capsys, tmp_path):
    assert storybank(library, capsys, "export", "csv", tmp_path / "q.csv", "--use", "fundraising")[0] == 4
    assert storybank(library, capsys, "export", "dublin-core", tmp_path / "s.csv", "--use", "fundraising")[0] == 4
    assert list(tmp_path.glob("[qs].*")) == []


def test_what_is_said_around_a_quote_goes_along_only_where_nothing_of_it_is_restricted(library, capsys, tmp_path):
    storybank(library, capsys, "export", "json", tmp_path / "plain.json", "--use", "website")
    storybank(library, capsys, "export", "json", tmp_path / "q.json", "--use", "website", "--context")
    plain = json.loads((tmp_path / "plain.json").read_text())["quotes"]
    quotes = {one["attribution_en"]: one for one in json.loads((tmp_path / "q.json").read_text())["quotes"]}
    rosa = next(one for who, one in quotes.items() if who.startswith("Rosa"))
    assert not any(one["before"] or one["after"] for one in plain)
    assert any(one["after"] for one in quotes.values()) and (rosa["before"], rosa["after"]) == ("", "")


@pytest.mark.parametrize(("form", "ending"), [("dublin-core", "csv"), ("json-ld", "jsonld")])
def test_a_catalogue_comes_back_with_its_corrections(library, capsys, tmp_path, form, ending):
    file = tmp_path / f"s.{ending}"
    assert storybank(library, capsys, "export", form, file, "--use", "website", "--titles")[0] == 0
    _, told = storybank(library, capsys, "export", form, file, "--take-in")
    assert told["changed"] == [] and told["same"] > 0
    text = file.read_text("utf-8")
    as_json = form == "json-ld"
    rows = json.loads(text)["hasPart"] if as_json else list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    story = rows[0]
    title = story["alternateName" if as_json else "dcterms:alternative"]
    better = text.replace(f'"{title}"', '"A better title"') if as_json else \
        text.replace(f",{title},", ",A better title,", 1)
    file.write_text(better, encoding="utf-8")
    _, told = storybank(library, capsys, "export", form, file, "--take-in")
    assert told["changed"] == [story["identifier" if as_json else "dcterms:identifier"]]


def test_another_file_is_refused_in_plain_words(library, capsys, tmp_path):
    (tmp_path / "x.json").write_text("[1, 2]")
    (tmp_path / "x.csv").write_text("one,two\n1,2\n")
    for name in ("x.json", "x.csv"):
        code, told = storybank(library, capsys, "quote", "import", tmp_path / name)
        assert code == 2 and name in json.dumps(told)
