"""Transcribing: every finished chunk is safe, a stopped run goes on where it was, nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.story import Participant
from storybank.domain.transcript import RunState
from storybank.domain.withdrawal import Choice
from storybank.errors import Cancelled, Refused
from storybank.services.transcribing import Heard
from storybank.services.withdrawing import Stop
from tests.services.conftest import LISTENING, Calm, a_chunk


@pytest.fixture
def recording(house, tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"good")
    house.collecting.bring_in([tmp_path / "a.mp4"], Calm())
    house.engine.chunks = [a_chunk(0, 0, "One is here."), a_chunk(1, 20_000, "Two is here."),
                           a_chunk(2, 40_000, "Three is here.")]
    return house.browsing.story("a").recordings[0]


def test_a_run_keeps_every_word_with_its_time_and_probability(house, recording):
    run = house.transcribing.transcribe(recording.id, LISTENING, Calm())
    assert (run.state, run.language) == (RunState.DONE, "en")
    word = house.transcribing.segments(run.id)[1].words[0]
    assert (word.text, word.start_ms, word.probability) == ("Two", 20_000, 0.9)


def test_a_run_that_died_goes_on_after_its_last_chunk(house, recording):
    house.engine.stop_after = 2
    with pytest.raises(OSError):
        house.transcribing.transcribe(recording.id, LISTENING, Calm())
    assert [line.text for line in house.browsing.story("a").lines] == ["One is here.", "Two is here."]
    house.engine.stop_after = None
    house.transcribing.transcribe(recording.id, LISTENING, Calm())
    assert [line.text for line in house.browsing.story("a").lines] == [
        "One is here.", "Two is here.", "Three is here."]
    assert house.engine.asked[-1][1:] == (2, "en")
    assert len(house.transcribing.runs(recording.id)) == 1


def test_a_cancelled_run_keeps_its_partial_text(house, recording):
    class StopsAtTwo(Calm):
        def check(self):
            if house.browsing.story("a").lines:
                raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        house.transcribing.transcribe(recording.id, LISTENING, StopsAtTwo())
    assert house.transcribing.runs(recording.id)[0].state is RunState.CANCELLED
    assert [line.text for line in house.browsing.story("a").lines] == ["One is here."]


@pytest.mark.parametrize("choice", [None, Choice.SEAL, Choice.ERASE])
def test_a_machine_that_is_listening_stops_when_somebody_says_stop(house, recording, choice):
    person = house.people.add("Amina Diallo")
    house.people.place(recording.story_id, [Participant(person.id)])

    class SaysStopAtTwo(Calm):
        def report(self, fraction, note=""):
            if note == "Two is here.":
                case = house.withdrawing.withdraw(Stop(person.id)).case
                if choice:
                    house.erasing.carry_out(case.id, choice, Calm())

    with pytest.raises(Refused):
        house.transcribing.transcribe(recording.id, LISTENING, SaysStopAtTwo())
    with house.work() as work:
        heard = [line.text for line in work.transcripts.lines(recording.id)]
    assert heard == ([] if choice is Choice.ERASE else ["One is here."])


def test_a_finished_recording_is_not_transcribed_again_by_accident(house, recording):
    house.transcribing.transcribe(recording.id, LISTENING, Calm())
    with pytest.raises(Refused, match="has a transcript already"):
        house.transcribing.transcribe(recording.id, LISTENING, Calm())
    assert house.transcribing.transcribe(recording.id, LISTENING, Calm(), again=True).state is RunState.DONE


def test_what_is_heard_is_told_at_once(house, recording):
    told = []
    house.hub.subscribe(lambda event: isinstance(event, Heard) and told.append(event.text))
    house.transcribing.transcribe(recording.id, LISTENING, Calm())
    assert told == ["One is here.", "Two is here.", "Three is here."]


def test_the_storys_language_is_what_the_engine_heard(house, recording):
    house.transcribing.transcribe(recording.id, LISTENING, Calm())
    assert house.browsing.story("a").story.language == "en"


def test_a_run_in_two_languages_that_was_stopped_goes_on_in_two(house, recording):
    first, second, third = house.engine.chunks
    in_french = tuple(replace(segment, language="fr") for segment in second.segments)
    in_english = tuple(replace(segment, language="en") for segment in first.segments)
    house.engine.chunks = [replace(first, segments=in_english), replace(second, segments=in_french), third]
    house.engine.stop_after = 2
    with pytest.raises(OSError):
        house.transcribing.transcribe(recording.id, LISTENING, Calm())
    house.engine.stop_after = None
    house.transcribing.transcribe(recording.id, LISTENING, Calm())
    assert house.engine.how[-1].mixed and not house.engine.how[0].mixed
