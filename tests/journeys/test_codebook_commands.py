"""Typing about the codebook: it is listed, changed with a preview first, written to files and taken in."""

from __future__ import annotations

import json
import shutil

import pytest

from ui import cli
from ui.wiring import create_app


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template") / "library"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYBANK_HOME", str(folder.parent / "home"))
        create_app(folder, "Test").close()
    return folder


@pytest.fixture
def type_(template, tmp_path, capsys, monkeypatch):
    """Type a command in this process: a program of its own for each would take seconds."""
    library = shutil.copytree(template, tmp_path / "library")
    monkeypatch.setenv("STORYBANK_HOME", str(template.parent / "home"))
    monkeypatch.setenv("STORYBANK_LANGUAGE", "en")

    def typed(*words, code=0):
        assert cli.main(["--library", str(library), "--json", *map(str, words)]) == code
        return json.loads(capsys.readouterr().out)

    return typed


def test_the_codebook_is_listed_with_what_it_always_told_and_more(type_):
    first = type_("codebook")[0]
    assert {"key", "kind", "label_en", "label_fr", "gist_en", "gist_fr", "block"} <= first.keys()
    assert (first["key"], first["quotes"], first["level"], first["parent"]) == ("amplify", 0, 1, "")
    assert type_("codebook", "list", "--list", "stage")[0]["key"] == "enter"


def test_codes_are_added_named_moved_merged_and_removed(type_):
    assert type_("codebook", "add", "Peer support", "--french", "Entraide")["key"] == "peer-support"
    assert type_("codebook", "add", "Groups", "--under", "entraide")["level"] == 2
    assert type_("codebook", "rename", "groups", "Circles", "--short", "C", "--preview")["done"] is False
    renamed = type_("codebook", "rename", "groups", "Circles", "--short", "C")
    assert (renamed["label_en"], renamed["affected"]["quotes"]) == ("Circles", 0)
    assert type_("codebook", "describe", "circles", "A round", "--french", "Un cercle")["gist_fr"] == "Un cercle"
    assert type_("codebook", "alias", "circles", "ring", "rond")["aliases"] == ["ring", "rond"]
    assert type_("codebook", "alias", "circles", "RING", "--remove")["aliases"] == ["rond"]
    assert "#886d00" in type_("codebook", "colour", "circles", "#ffcc00", code=2)["error"]["hint"]
    assert type_("codebook", "colour", "circles", "#886d00")["colour"] == "#886d00"
    assert type_("codebook", "move", "rond", "--top", "--place", 1)["position"] == 1
    assert type_("codebook", "order", "rond", "--down")["position"] == 2
    assert type_("codebook", "merge", "circles", "peer-support")["removed"] is True
    assert "Circles" in type_("codebook", "list", "--list", "free")[0]["aliases"]
    assert type_("codebook", "heading", "peer-support")["codable"] is False
    assert type_("codebook", "remove", "peer-support")["removed"] is True


def test_a_building_block_asks_for_a_yes(type_):
    told = type_("codebook", "remove", "bridges", "--preview")
    assert "building blocks" in told["warning"] and told["done"] is False
    assert type_("codebook", "remove", "bridges", code=2)["error"]["hint"] == "Add --yes to the command."
    assert type_("codebook", "remove", "bridges", "--yes")["removed"] is True


@pytest.mark.parametrize("ending", ["qdc", "csv", "xlsx"])
def test_the_codebook_leaves_and_comes_in_again(type_, tmp_path, ending):
    file = tmp_path / f"book.{ending}"
    assert type_("codebook", "export", file)["codes"] == 23
    told = type_("codebook", "import", file, "--preview")
    assert (told["done"], len(told["same"]), told["refused"]) == (False, 23, [])
    type_("codebook", "rename", "policy", "Laws")
    told = type_("codebook", "import", file)
    assert [(one["key"], one["fields"]) for one in told["changed"]] == [("policy", ["label_en"])]


def test_export_qdc_writes_a_codebook_too(type_, tmp_path):
    assert type_("export", "qdc", tmp_path / "book.qdc", "--language", "fr")["codes"] == 23
    assert "Mesurer les retomb" in (tmp_path / "book.qdc").read_text("utf-8")
    assert "does not" in type_("export", "qdc", tmp_path / "book.csv", code=2)["error"]["message"]


def test_a_file_that_is_no_codebook_changes_nothing(type_, tmp_path):
    (tmp_path / "bad.qdc").write_text("<CodeBook><Codes>")
    before = type_("codebook")
    assert "broken" in type_("codebook", "import", tmp_path / "bad.qdc", code=6)["error"]["message"]
    assert type_("codebook") == before


def test_a_code_goes_by_its_own_name_alone(type_):
    type_("codebook", "add", "Peer support")
    type_("codebook", "alias", "peer-support", "entraide")
    for command in (("remove", "entraide"), ("merge", "entraide", "exit")):
        refused = type_("codebook", *command, code=4)["error"]
        assert "only another word for Peer support" in refused["message"] and "peer-support" in refused["hint"]
    assert type_("codebook", "remove", "Peer support")["removed"] is True


def test_a_name_is_no_longer_than_a_list_can_show(type_):
    assert len(type_("codebook", "add", "x" * 5000)["label_en"]) <= 200


def test_no_file_is_written_over(type_, tmp_path):
    there = tmp_path / "codes.csv"
    there.write_text("mine", "utf-8")
    assert "exists already" in type_("codebook", "export", there, code=4)["error"]["message"]
    assert there.read_text("utf-8") == "mine"


@pytest.mark.parametrize(("name", "code"), [("n" * 300 + ".csv", 2), ("none/quotes.csv", 5)])
def test_a_table_goes_nowhere_else_than_where_it_can(type_, tmp_path, name, code):
    error = type_("coverage", "--csv", tmp_path / name, code=code)["error"]
    assert error["hint"] and "Traceback" not in error["message"]
