"""How to listen: the choices of language and model, what is said about them, and what is asked for."""

from __future__ import annotations

import pytest

from storybank.domain.speech import Listening
from tests.ui.story_library import build_library
from tests.ui.test_story_page import SLUG, Room
from ui.workbench.how import HowToListen


@pytest.fixture
def room(tmp_path, qtbot, monkeypatch):
    app = build_library(tmp_path / "library", [SLUG])
    monkeypatch.setattr(app.hearing, "go", lambda: None)  # what is asked for is looked at, not heard
    made = Room(app, qtbot)
    made.page.show_story(SLUG)
    yield made
    made.page.player.close_recording()
    made.bridge.close()
    app.close()


@pytest.fixture
def how(room):
    return next(tool for tool in room.page.tools._all if isinstance(tool, HowToListen))


def test_both_languages_in_turns_are_asked_for_with_the_model_that_was_chosen(room, how, qtbot):
    how.open()
    assert how.bar.isVisible() and how.bar.language.hasFocus()
    how.bar.language.choose("mixed")
    how.bar.begin.click()
    entry = room.app.queueing.entries()[0].entry
    assert entry.how == Listening(mixed=True) and entry.again and entry.model == how._app.models.find().name
    assert not how.bar.isVisible()


def test_it_says_that_the_transcript_there_is_stays(room, how):
    how.open()
    assert "stays on file" in how.bar.said.text()
