"""Whose words a quote are: whoever its line's voice is, today; while that is nobody, it does not leave the house."""

from __future__ import annotations

import pytest

from exports.transcripts.formats import TranscriptFormats
from storybank.domain.attribution import Attribution
from storybank.domain.story import Participant
from storybank.services.carrying import Carrying
from tests.services.conftest import Calm

VTT = ("WEBVTT\n\n00:00.000 --> 00:02.800\n<v {first}>Trust is the first prescription we write\n\n"
       "00:03.300 --> 00:05.700\n<v {second}>We started with a walking group.\n")


@pytest.fixture
def quoted(house, tmp_path):
    """Amina's story, of which a line is quoted as hers before anybody told voices apart; she agreed."""
    view = house.a_story(tmp_path)
    house.recording_id, house.amina = view.recordings[0].id, view.people[0]
    house.quoting.pick_lines(house.recording_id, 1, 1).edit.do()
    house.consenting.record(house.amina.id, ["website"], Attribution.FULL_NAME, Calm())
    house.line = view.lines[0]
    return house


def left_out(house):
    return [str(reason) for one in house.exporting.select(None, ["website"]).left_out for reason in one.reasons]


def speaker(house):
    return house.browsing.story("amina").quotes[0].speaker_id


def test_a_quote_whose_line_turns_out_to_be_an_unknown_voice_is_nobodys_and_stays_in(quoted):
    voice = quoted.voicing.add(quoted.recording_id, "Interviewer")
    edit = quoted.voicing.give([quoted.line.id], voice.id)
    edit.do()
    assert speaker(quoted) is None
    assert left_out(quoted) == ["Nobody has said whose voice quote Q-0001 is."]
    edit.undo()
    assert speaker(quoted) == quoted.amina.id and left_out(quoted) == []


def test_a_voice_that_is_linked_lets_its_quotes_go_and_one_that_is_unlinked_keeps_them(quoted):
    voice = quoted.voicing.add(quoted.recording_id, "Voice 1")
    quoted.voicing.give([quoted.line.id], voice.id).do()
    link = quoted.voicing.link(voice.id, quoted.amina.id)
    link.do()
    assert speaker(quoted) == quoted.amina.id and left_out(quoted) == []
    link.undo()
    assert left_out(quoted) == ["Nobody has said whose voice quote Q-0001 is."]


@pytest.mark.parametrize(("first", "whose"), [("George Campbell", "George Campbell"), ("Somebody", None)])
def test_a_transcript_that_is_brought_in_says_whose_words_are_quoted(quoted, tmp_path, first, whose):
    george = quoted.people.add("George Campbell")
    story = quoted.browsing.story("amina").story
    quoted.people.place(story.id, [*story.participants, Participant(george.id)])
    carrying = Carrying(quoted.work, TranscriptFormats(), quoted.exporting.transcript, quoted.clock, lambda: "Jo")
    (tmp_path / "a.vtt").write_text(VTT.format(first=first, second="Amina Diallo"))
    carrying.bring_in(quoted.recording_id, tmp_path / "a.vtt", Calm())
    assert speaker(quoted) == (george.id if whose else None)


def test_whoever_gives_lines_to_a_voice_waits_for_no_comparison_of_words(quoted, monkeypatch):
    monkeypatch.setattr("storybank.domain.editing._stayed", lambda *_texts: pytest.fail("words were compared"))
    voice = quoted.voicing.add(quoted.recording_id, contributor_id=quoted.amina.id)
    quoted.voicing.give_to_the_end(quoted.line.id, voice.id).do()
    assert left_out(quoted) == []
