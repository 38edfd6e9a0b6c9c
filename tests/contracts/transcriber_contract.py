"""What every `Transcriber` must do, whichever engine is behind it; each engine's tests inherit this suite."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import replace
from itertools import pairwise
from statistics import mean, median

import jiwer
import pytest

from storybank.domain.flag import Flag
from storybank.domain.speech import DEMO_MODEL, Hearing, Listening, SpeechModel
from storybank.domain.transcript import Chunk, Passage, Segment, Span, Word
from storybank.errors import Cancelled, Damaged, Unavailable
from storybank.jobs.child import in_child
from tests.media.film import AMINA, DEMO, MARIE, SOUND_ONLY, Calm, beginning_of, made

TRUTH = json.loads((DEMO / "media" / "timings.json").read_text())
LENGTHS = {AMINA.name: 52_500, MARIE.name: 27_416, SOUND_ONLY.name: 21_626}


def plain(text):
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())


def errors_in(file, segments):
    """Return the share of wrong words, and how far each true line is from the start of the nearest heard one."""
    lines = TRUTH[file.name]
    wrong = jiwer.wer(plain(" ".join(line["text"] for line in lines)), plain(" ".join(s.text for s in segments)))
    return wrong, [min(abs(s.start_ms - line["start"] * 1000) for s in segments) for line in lines]


def all_of(file):
    """Return the span of a whole recording: of the demo's own, or of one about a minute long."""
    return Span(0, LENGTHS.get(file.name, 60_000))


def segments_of(told):
    return [said for said in told if isinstance(said, Segment)]


def chunks_of(told):
    return [said for said in told if isinstance(said, Chunk)]


def text_of(chunks):
    return plain(" ".join(segment.text for chunk in chunks for segment in chunk.segments))


class SpokenOnce(Calm):
    """A ticket that is stopped as soon as something was heard."""

    heard = False

    def check(self):
        if self.heard:
            raise Cancelled("Stopped.")


