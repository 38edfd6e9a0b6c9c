"""Models from a folder, a zip or a stick: every file is looked at, and each thing that is wrong has its own reason."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import pickle
import shutil
import struct
import sys
import zipfile
from pathlib import Path

import pytest

from media import carrying
from media.checkpoints import check_checkpoint
from media.model_files import KNOWN, NEEDED, check
from media.models import SpeechModelShelf
from storybank.domain.speech import SpeechModel
from storybank.errors import Damaged, Invalid, Unavailable
from tests.media.film import Calm

DEMO = Path(__file__).resolve().parents[2] / "demo" / "speech"
WEIGHTS = (DEMO / "ct2" / "model.bin").read_bytes()


@pytest.fixture
def shelf(tmp_path):
    return SpeechModelShelf(tmp_path / "models", DEMO)


@pytest.fixture
def a_model(tmp_path):
    """A model as it comes on a USB stick."""
    return Path(shutil.copytree(DEMO / "ct2", tmp_path / "usb" / "My Model"))


def zipped(folder, to, inside="", **how):
    with zipfile.ZipFile(to, "w", **how) as packed:
        for file in folder.iterdir():
            packed.write(file, f"{inside}{file.name}")
    return to


def refusal(shelf, source, kind=Invalid):
    """Return why a model is refused; nothing of it may be left."""
    with pytest.raises(kind) as refused:
        shelf.add(source, "refused", Calm())
    assert not list(shelf.folder.iterdir()), "nothing half-copied is left"
    assert str(refused.value.hint)
    return str(refused.value.message)


def with_shape(name, dimension, size):
    """Return model.bin with another size written for one dimension of a part; its bytes stay as they are."""
    at = WEIGHTS.index(name.encode() + b"\0") + len(name) + 2 + 4 * dimension
    return WEIGHTS[:at] + struct.pack("<I", size) + WEIGHTS[at + 4:]


# ---- each file, and what can be wrong with it ------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [*NEEDED, "vocabulary.json"])
def test_a_file_that_is_missing_is_named(shelf, a_model, missing):
    (a_model / missing).unlink()
    assert f"{missing} is missing" in refusal(shelf, a_model)


@pytest.mark.parametrize("missing", [*NEEDED, "vocabulary.json"])
def test_a_file_that_is_missing_from_a_zip_is_named(shelf, a_model, tmp_path, missing):
    (a_model / missing).unlink()
    assert f"{missing} is missing" in refusal(shelf, zipped(a_model, tmp_path / "small.zip"))


@pytest.mark.parametrize("empty", [*NEEDED, "vocabulary.json"])
def test_a_file_that_is_empty_is_named(shelf, a_model, empty):
    (a_model / empty).write_bytes(b"")
    assert f"{empty} is empty" in refusal(shelf, a_model)


@pytest.mark.parametrize("kept", [1, 3, 10, 30, 200, len(WEIGHTS) // 3, len(WEIGHTS) // 2, len(WEIGHTS) - 60,
                                  len(WEIGHTS) - 1])
def test_weights_that_are_cut_off_anywhere_are_called_so(shelf, a_model, kept):
    (a_model / "model.bin").write_bytes(WEIGHTS[:kept])
    assert "model.bin is cut off" in refusal(shelf, a_model)


@pytest.mark.parametrize("broken", ["config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json"])
@pytest.mark.parametrize("text", ["{", "\udcff", "[" * 100_000], ids=["half", "no text", "deep"])
def test_json_that_is_none_is_named(shelf, a_model, broken, text):
    (a_model / broken).write_text(text, errors="surrogateescape")
    assert f"{broken} cannot be read" in refusal(shelf, a_model)


@pytest.mark.parametrize(("file", "said"), [
    ("config.json", "does not say how words are timed"), ("tokenizer.json", "is not a tokenizer"),
    ("vocabulary.json", "is not a list of words"),
])  # fmt: skip
def test_json_that_says_something_else_is_told(shelf, a_model, file, said):
    (a_model / file).write_text('{"hello": 1}')
    assert f"{file} {said}" in refusal(shelf, a_model)


def test_a_text_of_a_gigabyte_is_not_read(shelf, a_model):
    with (a_model / "vocabulary.json").open("wb") as huge:
        huge.truncate(1 << 30)
    assert "vocabulary.json is far too large" in refusal(shelf, a_model)


@pytest.mark.parametrize("change", [lambda words: words[:-500], lambda words: [*words, "one more"]])
def test_a_vocabulary_of_another_length_belongs_to_another_model(shelf, a_model, change):
    words = json.loads((a_model / "vocabulary.json").read_text())
    (a_model / "vocabulary.json").write_text(json.dumps(change(words)))
    assert "the vocabulary belongs to another model" in refusal(shelf, a_model)


def test_a_preprocessor_that_hears_otherwise_belongs_to_another_model(shelf, a_model):
    (a_model / "preprocessor_config.json").write_text('{"feature_size": 128}')
    assert "preprocessor_config.json belongs to another model" in refusal(shelf, a_model)


def test_a_model_that_hears_more_finely_needs_its_preprocessor(shelf, a_model):
    (a_model / "model.bin").write_bytes(with_shape("encoder/conv1/weight", 1, 128))
    (a_model / "preprocessor_config.json").unlink(missing_ok=True)
    assert "preprocessor_config.json is missing" in refusal(shelf, a_model)


def test_a_model_that_translates_texts_does_not_hear(shelf, a_model):
    kind = b"TransformerSpec\0"
    (a_model / "model.bin").write_bytes(WEIGHTS[:4] + struct.pack("<H", len(kind)) + kind + WEIGHTS[18:])
    assert "a model of another kind (TransformerSpec)" in refusal(shelf, a_model)


@pytest.mark.parametrize("other", [b"\x89PNG\r\n\x1a\n" * 100, b"PK\x03\x04" * 100, b"GGUF" + bytes(400)])
def test_weights_of_another_program_are_not_for_this_engine(shelf, a_model, other):
    (a_model / "model.bin").write_bytes(other)
    assert "is not a Whisper model for faster-whisper" in refusal(shelf, a_model)


# ---- where it comes from ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["", "faster-whisper-small/", "a/b/small/"])
def test_a_model_comes_out_of_a_zip_wherever_it_lies_in_it(shelf, a_model, tmp_path, inside):
    model = shelf.add(zipped(a_model, tmp_path / "small.zip", inside), None, Calm())
    assert sorted(p.name for p in model.path.iterdir()) == sorted(p.name for p in a_model.iterdir())


def test_a_folder_around_the_model_will_do(shelf, a_model):
    model = shelf.add(a_model.parent, "small", Calm())
    assert sorted(p.name for p in model.path.iterdir()) == sorted(p.name for p in a_model.iterdir())


def test_a_folder_around_several_models_asks_which(shelf, a_model):
    shutil.copytree(a_model, a_model.parent / "Another")
    assert "usb holds several speech models" in refusal(shelf, a_model.parent)


def test_a_zip_of_several_models_asks_which(shelf, a_model, tmp_path):
    archive = zipped(a_model, tmp_path / "two.zip", "one/")
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr("two/model.bin", b"x")
    assert "two.zip holds several speech models" in refusal(shelf, archive)


def test_a_folder_of_letters_holds_no_model(shelf, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("hello")
    assert "letters holds no speech model" in refusal(shelf, tmp_path / "letters")
    assert "letter.txt holds no speech model" in refusal(shelf, tmp_path / "letters" / "letter.txt")


def test_only_the_files_of_a_model_are_taken_from_a_folder(shelf, a_model):
    (a_model / "autorun.exe").write_bytes(b"MZ")
    assert {file.name for file in shelf.add(a_model, None, Calm()).path.iterdir()} <= set(KNOWN)


def test_a_stick_that_was_pulled_out_is_asked_for(shelf, a_model):
    shutil.rmtree(a_model)
    with pytest.raises(Unavailable, match="My Model is not there"):
        shelf.add(a_model, None, Calm())


def test_a_stick_that_is_pulled_out_midway_leaves_nothing(shelf, a_model, monkeypatch):
    def pulled_out(read, written, *_):
        written.write(read.read(1000))
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(carrying, "_pour", pulled_out)
    said = refusal(shelf, a_model, Unavailable)
    assert "could not be copied: Input/output error" in said


def test_a_stick_that_cannot_be_read_is_not_called_a_broken_model(a_model, monkeypatch):
    def gone(self, *_, **__):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "read_text", gone)
    with pytest.raises(Unavailable, match="could not be read: Input/output error"):
        check(a_model)


def test_a_disk_that_fills_up_is_told_as_that(shelf, a_model, monkeypatch):
    def no_room(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(carrying, "to_disk", no_room)
    assert refusal(shelf, a_model, Unavailable) == "The disk is full."


# ---- zips that mean harm ---------------------------------------------------------------------------------------------


def test_a_zip_that_climbs_out_of_its_folder_puts_nothing_outside(shelf, a_model, tmp_path):
    archive = zipped(a_model, tmp_path / "evil.zip", "../../")
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr("../../evil.txt", "out")
    shelf.add(archive, "evil", Calm())
    assert not list(tmp_path.rglob("evil.txt"))
    assert {place.parent for place in tmp_path.rglob("model.bin")} == {shelf.folder / "evil", a_model}


def test_a_zip_that_would_fill_the_disk_is_not_unpacked(shelf, a_model, tmp_path):
    (a_model / "model.bin").write_bytes(bytes(60_000_000))
    archive = zipped(a_model, tmp_path / "bomb.zip", compression=zipfile.ZIP_DEFLATED)
    assert "bomb.zip would unpack to" in refusal(shelf, archive)


def test_a_zip_with_a_password_is_told_as_that(shelf, a_model, tmp_path):
    archive = zipped(a_model, tmp_path / "locked.zip")
    told = bytearray(archive.read_bytes())
    at = -1
    while (at := told.find(b"PK\x01\x02", at + 1)) >= 0:
        told[at + 8] |= 1
    archive.write_bytes(told)
    assert "locked.zip is locked with a password" in refusal(shelf, archive)


def test_a_zip_that_is_cut_off_or_damaged_cannot_be_unpacked(shelf, a_model, tmp_path):
    archive = zipped(a_model, tmp_path / "half.zip")
    told = bytearray(archive.read_bytes())
    told[len(told) // 2] ^= 255
    archive.write_bytes(told)
    assert "half.zip cannot be unpacked" in refusal(shelf, archive, Damaged)
    archive.write_bytes(told[:len(told) // 2])
    assert "half.zip holds no speech model" in refusal(shelf, archive)


# ---- checkpoints -----------------------------------------------------------------------------------------------------


class Hostile:
    """What a pickle can carry: a program that runs when it is opened."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def a_checkpoint(to, content, protocol=2):
    told = io.BytesIO()
    pickle.Pickler(told, protocol).dump(content)
    with zipfile.ZipFile(to, "w") as packed:
        packed.writestr("best/data.pkl", told.getvalue())
        packed.writestr("best/version", "3\n")
        packed.writestr("best/byteorder", sys.byteorder)
    return to


