"""Transcript files in the window: saved, brought in, pasted and checked as captions, on the page of a story."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from storybank.domain.transcript import WRITTEN
from storybank.services.withdrawing import Stop
from storybank.words import Words
from tests.ui.conftest import said
from tests.ui.story_library import build_library
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.story.page import StoryPage
from ui.workbench.files import TranscriptFilesTool

SLUG = "amina-link-worker"


@pytest.fixture
def room(tmp_path, qtbot):
    app = build_library(tmp_path / "library", [SLUG])
    bridge = Bridge(app.hub)
    page = StoryPage(app, Words("en"), theme.LIGHT, bridge, History())
    qtbot.addWidget(page)
    page.resize(1300, 860)
    page.show()
    page.show_story(SLUG)
    yield page, app
    page.player.close_recording()
    bridge.close()
    app.close()


@pytest.fixture
def tool(room):
    return next(one for one in room[0].tools._all if isinstance(one, TranscriptFilesTool))


def waits_for(qtbot, page, words):
    qtbot.waitUntil(lambda: words in said(page.toast), timeout=10_000)


def action(page, text):
    return next(one for one in page.words.menu.actions() if one.text() == text)


def test_the_menu_saves_the_transcript_where_one_says(room, qtbot, tmp_path, monkeypatch):
    page, _app = room
    to = tmp_path / "words"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(to), "VTT captions (*.vtt)"))
    action(page, "Save transcript as…").trigger()
    waits_for(qtbot, page, f"Saved: {to}.vtt")
    assert "internal use" in said(page.toast)
    assert "For internal use." in to.with_suffix(".vtt").read_text()


def test_a_transcript_of_who_said_stop_is_not_saved_and_the_page_says_why(room, tool, qtbot, tmp_path):
    page, app = room
    app.withdrawing.withdraw(Stop(app.people.all()[0].id))
    tool.write(tmp_path / "words.txt")
    waits_for(qtbot, page, "withdrew")
    assert not (tmp_path / "words.txt").exists()


def test_a_file_that_is_brought_in_is_shown(room, qtbot, tmp_path, monkeypatch):
    page, app = room
    words = [line.text for line in page.story.lines]
    file = tmp_path / "typed.txt"
    file.write_text("Amina:\n" + " ".join(words).replace("Amina and", "Amina, and"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(file), ""))
    action(page, "Import a transcript…").trigger()
    waits_for(qtbot, page, "The earlier transcript is kept.")
    qtbot.waitUntil(lambda: page.view.script.lines[0].text.startswith("My name is Amina, and"))
    assert "% were heard" in said(page.toast)
    assert app.transcribing.runs(page.story.recordings[0].id)[-1].engine == WRITTEN


def test_a_text_is_pasted_into_the_page(room, tool, qtbot):
    page, _app = room
    action(page, "Paste a transcript…").trigger()
    assert tool.paste.isVisible() and tool.paste.field.hasFocus()
    tool.paste.take.click()
    assert "There is nothing to bring in." in said(page.toast)
    tool.paste.field.setPlainText(" ".join(line.text for line in page.story.lines))
    tool.paste.take.click()
    waits_for(qtbot, page, "The earlier transcript is kept.")
    assert tool.paste.isHidden() and not tool.paste.field.toPlainText()


def test_a_text_of_something_else_stays_in_the_field_and_the_page_says_why(room, tool, qtbot):
    page, _app = room
    tool.open_paste()
    tool.paste.field.setPlainText("Nobody brought umbrellas although rain had been forecast.")
    tool.paste.take.click()
    waits_for(qtbot, page, "does not seem to be what is said here")
    assert tool.paste.isVisible() and tool.paste.take.isEnabled()
    assert tool.paste.field.toPlainText()


def test_captions_are_checked_and_a_click_goes_there(room, tool):
    page, app = room
    line = page.story.lines[3]
    app.correcting.reword(line.id, "Incomprehensibilities overwhelmingly " * 9).do()
    page.refresh()
    action(page, "Check captions").trigger()
    rows = [tool.faults.list.item(n) for n in range(tool.faults.list.count())]
    assert f"{len(rows)} captions are hard to read. Choose one to go there." == tool.faults.said.text()
    hard = next(row for row in rows if "Incomprehensibilities" in row.toolTip())
    assert "characters a second are too many to read" in hard.text()
    tool.faults.list.itemClicked.emit(hard)
    assert page.view.cursor_.place.line == 3


def test_captions_that_can_all_be_read_say_so(room, tool):
    tool.faults.show_faults([])
    assert tool.faults.said.text() == "Every caption can be read in time."
    assert tool.faults.list.isHidden()
