"""Memos, and quotes that are moved, marked, merged and tagged with signs, as people type them."""

from __future__ import annotations

import json

import pytest

from tests.ui.story_library import build_library
from ui.cli import main


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    """Return how to type a command: it answers with its exit code, and what it said as JSON."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STORYBANK_LANGUAGE", "en")
    build_library(tmp_path / "library").close()

    def type_(*words):
        capsys.readouterr()
        code = main(["--json", "--library", str(tmp_path / "library"), *words])
        out = capsys.readouterr().out
        return code, json.loads(out) if out and not code else out

    assert type_("quote", "add", "S-0001", "--text", "the first prescription", "--code", "bridges")[0] == 0
    return type_


def test_a_memo_is_written_listed_changed_and_removed(typed):
    _code, memo = typed("memo", "add", "quote", "Q-0001", "--text", "Begin with this.", "--coder", "Ana")
    assert (memo["author"], memo["subject"], memo["text"]) == ("Ana", "quote", "Begin with this.")
    assert typed("memo", "add", "code", "bridges", "--text", "Not only clinics.", "--coder", "Ben")[0] == 0
    assert [one["text"] for one in typed("memo", "list")[1]] == ["Begin with this.", "Not only clinics."]
    assert [one["id"] for one in typed("memo", "list", "quote", "q-0001")[1]] == [memo["id"]]
    assert typed("memo", "change", memo["id"], "--text", "End with it.", "--coder", "Ben")[0] != 0
    assert typed("memo", "change", memo["id"], "--text", "End with it.", "--coder", "Ana")[1]["text"] == "End with it."
    assert typed("memo", "remove", memo["id"], "--coder", "Ana")[0] == 0
    assert [one["subject"] for one in typed("memo", "list")[1]] == ["code"]


def test_a_memo_about_nothing_is_refused(typed):
    assert typed("memo", "add", "quote", "Q-0099", "--text", "Lost.")[0] != 0
    assert typed("memo", "add", "quote", "--text", "About what?")[0] != 0


def test_a_quote_is_moved_by_words_or_to_words_and_marked(typed):
    assert typed("quote", "move", "Q-0001", "--start", "-2")[1]["text"] == "trust is the first prescription"
    moved = typed("quote", "move", "Q-0001", "--start", "is the first", "--end", "we write")[1]
    assert moved["text"] == "is the first prescription we write."
    assert typed("quote", "move", "Q-0001")[0] != 0
    assert typed("quote", "move", "Q-0001", "--end", "-99")[0] != 0
    assert typed("quote", "important", "Q-0001")[1]["important"] is True
    assert typed("quote", "important", "Q-0001", "--not")[1]["important"] is False


def test_codes_are_added_and_taken_away_with_signs_and_set_without(typed):
    own = "link_worker"
    assert typed("tag", "Q-0001", "+amplify", "-bridges")[1]["codes"] == ["amplify", own]
    assert typed("tag", "Q-0001", "+policy", "--coder", "Ana")[1]["codes"] == ["amplify", own, "policy"]
    assert typed("tag", "Q-0001", "-amplify", "--coder", "Ana")[0] != 0, "Ana did not give it"
    assert typed("tag", "Q-0001", "-policy", "--coder", "Ana")[1]["codes"] == ["amplify", own]
    assert typed("tag", "Q-0001", "measure")[1]["codes"] == ["measure"]
    for wrong in (("+policy", "measure"), ("-policy",), ("+policy", "-policy"), ("--nonsense",)):
        assert typed("tag", "Q-0001", *wrong)[0] != 0
    assert typed("tag", "Q-0001")[1]["codes"] == []


def test_two_quotes_become_one(typed):
    typed("quote", "add", "S-0001", "--text", "prescription we write", "--code", "bridges")
    merged = typed("quote", "merge", "Q-0001", "Q-0002")[1]
    assert merged["text"] == "the first prescription we write."
    assert [one["code"] for one in typed("quote", "list")[1]] == ["Q-0001"]
    assert typed("quote", "merge", "Q-0001", "q-0001")[0] == 2
