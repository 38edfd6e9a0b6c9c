"""Speech models: whole, or refused with the plain reason; in place or not at all; the demo's named for what it is."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from media.model_files import NEEDED
from media.models import SpeechModelShelf
from storybank.domain.speech import DEMO_MODEL
from storybank.errors import Cancelled, Invalid, NotFound, Refused, Unavailable

DEMO = Path(__file__).resolve().parents[2] / "demo" / "speech"


class Calm:
    def report(self, fraction, note=""):
        """Say nothing."""

    def check(self):
        """Go on."""


class Stopped(Calm):
    def check(self):
        raise Cancelled("Stopped.")


@pytest.fixture
def shelf(tmp_path):
    return SpeechModelShelf(tmp_path / "models", DEMO)


@pytest.fixture
def a_model(tmp_path):
    """A model as it comes on a USB stick."""
    return Path(shutil.copytree(DEMO / "ct2", tmp_path / "usb" / "My Model"))


def zipped(folder, to, inside=""):
    with zipfile.ZipFile(to, "w") as packed:
        for file in folder.iterdir():
            packed.write(file, f"{inside}{file.name}")
    return to


def test_the_demo_model_says_what_it_is(shelf):
    model = shelf.find()
    assert model.name == DEMO_MODEL and model.is_demo
    assert "nothing of real speech" in model.note


def test_a_model_from_a_folder_is_used_before_the_demo_model(shelf, a_model):
    assert shelf.add(a_model, None, Calm()).name == "my-model"
    assert shelf.find().name == "my-model"
    assert [model.is_demo for model in shelf.all()] == [False, True]


@pytest.mark.parametrize("inside", ["", "faster-whisper-small/"])
def test_a_model_comes_out_of_a_zip_wherever_it_lies_in_it(shelf, a_model, tmp_path, inside):
    model = shelf.add(zipped(a_model, tmp_path / "small.zip", inside), None, Calm())
    assert sorted(p.name for p in model.path.iterdir()) == sorted(p.name for p in a_model.iterdir())


@pytest.mark.parametrize("missing", [*NEEDED, "vocabulary.json"])
def test_a_model_without_a_file_it_needs_is_refused_by_that_files_name(shelf, a_model, missing):
    (a_model / missing).unlink()
    with pytest.raises(Invalid, match=missing.replace(".", r"\.")):
        shelf.add(a_model, None, Calm())
    assert [model.name for model in shelf.all()] == [DEMO_MODEL]


@pytest.mark.parametrize("broken", ["config.json", "tokenizer.json", "vocabulary.json"])
def test_a_model_with_a_broken_file_is_refused_by_that_files_name(shelf, a_model, broken):
    (a_model / broken).write_text("{")
    with pytest.raises(Invalid, match=broken.replace(".", r"\.")):
        shelf.add(a_model, None, Calm())


def test_an_empty_model_file_is_refused(shelf, a_model):
    (a_model / "model.bin").write_bytes(b"")
    with pytest.raises(Invalid, match=r"model\.bin"):
        shelf.add(a_model, None, Calm())


def test_a_zip_that_climbs_out_of_its_folder_puts_nothing_outside(shelf, a_model, tmp_path):
    archive = zipped(a_model, tmp_path / "evil.zip")
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr("../../evil.txt", "out")
    shelf.add(archive, "evil", Calm())
    assert not list(tmp_path.rglob("evil.txt"))


def test_something_else_is_not_a_model(shelf, tmp_path):
    (tmp_path / "letter.txt").write_text("hello")
    with pytest.raises(Invalid, match=r"letter\.txt holds no speech model"):
        shelf.add(tmp_path / "letter.txt", None, Calm())
    (tmp_path / "fake.pt").write_bytes(b"not torch")
    with pytest.raises(Invalid, match="not a Whisper checkpoint"):
        shelf.add(tmp_path / "fake.pt", None, Calm())


def test_a_checkpoint_is_kept_for_the_other_engine(shelf):
    model = shelf.add(DEMO / "speech.pt", "other", Calm())
    assert (model.name, model.engine) == ("other", "openai-whisper")


def test_a_cancelled_import_leaves_nothing(shelf, a_model, tmp_path):
    with pytest.raises(Cancelled):
        shelf.add(a_model, None, Stopped())
    assert list((tmp_path / "models").iterdir()) == []


def test_a_name_is_given_once(shelf, a_model):
    shelf.add(a_model, "mine", Calm())
    with pytest.raises(Refused, match="already"):
        shelf.add(a_model, "mine", Calm())


def test_a_model_can_be_removed_but_not_the_demos(shelf, a_model):
    shelf.add(a_model, "mine", Calm())
    shelf.remove("mine")
    assert [model.name for model in shelf.all()] == [DEMO_MODEL]
    with pytest.raises(Refused):
        shelf.remove(DEMO_MODEL)
    with pytest.raises(NotFound):
        shelf.remove("mine")


def test_an_unknown_name_is_answered_with_the_names_there_are(shelf):
    with pytest.raises(Unavailable, match=DEMO_MODEL):
        shelf.find("enormous")


@pytest.mark.reaches_out
def test_without_a_network_a_download_says_so_and_what_to_do(shelf):
    with pytest.raises(Unavailable) as refused:
        shelf.download("tiny", Calm())
    assert "USB stick" in str(refused.value.hint)
    assert [model.name for model in shelf.all()] == [DEMO_MODEL]


def test_the_files_of_the_demo_model_are_whole():
    assert json.loads((DEMO / "ct2" / "config.json").read_text())["alignment_heads"]
