"""What comes in from elsewhere: a details file with recordings left where they are, and speech models."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from storybank import places
from tests.ui.conftest import said

DETAILS = """file,title,person,role,stakeholder,province,language,recorded_on
marie-intervenante.mp4,La confiance d'abord,Marie Gagnon,Intervenante pivot,link_worker,QC,fr,2025-06-20
"""
FINISHED = 30_000


@pytest.fixture
def settings(window, monkeypatch, tmp_path):
    """The page of settings on a machine that has only the demo model."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    window.pages.show_page("settings")
    return window.pages.settings()


def test_a_details_file_names_the_person_and_the_file_stays_where_it_is(qtbot, stories, an_app, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    file = Path(shutil.copy(places.demo() / "media" / "marie-intervenante.mp4", folder))
    (folder / "details.csv").write_text(DETAILS, encoding="utf-8")
    stories.importing.leave_in_place(True)
    stories.importing.bring_in([file, folder / "details.csv"])
    qtbot.waitUntil(lambda: "1 added" in said(stories.toast), timeout=FINISHED)
    card = next(card for card in stories.all if card.line.people == ("Marie Gagnon",))
    story = an_app.browsing.story(card.line.code)
    assert story.story.title == "La confiance d'abord"
    assert story.files == (file,)
    qtbot.waitUntil(lambda: card.line.id in stories.cards)


def test_a_model_from_a_folder_is_listed_and_used_from_then_on(qtbot, settings, tmp_path):
    model = shutil.copytree(places.demo() / "speech" / "ct2", tmp_path / "our-clinic")
    settings.models.bring_in(model)
    qtbot.waitUntil(lambda: "our-clinic is ready to use." in said(settings.toast), timeout=FINISHED)
    assert any("New transcripts are made with this one." in text for text in told(settings))
    assert any("This is the demo model" in text for text in told(settings))


def test_a_model_from_a_zip_is_taken_too(qtbot, settings, tmp_path):
    packed = shutil.make_archive(str(tmp_path / "zipped"), "zip", places.demo() / "speech" / "ct2")
    settings.models.bring_in(Path(packed))
    qtbot.waitUntil(lambda: "zipped is ready to use." in said(settings.toast), timeout=FINISHED)


def test_a_broken_folder_is_refused_on_the_page_with_what_is_missing(qtbot, settings, tmp_path):
    broken = shutil.copytree(places.demo() / "speech" / "ct2", tmp_path / "broken")
    whole = (broken / "model.bin").read_bytes()
    (broken / "model.bin").write_bytes(whole[:len(whole) // 3])
    settings.models.bring_in(broken)
    qtbot.waitUntil(lambda: "model.bin is cut off" in said(settings.toast), timeout=FINISHED)
    assert not any(text.startswith("broken") for text in told(settings))


def told(settings):
    return [label.text() for label in settings.models.findChildren(QLabel) if not label.isHidden()]
