"""Browsing: a page gets everything about a story in one go."""

from __future__ import annotations

from sqlalchemy import event

from storybank.domain.attribution import Attribution
from tests.services.conftest import Calm


def test_the_history_tells_what_happened_to_the_story_its_recording_and_its_people(house, tmp_path):
    story = house.a_story(tmp_path)
    house.consenting.record(story.people[0].id, ["website"], Attribution.FULL_NAME, Calm())
    house.correcting.reword(story.lines[0].id, "Something else").do()
    told = [line.event for line in house.browsing.story("amina").history]
    assert told[:2] == ["TranscriptChanged", "ConsentRecorded"]
    assert {"StoryCollected", "ContributorSaved", "TranscriptStarted", "TranscriptEnded"} <= set(told)
    assert len(told) == len({line.seq for line in house.browsing.story("amina").history})


def test_a_card_tells_who_how_long_and_how_far(house, tmp_path):
    house.a_story(tmp_path)
    line = house.browsing.card("amina").line
    assert (line.people, line.duration_ms, line.transcript, line.lines) == (("Amina Diallo",), 60_000, "done", 2)


def test_the_page_works_from_a_library_moved_elsewhere(house, tmp_path):
    house.a_story(tmp_path)
    assert house.browsing.story("amina").files[0].is_relative_to(house.library.folder)


def test_a_list_of_many_stories_asks_the_library_no_more_than_a_list_of_one(house, tmp_path):
    asked = []
    house.a_story(tmp_path)
    event.listen(house.library.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert len(house.browsing.cards()) == 1
    for_one = len(asked)
    house.a_story(tmp_path, "george", "George Campbell")
    house.a_story(tmp_path, "priya", "Priya Sharma")
    asked.clear()
    assert [card.line.people for card in house.browsing.cards()] == [
        ("Amina Diallo",), ("George Campbell",), ("Priya Sharma",)]
    assert len(asked) == for_one
