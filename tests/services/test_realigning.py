"""Finding written words in the sound: what was found is kept whatever happened meanwhile, and a stop is a stop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.story import Participant
from storybank.errors import Refused
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm


@pytest.fixture
def written(house, tmp_path):
    """Two lines with a word that somebody wrote in each; the engine finds it only in the second."""
    view = house.a_story(tmp_path)
    house.recording_id, house.amina = view.recordings[0].id, view.people[0]
    for line in view.lines:
        house.correcting.reword(line.id, f"{line.text} indeed").do()
    house.meanwhile = lambda: None

    def align(_recording, _model, passages):
        first, second = passages
        yield first.id, first.words
        house.meanwhile()
        yield second.id, tuple(replace(word, estimated=False) for word in second.words)

    house.engine.align = align
    return house


def test_what_was_found_is_kept_though_a_line_changed_in_which_nothing_was_found(written):
    first, _second = written.correcting.lines(written.recording_id)
    written.meanwhile = written.correcting.reword(first.id, "Something else").do
    written.transcribing.realign(written.recording_id, Calm()).do()
    now = written.correcting.lines(written.recording_id)
    assert now[0].text == "Something else" and not any(word.estimated for word in now[1].words)


def test_a_line_in_which_nothing_was_found_is_not_changed(written):
    first, _second = written.correcting.lines(written.recording_id)
    written.correcting.retime(first.id, first.start_ms, first.end_ms + 300).do()
    before = written.correcting.lines(written.recording_id)[0]
    written.transcribing.realign(written.recording_id, Calm()).do()
    assert written.correcting.lines(written.recording_id)[0] == before


def test_a_machine_that_looks_for_words_stops_when_somebody_says_stop(written):
    story = written.browsing.story("amina").story
    written.people.place(story.id, [Participant(written.amina.id)])
    written.meanwhile = lambda: written.withdrawing.withdraw(Stop(written.amina.id))
    with pytest.raises(Refused):
        written.transcribing.realign(written.recording_id, Calm())
