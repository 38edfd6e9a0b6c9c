"""Quotes of words that nobody timed: what is restricted near them stays in, and their moments follow the words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.change import ChangeKind
from storybank.domain.commission import Brief
from storybank.domain.restriction import REDACTED, Treatment
from storybank.domain.transcript import Segment
from tests.services.conftest import LISTENING, Calm, a_chunk

BRIEF = Brief("Fund link workers?", "Minister", ("Fund link workers for five years.",))


@pytest.fixture
def guessed(house, tmp_path):
    """A story whose first line has words with estimated times; Amina agreed, and the line is quoted."""
    view = house.a_story(tmp_path)
    house.recording_id = view.recordings[0].id
    line = view.lines[0]
    words = tuple(replace(word, estimated=True, probability=None) for word in line.words)
    house.correcting.replace_lines("Guess", ChangeKind.MOVED, [line], [replace(line, words=words)]).do()
    house.line = house.correcting.line(line.id)
    house.quoting.pick_lines(house.recording_id, 1, 1).edit.do()
    house.consenting.record(view.people[0].id, ["website"], Attribution.FULL_NAME, Calm())
    return house


def restrict_just_after(house):
    end = house.line.end_ms
    house.people.restrict(house.recording_id, end + 100, end + 400, Treatment.REDACT)


def test_words_of_which_nobody_knows_the_moment_stay_in_where_a_restriction_lies_near(guessed, tmp_path):
    restrict_just_after(guessed)
    guessed.exporting.make_brief(BRIEF, None, ["website"], tmp_path / "b.docx", Calm())
    assert (tmp_path / "b.docx").read_text() == REDACTED


def test_they_stay_in_when_another_word_of_the_line_is_put_right(guessed, tmp_path):
    restrict_just_after(guessed)
    guessed.correcting.reword(guessed.line.id, guessed.line.text.replace("first", "very")).do()
    guessed.exporting.make_brief(BRIEF, None, ["website"], tmp_path / "b.docx", Calm())
    assert (tmp_path / "b.docx").read_text() == REDACTED


def test_a_quote_is_said_when_its_words_are_found_in_the_sound(guessed):
    (before,) = guessed.browsing.story("amina").quotes
    moved = replace(guessed.line, start_ms=guessed.line.start_ms + 9000, end_ms=guessed.line.end_ms + 9000,
                    words=tuple(replace(word, start_ms=word.start_ms + 9000, end_ms=word.end_ms + 9000,
                                        estimated=False) for word in guessed.line.words))
    edit = guessed.correcting.replace_lines("Find", ChangeKind.REALIGNED, [guessed.line], [moved])
    edit.do()
    (now,) = guessed.browsing.story("amina").quotes
    assert (now.start_ms, now.end_ms) == (before.start_ms + 9000, before.end_ms + 9000)
    edit.undo()
    assert guessed.browsing.story("amina").quotes == (before,)


def test_what_is_restricted_is_not_written_of_a_line_without_word_times(house, tmp_path):
    view = house.a_story(tmp_path)
    chunk = a_chunk(0, 0, "Before.")
    house.engine.chunks = [replace(chunk, end_ms=9000, segments=(Segment(2000, 4000, "his name is Karim"),))]
    recording_id = view.recordings[0].id
    house.transcribing.transcribe(recording_id, LISTENING, Calm(), again=True)
    house.people.restrict(recording_id, 3500, 4000, Treatment.REDACT)
    assert [line.text for line in house.exporting.transcript(view.story.id)] == [REDACTED]
