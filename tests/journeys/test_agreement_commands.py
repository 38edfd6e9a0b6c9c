"""Suggestions and agreement as people type them, on two demo interviews with their true words."""

from __future__ import annotations

import csv
import json

import pytest

from tests.ui.story_library import build_library
from ui.cli import main

POLICY = "If we want this work to last"


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    """Return how to type a command: it answers with its exit code, and what it said as JSON."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STORYBANK_LANGUAGE", "en")
    build_library(tmp_path / "library", ("amina-link-worker", "margaret-participant")).close()

    def type_(*words, as_json=True):
        capsys.readouterr()
        code = main([*(["--json"] if as_json else []), "--library", str(tmp_path / "library"), *map(str, words)])
        out = capsys.readouterr().out
        return code, json.loads(out) if as_json and out else out

    return type_


@pytest.fixture
def coded(typed):
    """Let Ana and Ben code Amina's story: the same line once, and each another one."""
    for who, line, code in (("Ana", 8, "policy"), ("Ben", 8, "policy"), ("Ana", 7, "training"), ("Ben", 2, "bridges")):
        assert typed("quote", "add", "S-0001", "--line", line, "--code", code, "--coder", who)[0] == 0
    for who in ("Ana", "Ben"):
        assert typed("agreement", "finish", "S-0001", "--coder", who)[0] == 0
    return typed


def test_suggestions_name_their_reasons_for_lines_and_for_quotes(typed):
    code, found = typed("suggest", "--story", "S-0001", "--line", 8)
    assert (code, found[0]["code"]) == (0, "policy")
    assert any("fund" in reason for reason in found[0]["reasons"])
    typed("quote", "add", "S-0001", "--line", 8, "--code", "policy")
    assert "policy" not in [one["code"] for one in typed("suggest", "Q-0001")[1]]


def test_whose_consent_was_withdrawn_is_named_and_nothing_is_suggested(typed):
    code, said = typed("suggest", "--story", "S-0002", "--line", 3)
    assert code != 0 and "Margaret" in said["error"]["message"]


@pytest.mark.parametrize("words", [["suggest"], ["suggest", "--story", "S-0001"], ["agreement", "--coder", "Ana"],
                                   ["suggest", "--story", "S-0001", "--line", "99"], ["agreement", "settle", "x"],
                                   ["agreement", "--unit", "words"], ["agreement", "rename", "Zoé", "Ana"]])
def test_what_makes_no_sense_is_told_in_a_sentence(typed, words):
    code, said = typed(*words)
    assert code != 0 and said["error"]["message"]


def test_agreement_is_measured_by_code_and_over_all(coded, tmp_path):
    _code, found = coded("agreement", "--coder", "Ana", "--coder", "Ben", "--unit", "lines",
                         "--csv", tmp_path / "table.csv")
    by_code = {row["code"]: row for row in found["codes"]}
    assert by_code["policy"]["kappa"] == 1.0 and by_code["policy"]["given"] == {"Ana": 1.0, "Ben": 1.0}
    assert by_code["training"]["f1"] == 0.0
    assert found["overall"]["alpha"] < 1
    rows = list(csv.reader((tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:3] == ["Code", "κ", "α"] and rows[-1][0] == "All codes together"
    plain = coded("agreement", as_json=False)[1]
    assert "reliable" in plain and "too low to rely on" in plain


def test_two_who_see_all_code_the_same_quote_without_taking_from_each_other(coded):
    quote = coded("quote", "list")[1][0]["code"]
    coded("tag", quote, "amplify", "--coder", "Ana")
    coded("tag", quote, "amplify", "bridges", "--coder", "Ben")
    coded("tag", quote, "+policy", "--coder", "Ben")
    assert {"amplify", "bridges", "policy"} <= set(coded("tag", quote, "+amplify", "--coder", "Ana")[1]["codes"])
    assert {"amplify", "bridges", "policy"} <= set(coded("tag", quote, "-amplify", "--coder", "Ana")[1]["codes"])


def test_nothing_is_measured_before_two_are_done(typed):
    typed("quote", "add", "S-0001", "--line", 8, "--code", "policy", "--coder", "Ana")
    code, found = typed("agreement")
    assert (code, found["recordings"], found["waiting"]) == (0, [], 1)
    assert "two coders" in typed("agreement", as_json=False)[1]


def test_disagreements_are_listed_and_settled_one_by_one(coded):
    _code, found = coded("agreement", "disagreements")
    assert [(one["code"], one["gave"][0]["coder"], one["gave_not"]) for one in found] == [
        ("bridges", "Ben", ["Ana"]), ("training", "Ana", ["Ben"])]
    assert coded("agreement", "settle", found[0]["id"], "--drop")[1]["kept"] is False
    assert coded("agreement", "settle", 1, "--keep", "Ana", "--code", "training")[0] == 0
    assert coded("agreement", "disagreements", "--code", "training", "--code", "bridges")[1] == []


def test_the_blind_list_their_own_quotes_alone(coded):
    assert coded("agreement", "blind", "on", "--coder", "Ben")[1] == {"coder": "Ben", "blind": True}
    own = coded("quote", "list", "--coder", "Ben")[1]
    assert [sorted(set(quote["codes"]) - {"link_worker"}) for quote in own] == [["bridges"], ["policy"]]
    assert len(coded("quote", "list", "--coder", "Ana")[1]) == 3
    assert {one["name"]: one["blind"] for one in coded("agreement", "coders")[1]} == {"Ana": False, "Ben": True}


def test_a_table_that_cannot_be_written_is_told_and_writes_over_nothing(coded, tmp_path):
    pair = ("agreement", "--coder", "Ana", "--coder", "Ben", "--csv")
    assert coded(*pair, tmp_path / "none" / "table.csv")[0] == 5
    (tmp_path / "table.csv").write_text("mine", encoding="utf-8")
    assert coded(*pair, tmp_path / "table.csv")[0] == 4
    assert (tmp_path / "table.csv").read_text(encoding="utf-8") == "mine"
