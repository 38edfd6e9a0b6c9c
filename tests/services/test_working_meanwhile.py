"""People work while engines listen: what they did stays in sight, whatever is heard besides."""

from __future__ import annotations

import pytest

from storybank.domain.transcript import Span
from tests.services.conftest import LISTENING, Calm, a_chunk

HEARD = ("One is here.", "Two is here.", "Three is here.")


@pytest.fixture
def recording(house, tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"good")
    house.collecting.bring_in([tmp_path / "a.mp4"], Calm())
    house.engine.chunks = [a_chunk(n, 20_000 * n, text) for n, text in enumerate(HEARD)]
    return house.browsing.story("a").recordings[0]


def texts(house, recording):
    return [line.text for line in house.correcting.lines(recording.id)]


def heard_halfway(house, recording):
    house.engine.stop_after = 2
    with pytest.raises(OSError):
        house.transcribing.transcribe(recording.id, LISTENING, Calm())
    house.engine.stop_after = None


def test_what_was_corrected_of_half_a_transcript_stays_in_sight_when_another_model_listens(house, recording):
    heard_halfway(house, recording)
    house.correcting.reword(house.correcting.lines(recording.id)[0].id, "One was here.").do()
    run = house.transcribing.transcribe(recording.id, LISTENING, Calm(), model="large")
    assert texts(house, recording) == ["One was here.", "Two is here."]
    with house.work() as work:
        assert len(work.transcripts.lines_of(run.id)) == 3


@pytest.mark.parametrize("work", ["correct", "quote"])
def test_what_people_do_while_the_recording_is_heard_again_stays_in_sight(house, recording, work):
    house.transcribing.transcribe(recording.id, LISTENING, Calm())
    first = house.correcting.lines(recording.id)

    class Meanwhile(Calm):
        def report(self, fraction, note=""):
            if note == "Two is here." and work == "quote":
                house.quoting.pick_lines(recording.id, 1, 1).edit.do()
            elif note == "Two is here.":
                house.correcting.review(first[0].id).do()

    house.transcribing.transcribe(recording.id, LISTENING, Meanwhile(), again=True, model="large")
    assert [line.id for line in house.correcting.lines(recording.id)] == [line.id for line in first]


def test_a_transcript_that_was_asked_for_again_is_the_one_that_is_shown(house, recording):
    heard_halfway(house, recording)
    house.transcribing.transcribe(recording.id, LISTENING, Calm(), model="large")
    house.engine.chunks = [a_chunk(n, 20_000 * n, f"New: {text}") for n, text in enumerate(HEARD)]
    house.transcribing.transcribe(recording.id, LISTENING, Calm(), again=True)
    assert texts(house, recording) == [f"New: {text}" for text in HEARD]


def test_a_stretch_of_a_recording_that_nobody_heard_yet_is_shown(house, recording):
    house.engine.chunks = [a_chunk(0, 20_000, "Two is here.")]
    house.transcribing.transcribe(recording.id, LISTENING, Calm(), only=Span(20_000, 30_000))
    assert texts(house, recording) == ["Two is here."]
    house.engine.chunks = [a_chunk(n, 20_000 * n, text) for n, text in enumerate(HEARD)]
    house.transcribing.transcribe(recording.id, LISTENING, Calm())
    assert texts(house, recording) == list(HEARD)
