"""Speech models: whole, or refused with the plain reason; in place or not at all; the demo's named for what it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from media.model_files import graded
from media.models import SpeechModelShelf
from storybank.domain.speech import DEMO_MODEL, Grade, SpeechModel, warning_for
from storybank.errors import Cancelled, NotFound, Refused, Unavailable

DEMO = Path(__file__).resolve().parents[2] / "demo" / "speech"


class Calm:
    def report(self, fraction, note=""):
        """Say nothing."""

    def check(self):
        """Go on."""


class Stopped(Calm):
    def check(self):
        raise Cancelled("Stopped.")


def a_speech_model(grade, *, english_only=False):
    return SpeechModel("ours", "faster-whisper", Path("nowhere"), 1, grade=grade, english_only=english_only)


@pytest.fixture
def shelf(tmp_path):
    return SpeechModelShelf(tmp_path / "models", DEMO)


@pytest.fixture
def a_model(tmp_path):
    """A model as it comes on a USB stick."""
    return Path(shutil.copytree(DEMO / "ct2", tmp_path / "usb" / "My Model"))


def test_the_demo_model_says_what_it_is(shelf):
    model = shelf.find()
    assert model.name == DEMO_MODEL and model.is_demo
    assert "nothing of real speech" in model.note


def test_a_model_from_a_folder_is_used_before_the_demo_model(shelf, a_model):
    assert shelf.add(a_model, None, Calm()).name == "my-model"
    assert shelf.find().name == "my-model"
    assert [model.is_demo for model in shelf.all()] == [False, True]


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


def test_the_model_a_person_chose_is_used_before_a_larger_one(tmp_path, a_model):
    chosen = ["mine"]
    shelf = SpeechModelShelf(tmp_path / "models", DEMO, lambda: chosen[0])
    shelf.add(a_model, "mine", Calm())
    (a_model / "config.json").write_text((a_model / "config.json").read_text() + " " * 500)
    shelf.add(a_model, "larger", Calm())
    assert shelf.find().name == "mine"
    chosen[0] = DEMO_MODEL
    assert shelf.find().is_demo
    chosen[0] = "gone meanwhile"
    assert shelf.find().name == "larger"


def test_the_models_on_offer_say_what_to_expect_in_both_languages(shelf):
    sizes = [known.bytes for known in shelf.catalogue()]
    assert sizes == sorted(sizes)
    assert [known.name for known in shelf.catalogue() if not known.for_french] == ["tiny", "base"]
    for known in shelf.catalogue():
        assert str(known.english) and str(known.french)
        assert known.bytes < known.memory
    assert not any(character.isdigit() for known in shelf.catalogue()
                   for character in str(known.french).replace("large-v3", ""))


@pytest.mark.parametrize(("model", "language", "warned"), [
    (a_speech_model(Grade.TINY), "fr", "too small for French"),
    (a_speech_model(Grade.BASE), "fr", "too small for French"),
    (a_speech_model(Grade.BASE), None, "If French is spoken"),
    (a_speech_model(Grade.SMALL), "fr", None),
    (a_speech_model(Grade.TURBO), None, None),
    (a_speech_model(Grade.TINY), "en", None),
    (a_speech_model(Grade.SMALL, english_only=True), "fr", "knows English only"),
    (a_speech_model(None), "fr", None),
])  # fmt: skip
def test_french_is_not_listened_to_with_less_than_the_floor_without_a_warning(model, language, warned):
    said = warning_for(model, language)
    assert (warned in str(said)) if warned else said is None


@pytest.mark.parametrize(("width", "layers", "grade"), [
    (384, 4, Grade.TINY), (512, 6, Grade.BASE), (768, 12, Grade.SMALL), (1024, 24, Grade.MEDIUM),
    (1280, 4, Grade.TURBO), (1280, 32, Grade.LARGE), (128, 2, None), (None, None, None),
])  # fmt: skip
def test_a_model_is_known_by_its_size_whatever_its_name(width, layers, grade):
    assert graded(width, layers) is grade