class TranscriberContract:
    """Subclasses give `transcriber`, `model`, `broken_models` and `recordings`, the files their patience allows."""

    recordings = (MARIE, SOUND_ONLY)

    @pytest.fixture(scope="class")
    @classmethod
    def heard(cls, transcriber, model):
        """What the engine hears in each recording, heard once for the whole class."""
        return {file: list(transcriber.listen(file, model, Listening(), all_of(file), 0)) for file in cls.recordings}

    @pytest.fixture(scope="class")
    @classmethod
    def segments(cls, heard):
        return {file: segments_of(told) for file, told in heard.items()}

    @pytest.fixture(scope="class")
    @classmethod
    def a_minute(cls, transcriber, model):
        """What the engine hears in fifty-two seconds, as a run that goes on with its fourth chunk."""
        return list(transcriber.listen(AMINA, model, Listening(language="en"), all_of(AMINA), 3))

    def test_it_names_its_engine_and_version(self, transcriber, model):
        assert transcriber.engine == model.engine
        assert re.match(r"\d", transcriber.version)

    def test_it_can_be_sent_to_another_process(self, transcriber):
        assert pickle.loads(pickle.dumps(transcriber)) == transcriber

    def test_it_says_first_how_it_hears(self, heard):
        for first, *rest in heard.values():
            assert isinstance(first, Hearing) and first.device in ("cpu", "cuda") and first.remark is None
            assert not any(isinstance(said, Hearing) for said in rest)

    def test_every_segment_is_in_a_chunk_and_the_last_chunk_ends_with_the_span(self, heard, segments):
        for file, told in heard.items():
            chunks = chunks_of(told)
            assert told[-1] is chunks[-1] and chunks[-1].end_ms == all_of(file).end_ms
            assert [segment for chunk in chunks for segment in chunk.segments] == segments[file]

    def test_there_is_a_chunk_at_least_once_a_minute_and_each_begins_where_the_last_ended(self, a_minute):
        chunks = chunks_of(a_minute)
        assert [chunk.index for chunk in chunks] == [3, 4] and chunks[0].start_ms == 0
        assert all(before.end_ms == after.start_ms for before, after in pairwise(chunks))
        assert all(chunk.end_ms - chunk.start_ms < 60_000 for chunk in chunks)
        for chunk in chunks:
            assert chunk.start_ms <= chunk.segments[0].start_ms and chunk.segments[-1].end_ms <= chunk.end_ms

    def test_chunks_tell_where_somebody_speaks(self, a_minute):
        for chunk in chunks_of(a_minute):
            assert chunk.speech and all(before.end_ms <= after.start_ms for before, after in pairwise(chunk.speech))
            assert chunk.speech[0].start_ms >= chunk.start_ms and chunk.speech[-1].end_ms <= chunk.end_ms

    def test_after_any_chunk_a_run_goes_on_without_gap_or_repeat(self, transcriber, model, a_minute):
        first, last = chunks_of(a_minute)
        rest = Span(first.end_ms, all_of(AMINA).end_ms)
        again = chunks_of(transcriber.listen(AMINA, model, Listening(language="en"), rest, first.index + 1))
        assert (again[0].start_ms, again[0].index) == (first.end_ms, last.index)
        assert jiwer.wer(text_of([first, last]), text_of([first, *again])) <= 0.1

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

    def test_a_range_in_the_middle_is_heard_and_nothing_else(self, transcriber, model):
        before, line, after = TRUTH[SOUND_ONLY.name][1:4]
        only = Span(int(before["end"] * 1000) + 200, int(after["start"] * 1000) - 200)
        told = list(transcriber.listen(SOUND_ONLY, model, Listening(language="fr"), only, 7))
        (chunk,) = chunks_of(told)
        assert (chunk.index, chunk.start_ms, chunk.end_ms) == (7, only.start_ms, only.end_ms)
        assert jiwer.wer(plain(line["text"]), plain(chunk.segments[0].text)) <= 0.3
        assert abs(chunk.segments[0].start_ms - line["start"] * 1000) <= 200

    def test_silence_is_not_filled_with_words(self, transcriber, model, tmp_path):
        hush = made(tmp_path / "hush.wav", "-f", "lavfi", "-i", "anoisesrc=a=0.0008:d=8:seed=1", "-ar", 16_000)
        _, chunk = transcriber.listen(hush, model, Listening(), Span(0, 8_000), 0)
        assert (chunk.segments, chunk.speech, chunk.language) == ((), (), "en")

    def test_silence_that_is_heard_all_the_same_gives_only_flagged_words(self, transcriber, model, tmp_path):
        hush = made(tmp_path / "hush.wav", "-f", "lavfi", "-i", "anoisesrc=a=0.0008:d=8:seed=1", "-ar", 16_000)
        everything = Listening(language="en", voice_filter=False)
        told = segments_of(transcriber.listen(hush, model, everything, Span(0, 8_000), 0))
        assert all(Flag.SILENCE in segment.flags for segment in told)

    def test_music_is_not_taken_for_speech_without_a_word_of_warning(self, transcriber, model, tmp_path):
        tune = "sine=f=330:d=6,tremolo=f=5:d=0.6[a];sine=f=440:d=6,tremolo=f=3:d=0.8[b];[a][b]amix"
        music = made(tmp_path / "music.wav", "-filter_complex", tune, "-ar", 44_100)
        told = segments_of(transcriber.listen(music, model, Listening(language="en"), Span(0, 6_000), 0))
        assert all(segment.flags for segment in told)

    def test_five_channels_are_heard_as_one(self, transcriber, model, tmp_path):
        channels = "pan=5.0|FL=0.2*c0|FR=0.2*c0|FC=c0|BL=0.1*c0|BR=0.1*c0"
        studio = made(tmp_path / SOUND_ONLY.with_suffix(".wav").name, "-i", SOUND_ONLY, "-af", channels)
        told = segments_of(transcriber.listen(studio, model, Listening(language="fr"), all_of(SOUND_ONLY), 0))
        assert errors_in(SOUND_ONLY, told)[0] <= 0.3 and {segment.voice for segment in told} == {""}

    def test_a_telephone_is_heard_where_it_speaks(self, transcriber, model, tmp_path):
        telephone = made(tmp_path / "telephone.wav", "-i", SOUND_ONLY, "-t", 10, "-ar", 8_000, "-ac", 1)
        told = segments_of(transcriber.listen(telephone, model, Listening(language="fr"), Span(0, 10_000), 0))
        assert abs(told[0].start_ms - TRUTH[SOUND_ONLY.name][0]["start"] * 1000) <= 200

    def test_of_a_recording_that_breaks_off_everything_heard_is_kept(self, transcriber, model, tmp_path):
        whole = made(tmp_path / "whole.m4a", "-i", SOUND_ONLY, "-c", "copy", "-movflags", "+faststart")
        cut, told = beginning_of(whole, 0.5, tmp_path / "cut.m4a"), []
        with pytest.raises(Damaged, match="breaks off"):
            told.extend(transcriber.listen(cut, model, Listening(language="fr"), all_of(SOUND_ONLY), 0))
        assert text_of(chunks_of(told)).startswith("je travaille")
        assert 5_000 < told[-1].end_ms < 15_000

    def test_a_recording_without_a_single_sample_is_an_empty_chunk(self, transcriber, model, tmp_path):
        nothing = made(tmp_path / "nothing.wav", "-f", "lavfi", "-i", "sine=d=1", "-t", 0)
        _, chunk = transcriber.listen(nothing, model, Listening(), Span(0, 1), 0)
        assert (chunk.start_ms, chunk.end_ms, chunk.segments) == (0, 1, ())

    def test_more_words_to_know_than_it_can_be_told_are_no_trouble(self, transcriber, model):
        many = tuple(f"intervenante pivot {number}" for number in range(300))
        line = TRUTH[SOUND_ONLY.name][0]
        how = Listening(language="fr", glossary=("ministère de la Santé", *many))
        *_, chunk = transcriber.listen(SOUND_ONLY, model, how, Span(0, int(line["end"] * 1000) + 300), 0)
        assert chunk.segments

    def test_only_the_languages_asked_for_are_chosen_among(self, transcriber, model):
        *told, chunk = transcriber.listen(SOUND_ONLY, model, Listening(languages=("en", "de")), Span(0, 5_000), 0)
        assert chunk.language in ("en", "de") and {s.language for s in segments_of(told)} <= {"en", "de"}

    def test_words_whose_times_are_lost_are_found_again(self, transcriber, model, segments):
        file = SOUND_ONLY
        lost = [replace(s, words=tuple(Word(w.text, s.end_ms, s.end_ms, estimated=True) for w in s.words))
                for s in segments[file]]
        rooms = [Span(before.end_ms if before else 0, after.start_ms if after else all_of(file).end_ms)
                 for before, after in zip([None, *segments[file]], [*segments[file][1:], None], strict=False)]
        numbered = enumerate(zip(lost, rooms, strict=True))
        passages = [Passage(str(number), room, line.words, "fr") for number, (line, room) in numbered]
        found = dict(transcriber.align(file, model, passages))
        late = []
        for passage, line in zip(passages, segments[file], strict=True):
            words = found[passage.id]
            assert [word.text for word in words] == [word.text for word in passage.words]
            assert all(passage.span.start_ms <= w.start_ms <= w.end_ms <= passage.span.end_ms for w in words)
            assert all(before.end_ms <= after.start_ms for before, after in pairwise(words))
            assert not any(word.estimated for word in words)
            late += [abs(word.start_ms - heard.start_ms) for word, heard in zip(words, line.words, strict=True)]
        assert median(late) <= 250
        assert median(abs(found[p.id][0].start_ms - t["start"] * 1000)
                      for p, t in zip(passages, TRUTH[file.name], strict=True)) <= 150

    def test_words_in_a_silence_keep_the_times_they_had(self, transcriber, model, tmp_path):
        hush = made(tmp_path / "hush.wav", "-f", "lavfi", "-i", "anoisesrc=a=0.0008:d=4:seed=1", "-ar", 16_000)
        words = (Word("Nobody", 500, 900, estimated=True), Word("speaks.", 900, 1_400))
        assert dict(transcriber.align(hush, model, [Passage("a", Span(0, 4_000), words, "en")])) == {"a": words}

    def test_a_model_that_is_not_there_is_explained(self, transcriber, model, tmp_path):
        gone = SpeechModel("gone", model.engine, tmp_path / "gone", 0)
        with pytest.raises(Unavailable, match="gone"):
            list(transcriber.listen(SOUND_ONLY, gone, Listening(), all_of(SOUND_ONLY), 0))

    def test_a_model_that_is_cut_off_or_of_another_kind_is_refused_by_name(self, transcriber, model, broken_models):
        for name, path in broken_models.items():
            with pytest.raises(Unavailable, match=name):
                broken = SpeechModel(name, model.engine, path, 0)
                list(transcriber.listen(SOUND_ONLY, broken, Listening(), Span(0, 3_000), 0))

    def test_it_hears_in_a_process_of_its_own_that_ends_when_stopped(self, transcriber, model):
        ticket = SpokenOnce()
        how, whole = Listening(language="fr"), all_of(SOUND_ONLY)
        heard = in_child(transcriber.listen, SOUND_ONLY, model, how, whole, 0, ticket=ticket)
        assert isinstance(next(heard), Hearing) and isinstance(next(heard), Segment)
        ticket.heard = True
        with pytest.raises(Cancelled):
            list(heard)


def the_demo_model(engine, name):
    return SpeechModel(DEMO_MODEL, engine, DEMO / "speech" / name, 0)
