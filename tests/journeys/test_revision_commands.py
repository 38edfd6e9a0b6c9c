"""Typing about a transcript: cutting lines, saying who speaks, going back, comparing runs and measuring them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from storybank.domain.transcript import RunState
from tests.journeys.conftest import ROOT
from tests.persistence.shelf import Shelf, a_run, a_stretch, noon


@pytest.fixture
def storybank(storybank):
    """Return the command line of a library in which Amina's story was heard twice."""
    from storybank.persistence.library import create_library, open_library

    if not (storybank.library / "library.db").exists():
        create_library(storybank.library, "Voices", noon).close()
    with open_library(storybank.library, now=noon) as library:
        shelf = Shelf(library)
        shelf.story("Trust is the first description.", "We walk together.")
        with shelf.work() as work:
            work.transcripts.save_run(a_run("t2", "r-amina", RunState.DONE, beside=True, heard_ms=60_000))
            work.transcripts.journal("t2", a_stretch(0, "Trust is the first prescription.", "We walk together."))
            work.commit()
    return storybank


def texts(said):
    assert said.code == 0, said.err
    return [line["text"] for line in said.value]


def test_a_transcript_is_cut_put_together_reviewed_and_taken_back(storybank):
    assert texts(storybank("transcript", "split", "amina", 1, 3, "--json"))[:2] == [
        "Trust is", "the first description."]
    assert texts(storybank("transcript", "merge", "amina", 1, "--json"))[0] == "Trust is the first description."
    storybank("transcript", "review", "amina", "--all")
    history = storybank("transcript", "history", "amina", "--json").value
    assert [(one["number"], one["kind"]) for one in history] == [(1, "split"), (2, "merged"), (3, "reviewed")]
    assert len(texts(storybank("transcript", "as-of", "amina", 1, "--json"))) == 3
    assert len(texts(storybank("transcript", "back", "amina", 1, "--json"))) == 3
    assert "went back to an earlier state" in storybank("transcript", "history", "amina").out


def test_voices_are_added_named_given_and_linked(storybank):
    storybank("transcript", "voices", "amina", "add", "Interviewer")
    storybank("transcript", "voices", "amina", "name", "1", "Host")
    storybank("transcript", "speaker", "amina", 1, "Host", "--to-end")
    (heard,) = storybank("transcript", "voices", "amina", "--json").value
    assert (heard["name"], heard["lines"]) == ("Host", 2)
    storybank("transcript", "voices", "amina", "link", "Host", "Amina Diallo")
    assert storybank("transcript", "voices", "amina", "--json").value[0]["name"] == "Amina Diallo"
    assert "There are: Amina Diallo." in storybank("transcript", "speaker", "amina", 1, "Nobody there").err


def test_runs_are_compared_taken_from_and_used(storybank):
    runs = storybank("transcript", "runs", "amina", "--json").value
    assert [(one["number"], one["shown"]) for one in runs] == [(1, True), (2, False)]
    (one,) = storybank("transcript", "compare", "amina", "--json").value
    assert (one["here"], one["there"]) == ("description.", "prescription.")
    assert texts(storybank("transcript", "take", "amina", 2, "--json"))[0] == "Trust is the first prescription."
    assert storybank("transcript", "compare", "amina").out.strip() == "Both say the same."
    assert storybank("transcript", "use", "amina", 2).code == 0
    assert [one["shown"] for one in storybank("transcript", "runs", "amina", "--json").value] == [False, True]


def test_quality_is_told_in_words_and_in_numbers(storybank):
    storybank("transcript", "correct", "amina", 1, "Trust is the first prescription.")
    told = storybank("transcript", "quality", "amina", "--json").value
    assert (told["whole"]["words"], told["whole"]["reviewed"], told["whole"]["word_error_rate"]) == (8, 5, 0.2)
    assert storybank("transcript", "quality", "amina").out.startswith(
        "62 % of words reviewed · the engine was wrong in 20.0 % of them")


def test_a_line_shows_who_speaks_and_what_was_done_to_it(storybank):
    storybank("transcript", "voices", "amina", "add", "Interviewer")
    storybank("transcript", "speaker", "amina", 1, "Interviewer")
    storybank("transcript", "review", "amina", 2)
    said = storybank("transcript", "paragraph", "amina", 1).out.splitlines()
    assert "¶" in said[0] and "Interviewer" in said[0] and "✓" in said[1] and "Interviewer" not in said[1]
    assert storybank("transcript", "show", "amina").out.splitlines() == said
    first, second = storybank("transcript", "show", "amina", "--json").value
    assert first["voice"] and first["opens_paragraph"] and second["voice"] is None and second["flags"] == []


def test_a_change_that_never_was_cannot_be_looked_at(storybank):
    said = storybank("transcript", "as-of", "amina", 400)
    assert said.code == 3 and "There is no change 400" in said.err


def test_the_file_that_was_written_is_named(storybank, tmp_path):
    said = storybank("transcript", "export", "amina", tmp_path / "words")
    assert said.code == 0 and str(tmp_path / "words.txt") in said.out and (tmp_path / "words.txt").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full comes with Linux")
def test_an_answer_for_which_there_is_no_room_is_an_error_in_words(storybank):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(storybank._command(["stories"]), env=storybank.environment, stdout=full, text=True,
                              stderr=subprocess.PIPE, cwd=ROOT, timeout=60)
    assert done.returncode == 5 and "The answer could not be written" in done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_a_glossary_without_terms_says_so(storybank):
    assert storybank("glossary").out == "The glossary is empty.\n"


def test_the_language_of_a_line_is_put_right(storybank):
    storybank("transcript", "language", "amina", 1, "fr")
    assert [line["language"] for line in storybank("transcript", "show", "amina", "--json").value] == ["fr", "en"]
