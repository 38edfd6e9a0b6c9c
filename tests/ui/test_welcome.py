"""The first start: a page that makes a library, and what it says where there is none, or one that will not open."""

from __future__ import annotations

import pytest

from storybank.settings import Settings
from tests.ui.conftest import said
from ui.app import Sitting, _make, _open, application
from ui.welcome import TITLE, Welcome


@pytest.fixture
def sit(qtbot, tmp_path, monkeypatch):
    """Begin a sitting on a folder of a fresh machine; what was kept is in `kept`."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    sittings = []

    def begun(folder):
        sitting = Sitting(application(), Settings(language="en", theme="light"), sittings_kept.append, _open, _make)
        sittings.append(sitting)
        sitting.begin(lambda: _open(folder), folder)
        qtbot.waitUntil(lambda: isinstance(shown(sitting), Welcome) or sitting.desk is not None)
        return sitting

    sittings_kept = begun.kept = []
    yield begun
    for sitting in sittings:
        sitting.end()
        qtbot.addWidget(sitting.window)


def shown(sitting):
    return sitting.window.stack.currentWidget()


def test_a_fresh_machine_is_offered_the_usual_folder_and_no_error(sit, tmp_path):
    sitting = sit(tmp_path / "home" / "library")
    assert shown(sitting).folder.text() == str(tmp_path / "home" / "library")
    assert said(sitting.window.toast) == ""
    assert not (tmp_path / "home" / "library").exists()


def test_one_press_makes_the_library_and_shows_what_to_do_next(sit, tmp_path):
    sitting = sit(tmp_path / "home" / "library")
    shown(sitting).main.click()
    assert (tmp_path / "home" / "library" / "library.db").exists()
    assert sitting.desk.app.title == TITLE
    assert sitting.window.pages.shown == "stories"
    assert sit.kept[-1].library == str(tmp_path / "home" / "library")


def test_the_library_goes_where_one_says_and_is_called_what_one_says(sit, tmp_path):
    sitting = sit(tmp_path / "home" / "library")
    shown(sitting).folder.setText(str(tmp_path / "ours"))
    shown(sitting).name.setText("Northern voices")
    shown(sitting).main.click()
    assert sitting.desk.app.folder == tmp_path / "ours"
    assert "Northern voices" in sitting.window.windowTitle()


def test_a_folder_that_holds_other_things_is_refused_on_the_page(sit, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine", encoding="utf-8")
    sitting = sit(tmp_path / "home" / "library")
    shown(sitting).folder.setText(str(tmp_path / "full"))
    shown(sitting).main.click()
    assert isinstance(shown(sitting), Welcome)
    assert said(sitting.window.toast)
    assert [file.name for file in (tmp_path / "full").iterdir()] == ["thesis.txt"]


def test_a_library_that_is_gone_is_named(sit, tmp_path):
    sitting = sit(tmp_path / "moved")
    assert "There is no library in" in said(sitting.window.toast)
    assert shown(sitting).folder.text() == str(tmp_path / "moved")


def test_a_library_that_somebody_else_has_open_can_be_tried_again(sit, tmp_path):
    other = _make(tmp_path / "ours", "Ours")
    sitting = sit(tmp_path / "ours")
    assert said(sitting.window.toast)
    other.close()
    shown(sitting).main.click()
    assert sitting.desk.app.title == "Ours"
    assert sitting.window.pages.shown == "stories"


def test_another_library_is_opened_from_the_welcome(sit, tmp_path):
    _make(tmp_path / "ours", "Ours").close()
    sitting = sit(tmp_path / "home" / "library")
    shown(sitting).asked.emit(tmp_path / "ours")
    assert sitting.desk.app.title == "Ours"
