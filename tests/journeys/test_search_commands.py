"""Search on the command line: whatever is typed is a query; what it tells besides its hits is told in JSON too."""

from __future__ import annotations

import csv

import pytest

from tests.journeys.conftest import Storybank
from tests.persistence.shelf import Shelf, noon


@pytest.fixture
def searched(tmp_path):
    """A library with two stories, made without hearing anything."""
    from storybank.persistence.library import create_library

    with create_library(tmp_path / "library", "Test", noon) as library:
        shelf = Shelf(library)
        shelf.quote(shelf.story("Trust is the first prescription.", "=cmd is what we garden."), 0, "bridges")
        shelf.story("Le cœur du réseau, trust.", slug="marie", person="Marie Gagnon", language="fr", province="QC")
    return Storybank(tmp_path / "library", tmp_path / "home")


def test_hits_tell_what_was_understood_and_how_many_of_each_kind(searched):
    found = searched.json("search", "trust", "-garden", "--kind", "passage")
    assert (found["total"], found["stories"]) == (1, 1)
    assert [part["without"] for part in found["understood"]] == ["-garden", "trust"]
    (hit,) = found["hits"]
    assert hit["text"][slice(*hit["marks"][0])] == "trust" and hit["moment_ms"] > hit["start_ms"]
    assert {"kind", "story", "recording", "start_ms", "end_ms", "speaker", "text", "codes", "usable"} <= hit.keys()
    assert found["kinds"]["passage"] == 1 and "help" not in found


@pytest.mark.parametrize("typed", [["-hope", "(*", '"', "speaker:"], ["--", "--x"], [""], ["\udcff", "NOT"]])
def test_no_words_are_an_error(searched, typed):
    said = searched("--json", "search", *typed)
    assert said.code == 0 and said.value["total"] == 0


def test_where_nothing_is_found_help_is_told(searched):
    told = searched.json("search", "perscription")["help"]
    assert told["did_you_mean"] == ["prescription"]
    eased = searched.json("search", "trust", "--language", "de")["help"]["easings"]
    assert [(one["typed"], one["keep_filters"], one["total"]) for one in eased] == [("trust", False, 2)]


def test_facets_are_told_with_their_names(searched):
    facets = searched.json("search", "trust", "--facets")["facets"]
    assert {one["label"] for one in facets["speakers"]} == {"Amina Diallo", "Marie Gagnon"}
    assert [one["hits"] for one in facets["blocks"]] == [1]


def test_a_concordance_is_a_table_that_starts_no_formula(searched, tmp_path):
    rows = searched.json("search", "trust", "--concordance", "--beside", "R1")["rows"]
    assert [one["node"] for one in rows] == ["trust", "Trust"]
    refused = searched("search", "cmd", "--csv", tmp_path / "it.csv")
    assert refused.code == 4 and "no consent on file for Amina Diallo" in refused.err
    searched.json("consent", "record", "Amina Diallo", "--use", "research")
    written = searched.json("search", "cmd", "--csv", tmp_path / "it.csv", "--recipient", "A university")
    assert (written["total"], written["rows"], written["left_out"], written["code"]) == (1, 1, 0, "E-0001")
    (_header, row) = csv.reader((tmp_path / "it.csv").read_text("utf-8-sig").splitlines())
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert searched("search", "trust", "--csv", tmp_path / "none" / "it.csv").code != 0
    assert searched.json("search", "trust", "--csv", tmp_path / "two.csv")["left_out"] == 1, "Marie was not asked"
    assert "it.csv" in searched("ledger", "--json").out and "two.csv" in searched("ledger", "--json").out


def test_searches_are_saved_asked_again_and_forgotten(searched):
    searched.json("search", "trust", "--language", "fr", "--save", "Trust in French")
    (saved,) = searched.json("search", "--list-saved")
    assert (saved["name"], saved["total"], saved["new"]) == ("Trust in French", 1, 0)
    assert searched.json("search", "--saved", "trust in french")["total"] == 1
    assert searched.json("search", "--forget", "TRUST IN FRENCH")["forgotten"] == "Trust in French"
    assert searched("search", "--saved", "trust in french").code == 3


def test_words_that_mean_the_same_are_kept(searched):
    searched.json("synonyms", "add", "cœur", "prescription")
    assert searched.json("search", "prescription")["stories"] == 2
    assert searched.json("synonyms", "remove", "coeur")["removed"]
    assert searched.json("search", "prescription")["stories"] == 1


@pytest.mark.parametrize("way", [[], ["--concordance"], ["--facets"]])
def test_where_nothing_is_found_the_reason_is_told(searched, way):
    reason = "Nothing in the library has “zzzz”."
    assert searched.json("search", "trust", "zzzz", *way)["help"]["reasons"] == [reason]
    assert reason in searched("search", "trust", "zzzz", *way).out


def test_signs_alone_and_filters_that_leave_nothing_have_a_reason(searched):
    assert searched.json("search", "((")["help"]["reasons"] == [
        "“((” holds no word to look for: search reads letters and numbers only."]
    assert searched.json("search", "trust", "--year", "1999")["help"]["reasons"] == [
        "The filters leave nothing. Take one away, or search without them."]


@pytest.mark.parametrize("option", ["--save", "--saved", "--forget"])
def test_a_saved_search_has_a_name(searched, option):
    said = searched("--json", "search", "trust", option, " ")
    assert said.code == 2 and said.value["error"]["message"] == "A saved search needs a name."
