"""Transcripts go out as files and come in from them: refused where somebody said stop, in time with what was heard."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import docx
import pytest

from exports.transcripts.formats import ENDINGS, TranscriptFormats
from storybank.domain.captioning import FaultKind
from storybank.domain.restriction import Treatment
from storybank.domain.sheet import Manner
from storybank.domain.story import Participant
from storybank.domain.transcript import WRITTEN, RunState
from storybank.errors import Cancelled, Invalid, Refused
from storybank.services.carrying import PASTED, Carrying
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm

SAID = "Trust is the first prescription we write"
VTT = ("WEBVTT\n\n00:00.000 --> 00:02.800\n<v Amina Diallo>Trust is the first prescription we wrote\n\n"
       "00:03.300 --> 00:05.700\n<v Interviewer>We started with a walking group.\n")


@pytest.fixture
def carrying(house):
    return Carrying(house.work, TranscriptFormats(), house.exporting.transcript, house.clock, lambda: "Jo")


@pytest.fixture
def story(house, tmp_path):
    return house.a_story(tmp_path)


@pytest.fixture
def recording(story):
    return story.recordings[0]


def everything_in(file):
    if file.suffix == ".docx":
        with zipfile.ZipFile(file) as package:
            return b"\n".join(package.read(name) for name in package.namelist())
    return file.read_bytes()


def lines(house, recording):
    return house.correcting.lines(recording.id)


# ---- out ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_transcript_is_written_with_who_speaks_and_where_it_is_from(house, story, carrying, tmp_path, ending):
    amina = story.people[0]
    voice = house.voicing.add(story.recordings[0].id, contributor_id=amina.id)
    house.voicing.give([line.id for line in story.lines], voice.id).do()
    house.correcting.review(story.lines[0].id).do()
    assert carrying.take_out(story.story.id, tmp_path / f"words{ending}") == 2
    told = everything_in(tmp_path / f"words{ending}").decode("utf-8", "replace")
    assert all(word in told for word in ("Amina Diallo", "prescription", "scripted 1", "small", "For internal use"))
    assert "53" in told, "7 of 13 words were read"


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_written_of_somebody_who_said_stop(house, story, carrying, tmp_path, ending):
    house.withdrawing.withdraw(Stop(story.people[0].id))
    with pytest.raises(Refused, match="withdrew"):
        carrying.take_out(story.story.id, tmp_path / f"words{ending}")
    assert list(tmp_path.glob("*words*")) == []


@pytest.mark.parametrize("word_times", [False, True])
@pytest.mark.parametrize("ending", ENDINGS)
def test_restricted_words_are_in_no_byte_of_the_file(house, recording, story, carrying, tmp_path, ending, word_times):
    word = story.lines[0].words[4]
    house.people.restrict(recording.id, word.start_ms, word.end_ms, Treatment.REDACT)
    carrying.take_out(story.story.id, tmp_path / f"words{ending}", Manner(word_times=word_times))
    told = everything_in(tmp_path / f"words{ending}")
    assert b"prescription" not in told
    assert "[…]".encode() in told or b"[\\u2026]" in told


# ---- in -----------------------------------------------------------------------------------------------------------


def test_a_file_with_times_is_shown_and_the_earlier_transcript_kept(house, recording, carrying, tmp_path):
    (tmp_path / "corrected.vtt").write_text(VTT)
    brought = carrying.bring_in(recording.id, tmp_path / "corrected.vtt", Calm())
    shown = lines(house, recording)
    assert [line.text for line in shown] == [SAID.replace("write", "wrote"), "We started with a walking group."]
    assert (brought.run.engine, brought.run.model, brought.run.state) == (WRITTEN, "corrected.vtt", RunState.DONE)
    earlier, now = house.transcribing.runs(recording.id)
    assert (earlier.beside, now.beside) == (True, False)
    with house.work() as work:
        assert work.transcripts.lines_of(earlier.id)[0].text == SAID


def test_words_get_the_times_at_which_the_engine_heard_them(house, recording, story, carrying, tmp_path):
    (tmp_path / "a.vtt").write_text(VTT)
    heard = story.lines[0].words
    carrying.bring_in(recording.id, tmp_path / "a.vtt", Calm())
    words = lines(house, recording)[0].words
    assert [word.start_ms for word in words] == [word.start_ms for word in heard]
    assert [word.text for word in words if word.estimated] == ["wrote"]


def test_speakers_become_voices_and_the_person_of_that_very_name_is_known(house, recording, story, carrying, tmp_path):
    (tmp_path / "a.vtt").write_text(VTT)
    carrying.bring_in(recording.id, tmp_path / "a.vtt", Calm())
    carrying.bring_in(recording.id, tmp_path / "a.vtt", Calm())
    voices = house.voicing.of_recording(recording.id)
    assert [(one.name, one.person is not None, one.lines) for one in voices] == [
        ("Amina Diallo", True, 1), ("Interviewer", False, 1)]
    assert [line.speaker_id for line in lines(house, recording)] == [story.people[0].id, None]


def test_nobody_is_linked_who_is_not_heard_in_the_story(house, recording, story, carrying, tmp_path):
    with house.work() as work:
        told = work.stories.get(story.story.id)
        work.stories.save(replace(told, participants=(Participant(story.people[0].id, speaks=False, audible=False),)))
        work.commit()
    (tmp_path / "a.vtt").write_text(VTT)
    carrying.bring_in(recording.id, tmp_path / "a.vtt", Calm())
    assert house.voicing.of_recording(recording.id)[0].person is None


def test_quotes_move_to_the_words_said_at_their_moments(house, recording, story, carrying, tmp_path):
    house.quoting.pick_lines(recording.id, 2, 2).edit.do()
    (tmp_path / "a.vtt").write_text(VTT)
    carrying.bring_in(recording.id, tmp_path / "a.vtt", Calm())
    (quote,) = house.browsing.story("amina").quotes
    line = lines(house, recording)[1]
    assert (quote.anchor.first_line_id, quote.anchor.first_word, quote.anchor.last_word) == (line.id, 0, 5)
    assert quote.text == "We started with a walking group."


def test_a_pasted_text_is_put_in_time_with_what_was_heard(house, recording, story, carrying):
    said = "Amina Diallo:\nTrust is the very first prescription we write.\n\nWe started with a walking group, you know."
    brought = carrying.bring_in(recording.id, said, Calm())
    first, second = lines(house, recording)
    assert (brought.run.model, round(brought.share, 1)) == (PASTED, 0.8)
    assert first.words[0].start_ms == story.lines[0].words[0].start_ms
    assert [word.text for word in first.words if word.estimated] == ["very"]
    assert second.words[0].start_ms == story.lines[1].words[0].start_ms
    assert first.opens_paragraph and second.opens_paragraph


def test_a_word_file_without_times_is_put_in_time_too(house, recording, carrying, tmp_path):
    document = docx.Document()
    document.add_paragraph(f"Amina Diallo: {SAID}. We started with a walking group.")
    document.save(tmp_path / "typed.docx")
    carrying.bring_in(recording.id, tmp_path / "typed.docx", Calm())
    assert [line.start_ms for line in lines(house, recording)] == [0, 3300]


def test_a_text_without_times_needs_a_recording_that_was_heard(house, recording, carrying):
    with house.work() as work:
        for run in work.transcripts.runs_of(recording.id):
            work.transcripts.save_run(replace(run, state=RunState.CANCELLED))
        work.commit()
    with pytest.raises(Refused, match="nobody has listened") as refusal:
        carrying.bring_in(recording.id, SAID, Calm())
    assert "Transcribe the recording first" in str(refusal.value.hint)
    assert carrying.bring_in(recording.id, VTT, Calm()).share is None
    assert lines(house, recording)[0].words[0].estimated


def test_a_text_of_something_else_is_refused_and_nothing_changes(house, recording, carrying):
    with pytest.raises(Refused, match="what is said here: of its words, 0 %"):
        carrying.bring_in(recording.id, "Nobody brought umbrellas although rain had been forecast.", Calm())
    assert len(house.transcribing.runs(recording.id)) == 1


def test_a_file_that_goes_on_after_the_end_is_refused(recording, carrying):
    with pytest.raises(Invalid, match="at 0:02:00, and the recording is 0:01:00 long"):
        carrying.bring_in(recording.id, VTT.replace("00:03.300 --> 00:05.700", "02:00.000 --> 02:05.000"), Calm())


def test_nothing_is_brought_in_for_somebody_who_said_no_to_transcription(house, story, recording, carrying):
    house.withdrawing.withdraw(Stop(story.people[0].id))
    with pytest.raises(Refused) as refusal:
        carrying.bring_in(recording.id, VTT, Calm())
    assert str(refusal.value.hint) == "Nothing was brought in."


def test_somebody_who_stops_it_leaves_nothing_behind(house, recording, carrying):
    class Stopped(Calm):
        def check(self):
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        carrying.bring_in(recording.id, VTT, Stopped())
    assert len(house.transcribing.runs(recording.id)) == 1


def test_what_was_written_out_comes_back_in_the_same(house, recording, story, carrying, tmp_path):
    for ending in ENDINGS:
        carrying.take_out(story.story.id, tmp_path / f"words{ending}")
        carrying.bring_in(recording.id, tmp_path / f"words{ending}", Calm())
        said = [word for line in lines(house, recording) for word in line.words]
        assert " ".join(word.text for word in said) == f"{SAID} We started with a walking group."
        assert [word.start_ms for word in said][:2] == [0, 400], ending


def test_captions_are_checked_and_each_fault_knows_its_caption(house, recording, carrying):
    assert carrying.check_captions(recording.id) == []
    line = house.correcting.line_at(recording.id, 1)
    house.correcting.reword(line.id, "Incomprehensibilities " * 12).do()
    found = carrying.check_captions(recording.id)
    assert FaultKind.FAST in {fault.kind for fault, _cue in found}
    assert all(cue.start_ms == fault.start_ms for fault, cue in found)
