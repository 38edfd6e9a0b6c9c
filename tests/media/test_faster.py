"""Faster-whisper keeps the contract; with the demo model, on the demo's own recordings."""

from __future__ import annotations

import shutil
from itertools import pairwise
from statistics import mean, median

import pytest

from media import faster
from media.faster import FasterWhisper
from storybank.domain.speech import Listening, Precision, SpeechModel
from storybank.domain.transcript import Span
from storybank.errors import Unavailable
from storybank.jobs.child import in_child
from tests.contracts.transcriber_contract import (
    TRUTH,
    TranscriberContract,
    chunks_of,
    errors_in,
    segments_of,
    text_of,
    the_demo_model,
)
from tests.media.film import AMINA, DEMO, SOUND_ONLY, Calm, made


@pytest.fixture(scope="module")
def transcriber():
    return FasterWhisper()


@pytest.fixture(scope="module")
def model():
    return the_demo_model("faster-whisper", "ct2")


def without_tail(folder, share):
    """Cut model.bin short."""
    weights = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(weights[: int(len(weights) * share)])


def of_another_kind(folder):
    """Let model.bin say that it is a model of another architecture."""
    weights = (folder / "model.bin").read_bytes()
    ours, other = (len(kind).to_bytes(2, "little") + kind for kind in (b"WhisperSpec\0", b"TransformerSpec\0"))
    assert weights.count(ours) == 1
    (folder / "model.bin").write_bytes(weights.replace(ours, other))


def with_finer_ears(folder):
    """Let the model be given sound in finer steps than it was trained on."""
    (folder / "preprocessor_config.json").write_text('{"feature_size": 128}')


@pytest.fixture(scope="module")
def broken_models(tmp_path_factory):
    """Copies of the demo model, each wrong in its own way."""
    ways = {"half": lambda to: without_tail(to, 0.5), "bytes": lambda to: without_tail(to, 0.0001),
            "kind": of_another_kind, "mels": with_finer_ears}
    copies = {}
    for name, spoil in ways.items():
        copies[name] = shutil.copytree(DEMO / "speech" / "ct2", tmp_path_factory.mktemp("models") / name)
        spoil(copies[name])
    return copies


class TestFasterWhisper(TranscriberContract):
    """The contract."""


def test_all_eight_interviews_are_heard_well_enough_to_work_with(transcriber, model):
    wrong, starts, languages, flagged = [], [], [], []
    for name in TRUTH:
        *told, chunk = transcriber.listen(DEMO / "media" / name, model, Listening(), Span(0, 53_000), 0)
        share, late = errors_in(DEMO / "media" / name, segments_of(told))
        wrong.append(share)
        starts += late
        languages.append(chunk.language)
        flagged += [said for said in segments_of(told) if said.flags]
    assert mean(wrong) <= 0.10
    assert len(flagged) <= 6
    assert median(starts) <= 100
    assert languages == ["en"] * 6 + ["fr"] * 2


def test_a_recording_longer_than_five_minutes_comes_in_chunks(transcriber, model, tmp_path):
    long = made(tmp_path / "long.m4a", "-stream_loop", 7, "-i", AMINA, "-vn", "-c", "copy")
    told = list(in_child(transcriber.listen, long, model, Listening(), Span(0, 420_000), 3, ticket=Calm()))
    chunks = chunks_of(told)
    assert [chunk.index for chunk in chunks] == list(range(3, 3 + len(chunks)))
    assert (chunks[0].start_ms, chunks[-1].end_ms) == (0, 420_000)
    assert all(before.end_ms == after.start_ms for before, after in pairwise(chunks))
    assert all(chunk.end_ms - chunk.start_ms < 60_000 for chunk in chunks)
    assert {chunk.language for chunk in chunks} == {"en"}
    assert segments_of(told) == [segment for chunk in chunks for segment in chunk.segments]
    assert text_of(chunks).count("trust is the first prescription") >= 7


def test_a_language_that_was_given_is_not_guessed(transcriber, model):
    *_, chunk = transcriber.listen(AMINA, model, Listening(language="fr"), Span(0, 7_000), 0)
    assert chunk.language == "fr"


def test_where_two_languages_are_spoken_each_passage_is_heard_in_its_own(transcriber, model, tmp_path):
    both = made(tmp_path / "both.wav", "-i", AMINA, "-i", SOUND_ONLY, "-filter_complex",
                "[0:a]atrim=0:26[a];[a][1:a]concat=n=2:v=0:a=1", "-ar", 16_000)
    told = segments_of(transcriber.listen(both, model, Listening(mixed=True), Span(0, 47_600), 0))
    assert {segment.language for segment in told if segment.end_ms < 25_000} == {"en"}
    assert {segment.language for segment in told if segment.start_ms > 31_000} == {"fr"}
    assert "ministère de la santé" in " ".join(segment.text for segment in told)


def test_the_same_recording_is_heard_the_same_way_twice(transcriber, model):
    once, again = (list(transcriber.listen(AMINA, model, Listening(), Span(0, 20_000), 0)) for _ in range(2))
    assert once == again


def test_a_card_that_fails_is_told_of_and_the_processor_does_the_work(transcriber, model, monkeypatch):
    monkeypatch.setattr(faster, "_has_card", lambda: True)
    faster._load.cache_clear()
    hearing = next(transcriber.listen(AMINA, model, Listening(language="en"), Span(0, 7_000), 0))
    faster._load.cache_clear()
    assert (hearing.device, hearing.precision) == ("cpu", Precision.INT8)
    assert "graphics card could not be used" in str(hearing.remark)


def test_without_its_tokenizer_a_model_is_refused_and_nothing_is_fetched(transcriber, tmp_path):
    shutil.copytree(DEMO / "speech" / "ct2", tmp_path / "m")
    (tmp_path / "m" / "tokenizer.json").unlink()
    with pytest.raises(Unavailable, match="cannot be opened"):
        bare = SpeechModel("m", "faster-whisper", tmp_path / "m", 0)
        list(transcriber.listen(AMINA, bare, Listening(), Span(0, 3_000), 0))
