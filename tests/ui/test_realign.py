"""Words that a person wrote are found in the sound by the model that hears, as one change that can be undone."""

from __future__ import annotations

import pytest

from tests.ui.story_library import build_library
from tests.ui.test_story_page import SLUG, Room


@pytest.fixture
def room(tmp_path, qtbot):
    app = build_library(tmp_path / "library", [SLUG])
    made = Room(app, qtbot)
    yield made
    made.page.player.close_recording()
    made.bridge.close()
    app.close()


def estimated(room):
    return sum(word.estimated for line in room.lines() for word in line.words)


def test_words_that_were_typed_get_the_times_at_which_they_are_heard(room, qtbot):
    room.page.show_story(SLUG)
    action = next(one for one in room.page.words.menu.actions() if "in the sound" in one.text())
    assert not action.isEnabled()
    line = room.lines()[0]
    room.app.correcting.reword(line.id, line.text.replace("Amina", "Amina Diallo")).do()
    before = estimated(room)
    assert before
    room.page.refresh()
    assert action.isEnabled()
    action.trigger()
    qtbot.waitUntil(lambda: estimated(room) < before, timeout=60_000)
    room.history.undo()
    assert estimated(room) == before