def hostile(to, mark, protocol=2):
    dims = dict.fromkeys(("n_mels", "n_audio_ctx", "n_audio_state", "n_audio_head", "n_audio_layer", "n_vocab",
                          "n_text_ctx", "n_text_state", "n_text_head", "n_text_layer"), 8)
    return a_checkpoint(to, {"dims": dims, "model_state_dict": Hostile(mark)}, protocol)


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_a_checkpoint_that_would_run_a_program_is_refused_and_runs_nothing(shelf, tmp_path, protocol):
    mark = tmp_path / "it ran"
    file = hostile(tmp_path / "model.pt", mark, protocol)
    assert "model.pt would run a program" in refusal(shelf, file)
    assert not mark.exists()
    with zipfile.ZipFile(file) as packed:
        pickle.loads(packed.read("best/data.pkl"))
    assert mark.exists(), "or else this test would prove nothing"


@pytest.mark.openai
def test_a_checkpoint_that_would_run_a_program_runs_nothing_in_the_engine_either(tmp_path):
    import torch

    from media.openai import OpenAiWhisper
    from storybank.domain.speech import Listening
    from storybank.domain.transcript import Span

    mark = tmp_path / "it ran"
    model = SpeechModel("hostile", "openai-whisper", hostile(tmp_path / "model.pt", mark), 1)
    with pytest.raises(Unavailable, match="cannot be opened"):
        list(OpenAiWhisper().listen(DEMO.parent / "media" / "amina-link-worker.mp4", model, Listening(), Span(0, 1000),
                                    0))
    assert not mark.exists()
    with contextlib.suppress(Exception):
        torch.load(model.path, weights_only=False)
    assert mark.exists(), "or else this test would prove nothing"


def test_a_checkpoint_of_something_else_says_what_is_missing(shelf, tmp_path):
    file = a_checkpoint(tmp_path / "other.pt", {"weights": 1})
    assert "other.pt is not a Whisper checkpoint: n_mels is missing" in refusal(shelf, file)


@pytest.mark.parametrize("content", [b"", b"not torch", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_checkpoint_is_called_so(shelf, tmp_path, content):
    (tmp_path / "fake.pt").write_bytes(content)
    assert "fake.pt is not a Whisper checkpoint" in refusal(shelf, tmp_path / "fake.pt")


def test_a_checkpoint_that_is_cut_off_is_refused(shelf, tmp_path):
    whole = (DEMO / "speech.pt").read_bytes()
    (tmp_path / "half.pt").write_bytes(whole[:len(whole) // 2])
    assert "half.pt is not a Whisper checkpoint" in refusal(shelf, tmp_path / "half.pt")


def test_the_demos_own_checkpoint_is_right():
    check_checkpoint(DEMO / "speech.pt")
