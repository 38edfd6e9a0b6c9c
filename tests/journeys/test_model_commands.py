"""The commands about models: what is here and what to expect, which one listens, and what was left half-way."""

from __future__ import annotations

import json
import shutil

import pytest

from storybank import places, settings
from ui.cli import main
from ui.commands import models


@pytest.fixture
def storybank(capsys):
    def run(*words):
        code = main(["--json", "models", *words])
        return code, json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def ours():
    """A model that somebody put onto this machine."""
    return shutil.copytree(places.demo() / "speech" / "ct2", places.models() / "ours")


def test_the_catalogue_says_what_to_expect_in_english_and_french_and_what_fits(storybank, capsys):
    code, told = storybank()
    small = next(one for one in told["catalogue"] if one["name"] == "small")
    assert code == 0 and small["for_french"] and small["english"] and small["french"]
    assert [one["name"] for one in told["catalogue"] if not one["for_french"]] == ["tiny", "base"]
    main(["models"])
    said = capsys.readouterr().out
    assert "The least that is fit for French" in said and str(places.models()) in said


def test_a_model_that_does_not_fit_says_so(storybank, monkeypatch):
    monkeypatch.setattr("media.machine.ThisMachine.room", lambda machine, folder: 1_000_000_000)
    _, told = storybank()
    fits = {one["name"]: (one["fits"], one["remark"]) for one in told["catalogue"]}
    assert fits["large-v3"] == (False, "Needs 3.1 GB on the disk; 1.0 GB is free.")
    assert fits["base"] == (True, "")


def test_the_model_that_is_chosen_listens_until_another_is(storybank, ours, home):
    assert storybank("use", "storybank-demo") == (0, {"used": "storybank-demo"})
    assert settings.load(home / "settings.json").model == "storybank-demo"
    assert storybank("use") == (0, {"used": "ours"})
    code, told = storybank("use", "nobody")
    assert code == 5 and "nobody" in told["error"]["message"]


def test_what_was_left_half_way_is_weighed_and_removed(storybank):
    part = places.models() / ".small.part"
    part.mkdir(parents=True)
    (part / "model.bin.part").write_bytes(bytes(5000))
    assert storybank()[1]["leftovers"] == 5000
    assert storybank("tidy") == (0, {"freed": 5000})
    assert not part.exists()


def test_a_model_is_removed_by_name(storybank, ours):
    assert storybank("remove", "ours")[0] == 0
    assert not ours.exists() and models.speech_models().find().is_demo
