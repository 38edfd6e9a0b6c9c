"""What every `Transcriber` must do, whichever engine is behind it; each engine's tests inherit this suite."""

from __future__ import annotations

import json
import pickle
import re
from itertools import pairwise
from statistics import mean, median

import jiwer
import pytest

from storybank.domain.speech import DEMO_MODEL, Listening, SpeechModel
from storybank.domain.transcript import Chunk, Segment
from storybank.errors import Cancelled, Unavailable
from storybank.jobs.child import in_child
from tests.media.film import DEMO, MARIE, SOUND_ONLY, Calm, made

TRUTH = json.loads((DEMO / "media" / "timings.json").read_text())


def plain(text):
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())


def errors_in(file, segments):
    """Return the share of wrong words, and how far each true line is from the start of the nearest heard one."""
    lines = TRUTH[file.name]
    wrong = jiwer.wer(plain(" ".join(line["text"] for line in lines)), plain(" ".join(s.text for s in segments)))
    return wrong, [min(abs(s.start_ms - line["start"] * 1000) for s in segments) for line in lines]


class SpokenOnce(Calm):
    """A ticket that is stopped as soon as something was heard."""

    heard = False

    def check(self):
        if self.heard:
            raise Cancelled("Stopped.")


class TranscriberContract:
    """Subclasses give `transcriber`, `model` and `recordings`, the demo files their patience allows."""

    recordings = (MARIE, SOUND_ONLY)

    @pytest.fixture(scope="class")
    @classmethod
    def heard(cls, transcriber, model):
        """What the engine hears in each recording, heard once for the whole class."""
        return {file: list(transcriber.listen(file, model, Listening(), 0, 0)) for file in cls.recordings}

    @pytest.fixture(scope="class")
    @classmethod
    def segments(cls, heard):
        return {file: [said for said in told if isinstance(said, Segment)] for file, told in heard.items()}

    def test_it_names_its_engine_and_version(self, transcriber, model):
        assert transcriber.engine == model.engine
        assert re.match(r"\d", transcriber.version)

    def test_it_can_be_sent_to_another_process(self, transcriber):
        assert pickle.loads(pickle.dumps(transcriber)) == transcriber

    def test_every_stretch_ends_with_a_chunk_that_holds_its_segments(self, heard, segments):
        for file, told in heard.items():
            chunk = told[-1]
            assert isinstance(chunk, Chunk) and chunk.index == 0 and chunk.start_ms == 0
            assert list(chunk.segments) == segments[file]

    def test_it_hears_most_of_what_is_said_and_when(self, segments):
        measured = [errors_in(file, told) for file, told in segments.items()]
        assert mean(wrong for wrong, _ in measured) <= 0.30
        assert median(ms for _, starts in measured for ms in starts) <= 150

    def test_it_tells_the_language(self, heard):
        assert {told[-1].language for told in heard.values()} == {"fr"}

    def test_times_are_in_order_and_inside_the_recording(self, heard, segments):
        for file, told in segments.items():
            assert all(before.end_ms <= after.start_ms for before, after in pairwise(told))
            assert told[0].start_ms >= 0 and told[-1].end_ms <= heard[file][-1].end_ms

    def test_words_make_up_their_segment(self, segments):
        for segment in (segment for told in segments.values() for segment in told):
            assert segment.text == " ".join(word.text for word in segment.words)
            assert (segment.start_ms, segment.end_ms) == (segment.words[0].start_ms, segment.words[-1].end_ms)
            assert all(word.start_ms < word.end_ms for word in segment.words)
            assert all(before.end_ms <= after.start_ms for before, after in pairwise(segment.words))

    def test_numbers_are_pythons_own_so_that_they_can_be_stored(self, segments):
        for segment in (segment for told in segments.values() for segment in told):
            assert {type(ms) for w in segment.words for ms in (w.start_ms, w.end_ms)} == {int}
            measures = (segment.average_log_probability, segment.no_speech_probability, segment.compression_ratio,
                        segment.temperature, *(word.probability for word in segment.words))
            assert {type(measure) for measure in measures} == {float}

    def test_lines_are_about_a_sentence(self, segments):
        for file, told in segments.items():
            assert len(TRUTH[file.name]) - 2 <= len(told) <= len(TRUTH[file.name]) + 3

    def test_listening_goes_on_where_it_was_left(self, transcriber, model):
        line = TRUTH[SOUND_ONLY.name][-2]
        begin = int(line["start"] * 1000) - 300
        *told, chunk = transcriber.listen(SOUND_ONLY, model, Listening(language="fr"), begin, 7)
        assert (chunk.index, chunk.start_ms) == (7, begin)
        assert abs(told[0].start_ms - line["start"] * 1000) <= 200

    def test_silence_is_not_filled_with_words(self, transcriber, model, tmp_path):
        hush = made(tmp_path / "hush.wav", "-f", "lavfi", "-i", "anoisesrc=a=0.0008:d=8:seed=1", "-ar", 16_000)
        (chunk,) = transcriber.listen(hush, model, Listening(), 0, 0)
        assert (chunk.segments, chunk.language) == ((), "en")

    def test_a_model_that_is_not_there_is_explained(self, transcriber, model, tmp_path):
        gone = SpeechModel("gone", model.engine, tmp_path / "gone", 0)
        with pytest.raises(Unavailable, match="gone"):
            list(transcriber.listen(SOUND_ONLY, gone, Listening(), 0, 0))

    def test_it_hears_in_a_process_of_its_own_that_ends_when_stopped(self, transcriber, model):
        ticket = SpokenOnce()
        heard = in_child(transcriber.listen, SOUND_ONLY, model, Listening(language="fr"), 0, 0, ticket=ticket)
        assert isinstance(next(heard), Segment)
        ticket.heard = True
        with pytest.raises(Cancelled):
            list(heard)


def the_demo_model(engine, name):
    return SpeechModel(DEMO_MODEL, engine, DEMO / "speech" / name, 0)
