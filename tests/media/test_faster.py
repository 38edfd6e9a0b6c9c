"""Faster-whisper keeps the contract; with the demo model, on the demo's own recordings."""

from __future__ import annotations

import shutil
from statistics import mean, median

import pytest

from media.faster import FasterWhisper
from storybank.domain.speech import Listening, SpeechModel
from storybank.domain.transcript import Chunk, Segment
from storybank.errors import Unavailable
from storybank.jobs.child import in_child
from tests.contracts.transcriber_contract import TRUTH, TranscriberContract, errors_in, the_demo_model
from tests.media.film import AMINA, DEMO, Calm, made


@pytest.fixture(scope="module")
def transcriber():
    return FasterWhisper()


@pytest.fixture(scope="module")
def model():
    return the_demo_model("faster-whisper", "ct2")


class TestFasterWhisper(TranscriberContract):
    """The contract."""


def test_all_eight_interviews_are_heard_well_enough_to_work_with(transcriber, model):
    wrong, starts, languages = [], [], []
    for name in TRUTH:
        *told, chunk = transcriber.listen(DEMO / "media" / name, model, Listening(), 0, 0)
        share, late = errors_in(DEMO / "media" / name, told)
        wrong.append(share)
        starts += late
        languages.append(chunk.language)
    assert mean(wrong) <= 0.30
    assert median(starts) <= 100
    assert languages == ["en"] * 6 + ["fr"] * 2


def test_a_recording_longer_than_five_minutes_comes_in_chunks(transcriber, model, tmp_path):
    long = made(tmp_path / "long.m4a", "-stream_loop", 7, "-i", AMINA, "-vn", "-c", "copy")
    told = list(in_child(transcriber.listen, long, model, Listening(), 0, 3, ticket=Calm()))
    chunks = [said for said in told if isinstance(said, Chunk)]
    assert [chunk.index for chunk in chunks] == [3, 4]
    assert chunks[0].end_ms == chunks[1].start_ms
    assert {chunk.language for chunk in chunks} == {"en"}
    spoken = [said for said in told if isinstance(said, Segment)]
    assert spoken == [segment for chunk in chunks for segment in chunk.segments]
    assert sum("trust is the first prescription" in segment.text for segment in spoken) >= 5


def test_a_language_that_was_given_is_not_guessed(transcriber, model):
    *_, chunk = transcriber.listen(AMINA, model, Listening(language="fr"), 0, 0)
    assert chunk.language == "fr"


def test_only_the_languages_asked_for_are_chosen_among(transcriber, model):
    *_, chunk = transcriber.listen(AMINA, model, Listening(languages=("fr", "de")), 0, 0)
    assert chunk.language in ("fr", "de")


def test_the_same_recording_is_heard_the_same_way_twice(transcriber, model):
    once, again = (list(transcriber.listen(AMINA, model, Listening(), 0, 0)) for _ in range(2))
    assert once == again


def test_without_its_tokenizer_a_model_is_refused_and_nothing_is_fetched(transcriber, tmp_path):
    shutil.copytree(DEMO / "speech" / "ct2", tmp_path / "m")
    (tmp_path / "m" / "tokenizer.json").unlink()
    with pytest.raises(Unavailable, match="cannot be opened"):
        list(transcriber.listen(AMINA, SpeechModel("m", "faster-whisper", tmp_path / "m", 0), Listening(), 0, 0))


def test_a_model_whose_weights_are_broken_is_refused(transcriber, tmp_path):
    shutil.copytree(DEMO / "speech" / "ct2", tmp_path / "m")
    (tmp_path / "m" / "model.bin").write_bytes(b"broken")
    with pytest.raises(Unavailable, match="cannot be opened"):
        list(transcriber.listen(AMINA, SpeechModel("m", "faster-whisper", tmp_path / "m", 0), Listening(), 0, 0))


def test_words_to_know_are_given_to_the_engine(transcriber, model):
    *told, _ = transcriber.listen(AMINA, model, Listening(glossary=("Amina Diallo", "link worker")), 0, 0)
    assert told
