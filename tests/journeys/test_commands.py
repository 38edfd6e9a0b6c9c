"""Typing: whatever was typed, one answer that can be read, one exit code, and nothing half-done."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.journeys.conftest import ROOT


def a_sound(folder, name="hello.wav", seconds=1, pitch=440):
    from media.tools import ffmpeg

    file = folder / name
    subprocess.run([ffmpeg(), "-v", "error", "-nostdin", "-f", "lavfi", "-i", f"sine=f={pitch}:d={seconds}",
                    f"file:{folder / 'made.wav'}"], check=True)
    (folder / "made.wav").replace(file)
    return file


@pytest.mark.parametrize("typed", [
    ["frobnicate"], ["stories", "--frob"], ["stories", "extra"], ["clip"], ["quote"],
    ["transcript", "correct", "S-1", "x"],
    ["consent", "record", "P-0001", "--attribution", "nickname"], ["consent", "enter", "C-0001", "expired"],
    ["withdraw"], ["withdraw", "P-0001", "--erase", "--seal"], ["people", "place", "S-0001"], ["check-document"],
])
def test_a_mistyped_command_is_told_in_json_too(storybank, typed):
    said = storybank(*typed, "--json")
    assert (said.code, said.value["error"]["exit_code"]) == (2, 2)
    assert said.value["error"]["hint"].startswith("usage: storybank")
    plain = storybank(*typed)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.startswith("usage: storybank")


def test_an_import_of_which_nothing_is_left_answers_with_its_report_alone(storybank, tmp_path):
    bad = tmp_path / "notes.mp4"
    bad.write_text("no film")
    said = storybank("import", bad, "--json")
    assert said.code == 2
    assert [one["became"] for one in said.value["refused"]] == ["refused"]


def test_a_library_with_findings_answers_with_them_alone(storybank, tmp_path):
    storybank("import", a_sound(tmp_path))
    next(p for p in (storybank.library / "media").rglob("*") if p.is_file()).unlink()
    said = storybank("verify", "--json")
    assert said.code == 6
    assert said.value["ok"] is False and len(said.value["findings"]) == 1


def test_no_library_is_not_the_usual_library(storybank):
    said = subprocess.run([sys.executable, "-P", "-m", "ui", "stories", "--library", ""], cwd=ROOT, text=True,
                          env=storybank.environment, capture_output=True, timeout=60, check=False)
    assert (said.returncode, said.stdout) == (3, "")
    forgotten = subprocess.run([sys.executable, "-P", "-m", "ui", "stories", "--library"], cwd=ROOT, text=True,
                               env=storybank.environment, capture_output=True, timeout=60, check=False)
    assert forgotten.returncode == 2 and "--library" in forgotten.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_from_other_systems_are_imported_and_told(storybank, tmp_path):
    strict = {**storybank.environment, "PYTHONIOENCODING": "ascii:strict"}
    folder = tmp_path / "odd"
    folder.mkdir()
    for pitch, name in enumerate((os.fsdecode(b"lat\xe9in.wav"), "two\nlines.wav", "\u202e😀.wav"), 300):
        try:
            a_sound(folder, name, pitch=pitch)
        except OSError:
            pytest.skip("this disk has no such names")
    said = subprocess.run([*storybank._command(["import", folder])], cwd=ROOT, env=strict, capture_output=True,
                          timeout=120, check=False)
    assert said.returncode == 0, said.stderr
    assert len(said.stdout.splitlines()) == 3
    listed = subprocess.run([*storybank._command(["stories", "--json"])], cwd=ROOT, env=strict, capture_output=True,
                            timeout=60, check=False)
    assert {story["title"] for story in json.loads(listed.stdout)} == {"lat\ufffdin", "two lines", "😀"}


def test_a_recording_that_is_gone_keeps_no_other_from_its_transcript(storybank, tmp_path):
    gone, here = a_sound(tmp_path, "gone.wav"), a_sound(tmp_path, "here.wav", pitch=300)
    storybank("import", gone, here, "--leave")
    gone.unlink()
    said = storybank("transcribe", "--json")
    assert (said.code, [run["state"] for run in said.value]) == (5, ["done"])
    assert "gone.wav: The recording is not where it was: " in said.err
    assert [one["file"] for one in storybank.json("jobs")] == ["gone.wav"]
    assert storybank("transcribe", "--json").value["error"]["exit_code"] == 5
    assert storybank("transcribe", "--language", "klingon").code == 2
    assert "No words were heard" in storybank("transcript", "show", "here").err


def test_a_transcript_that_cannot_be_written_is_explained(told, tmp_path):
    _into, _said, storybank = told
    (tmp_path / "file").touch()
    for place in (tmp_path / "nowhere" / "a.srt", tmp_path / "file" / "a.srt"):
        said = storybank("transcript", "export", "S-0001", place)
        assert (said.code, "cannot be written" in said.err) == (5, True), said.err


def test_words_are_found_for_a_quote_whatever_the_accents_and_apostrophes(told):
    _into, _said, storybank = told
    line = next(one for one in storybank.json("transcript", "show", "marie-intervenante") if "é" in one["text"])
    typed = line["text"].replace("é", "e").replace("'", "’").upper()
    assert storybank.json("quote", "add", "marie-intervenante", "--text", typed)["text"] == line["text"]


@pytest.mark.parametrize(("words", "reason"), [
    (["--line", "0"], "Lines 0 to 0 are not in this transcript"),
    (["--line", "2", "--to", "0"], "Lines 2 to 0 are not in this transcript"),
    (["--text", ""], "These words are not in the transcript"),
])
def test_a_quote_of_nothing_says_what_is_wrong(told, words, reason):
    _into, _said, storybank = told
    said = storybank("quote", "add", "S-0001", *words)
    assert said.code in (2, 3) and reason in said.err


def test_filters_that_mean_nothing_are_named(told):
    _into, _said, storybank = told
    assert storybank("search", "--block", "nope").code == 3
    assert storybank("search", "--province", "Narnia").code == 2
    assert storybank.json("search", "--province", "québec", "--most", "9" * 30)["total"] > 0


def test_nothing_is_written_over_and_no_name_promises_another_kind(told, tmp_path):
    _into, _said, storybank = told
    mine = tmp_path / "mine.docx"
    mine.write_text("mine")
    ask = ("--title", "T", "--ask", "Fund it.")
    before = len(storybank.json("ledger"))
    assert storybank("brief", mine, *ask).code == 4 and mine.read_text() == "mine"
    assert storybank("brief", tmp_path / "brief.pdf", *ask).code == 2
    assert storybank("brief", tmp_path / "b.docx", "--title", " ", "--ask", "x").code == 2
    assert storybank("brief", tmp_path / "b.docx", "--title", "T", "--ask", " ").code == 2
    assert storybank("brief", tmp_path / "b.docx", *ask, "--until", "2001-01-01").code == 2
    assert storybank("clip", "Q-0001", tmp_path / "clip.txt").code == 2
    assert storybank("clip", "Q-0001", mine / "clip.mp4").code == 5
    assert len(storybank.json("ledger")) == before
    assert [p.name for p in tmp_path.iterdir() if p.name != "storybank-home"] == ["mine.docx"]
