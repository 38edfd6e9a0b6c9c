"""Drafts on the command line: begun, filled, checked, kept and made; what is mistyped is explained."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from storybank.persistence.library import create_library
from ui import cli


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Return a library without anything in it."""
    folder = tmp_path_factory.mktemp("drafts") / "library"
    create_library(folder, "Test", now=lambda: datetime(2026, 3, 1, 12, 0, tzinfo=UTC)).close()
    return folder


@pytest.fixture
def said(library, tmp_path, monkeypatch, capsys):
    """Say a command; return its exit code and what it answered as JSON."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))

    def say(*words):
        code = cli.main(["--library", str(library), "--json", *map(str, words)])
        out = capsys.readouterr().out
        return code, json.loads(out)

    return say


def test_a_draft_is_begun_filled_kept_and_restored(said, tmp_path):
    _code, new = said("draft", "new", "brief", "Fund it", "--form", "one-pager")
    code = new["code"]
    assert said("draft", "set", code, "asks", "The Province should fund it by 2027.", "And count.")[0] == 0
    assert said("draft", "set", code, "sections.issue", "Grants", "end.")[1]["sections"]["issue"]["en"] == "Grants end."
    assert said("draft", "set", code, "title", "Financez", "--language", "fr")[1]["title"] == {
        "en": "Fund it", "fr": "Financez"}
    said("draft", "keep", code)
    _code, later = said("draft", "set", code, "languages", "en", "fr")
    assert later["version"] == 2
    assert [one["kept"] for one in said("draft", "versions", code)[1]] == [False, True]
    assert said("draft", "restore", code, "1")[1]["languages"] == ["en"]
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps(later), "utf-8")
    again = said("draft", "write", code, whole)[1]
    assert {**again, "saved_at": ""} == {**later, "saved_at": "", "version": again["version"]}
    other = said("draft", "copy", code)[1]
    assert (other["code"] != code, other["asks"]) == (True, again["asks"])
    assert said("draft", "remove", other["code"])[0] == 0 and said("draft", "show", other["code"])[0] == 3


def test_a_check_says_what_is_missing(said):
    code = said("draft", "new", "brief", "Fund it")[1]["code"]
    found = said("draft", "check", code)[1]
    assert found["may_leave"] is False
    assert {"asks", "sections.issue", "voices"} <= {one["place"] for one in found["remarks"]}
    assert said("draft", "make", code, "nowhere")[0] == 4


@pytest.mark.parametrize(("words", "code"), [
    (("draft", "show", "D-9999"), 3), (("draft", "show", "../../etc/passwd"), 3), (("draft", "new", "poem", "x"), 2),
    (("draft", "new", "brief", " "), 2), (("draft", "write", "D-0001", "/nowhere/at/all"), 5),
    (("draft", "set", "D-0001", "nothing", "x"), 2), (("draft", "set", "D-0001", "until", "soon"), 2),
    (("draft", "quote", "add", "D-0001", "Q-9999"), 3), (("draft", "quote", "move", "D-0001", "Q-1", "1"), 3),
    (("draft", "quote"), 2), (("draft", "restore", "D-0001", "99"), 3), (("draft", "set", "D-0001", "code", "x\x00"),
    2),
    (("site", "make", "x", "--draft", "D-0001"), 2), (("site", "make", "x"), 2), (("site",), 2), (("site", "refresh"),
    0),
    (("kit", "x", "--draft", "D-0001"), 2), (("brief", "x.docx", "--draft", "D-9999"), 3), (("kit", "x"), 2),
    (("kit", "x", "--title", "T", "--zip"), 2), (("draft", "make", "D-0001", "x", "--until", "soon"), 2),
])  # fmt: skip
def test_what_is_mistyped_is_explained(said, words, code):
    said("draft", "new", "brief", "The first")
    given, answer = said(*words)
    assert given == code
    assert not given or answer["error"]["message"]


def test_hostile_drafts_are_told_about_and_never_crash(said, tmp_path, monkeypatch):
    code = said("draft", "new", "brief", "Fund it")[1]["code"]
    file = tmp_path / "draft.json"

    def written(**told):
        file.write_text(json.dumps(told), "utf-8")
        return said("draft", "write", code, file)

    assert "sections.nope" in written(sections={"nope": "lost"})[1]["error"]["message"]
    assert written(languages=["fr", "en", "fr"])[1]["languages"] == ["fr", "en"]
    assert written(languages=[], uses=["xx"], title="")[0] == 0
    assert said("draft", "preview", code, tmp_path / "pages")[0] == 4
    assert said("draft", "check", code)[0] == 0
    assert said("draft", "copy", code)[0] == 0
    for wrong in (("show", code, "--version", "9" * 30), ("restore", code, "9" * 30)):
        assert said("draft", *wrong)[0] == 3
    for field in (("sections", "x"), ("sections.", "x"), ("highlight", "maybe")):
        assert said("draft", "set", code, *field)[0] == 2
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Title: \xff")))
    assert said("draft", "write", code, "-")[0] == 2
    monkeypatch.setattr("sys.stdin", None)
    assert said("draft", "write", code, "-")[0] == 0


def test_ctrl_c_before_the_work_has_begun_is_no_crash(said, monkeypatch):
    def interrupted(_chosen, _given):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_done", interrupted)
    code, answer = said("draft", "list")
    assert (code, answer["error"]["exit_code"]) == (130, 130)


@pytest.mark.parametrize("kind", ["template", "theme"])
def test_a_look_that_is_not_there_is_not_found(said, tmp_path, kind):
    assert said(kind, "check", tmp_path / "none.docx")[0] == 3
