"""Settings: which model listens, how one comes and goes, and whether this computer is ready."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton

from storybank import places, settings
from storybank.domain.readiness import Aspect, Finding, Readiness, Sign, estimate
from storybank.domain.readiness import Memory as Ram
from storybank.errors import Unavailable
from storybank.words import say
from tests.media.hub import Hub
from tests.ui.conftest import said
from ui.parts.chips import Badge

FINISHED = 30_000
DEMO = places.demo() / "speech" / "ct2"


@pytest.fixture
def page(window, home):
    """The page of settings on a machine that has only the demo model; a choice is kept as the program keeps it."""
    window.settings_changed.connect(lambda chosen: settings.save(chosen, home / "settings.json"))
    window.pages.show_page("settings")
    return window.pages.settings()


@pytest.fixture
def hub(monkeypatch):
    there = Hub({file.name: file.read_bytes() for file in DEMO.iterdir()})
    monkeypatch.setenv("HF_ENDPOINT", there.base)
    yield there
    there.close()


def told(widget):
    QApplication.processEvents()  # what was just put into a layout is shown by the next turn of the loop
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def buttons(widget, name):
    QApplication.processEvents()
    return [one for one in widget.findChildren(QPushButton) if one.accessibleName() == name and one.isVisibleTo(widget)]


def button(widget, name):
    (found,) = buttons(widget, name)
    return found


def have(name, size_beside=0):
    """Put a model onto this machine."""
    model = Path(shutil.copytree(DEMO, places.models() / name))
    with (model / "model.bin").open("ab") as weights:
        weights.truncate(weights.tell() + size_beside)


def test_what_can_be_downloaded_says_what_to_expect_and_whether_it_fits(qtbot, page):
    assert page.models.offers.isHidden()
    qtbot.mouseClick(page.models.more, Qt.MouseButton.LeftButton)
    text = told(page.models.offers)
    for words in ("small · 488 MB", "English: Good for most", "French: The least that is fit for French",
                  "Not for French.", "Needs 1.5 GB of memory", "99 languages"):
        assert words in text
    assert "Fits this computer." in text or "memory; this computer has" in text


def test_a_model_is_downloaded_with_its_bytes_to_be_seen_and_listens_from_then_on(qtbot, page, hub):
    page.models.more.click()
    qtbot.mouseClick(button(page.models.offers, "Download tiny"), Qt.MouseButton.LeftButton)
    assert "tiny is arriving: 0 bytes of 78 MB" in told(page.models)
    assert not button(page.models.offers, "Download tiny").isEnabled()
    qtbot.waitUntil(lambda: "tiny is ready to use." in said(page.toast), timeout=FINISHED)
    assert "New transcripts are made with this one." in told(page.models)
    assert "is arriving" not in told(page.models)
    assert not buttons(page.models.offers, "Download tiny")


def test_a_download_that_breaks_off_says_why_and_what_came_can_be_removed(qtbot, page, hub):
    hub.manners.refuses["model.bin"] = 403
    page.models.download("tiny")
    qtbot.waitUntil(lambda: "does not let us have the model tiny" in said(page.toast), timeout=FINISHED)
    assert "of unfinished downloads" in told(page.models)
    qtbot.mouseClick(button(page.models, "Remove partial downloads"), Qt.MouseButton.LeftButton)
    assert "is free again" in said(page.toast)
    assert "of unfinished downloads" not in told(page.models)


def test_a_download_is_stopped_with_the_keyboard(qtbot, page, hub):
    hub.manners.stalls = threading.Event()
    page.models.download("tiny")
    stop = button(page.models, "Stop tiny")
    stop.setFocus()
    qtbot.waitUntil(lambda: hub.asked["model.bin"] > 0, timeout=FINISHED)
    qtbot.keyClick(stop, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "is arriving" not in told(page.models), timeout=FINISHED)
    hub.manners.stalls.set()
    assert "of unfinished downloads" in told(page.models)


def test_the_model_that_is_chosen_listens_and_is_remembered(qtbot, page, home):
    have("ours")
    page.models.refresh()
    assert page._app.models.find().name == "ours"
    use = button(page.models, "Use this one storybank-demo")
    use.setFocus()
    qtbot.keyClick(use, Qt.Key.Key_Space)
    assert page._app.models.find().is_demo
    assert settings.load(home / "settings.json").model == "storybank-demo"
    assert "New transcripts are made with storybank-demo." in said(page.toast)
    button(page.models, "Use this one ours").click()
    assert page._app.models.find().name == "ours"


def test_a_model_is_removed(qtbot, page):
    have("ours")
    page.models.refresh()
    qtbot.mouseClick(button(page.models, "Remove ours"), Qt.MouseButton.LeftButton)
    assert "ours" not in told(page.models) and not (places.models() / "ours").exists()


def test_the_folder_of_the_models_is_named_and_can_be_shown(qtbot, page, monkeypatch):
    shown = []
    monkeypatch.setattr("ui.settings.models.QDesktopServices.openUrl", lambda url: shown.append(url.toLocalFile()))
    assert str(places.models()) in told(page.models)
    button(page.models, "Show in folder").click()
    assert [Path(place) for place in shown] == [places.models()]


# ---- is this computer ready? -----------------------------------------------------------------------------------------


def test_the_check_is_started_with_the_keyboard_and_every_line_has_a_sign_in_words(qtbot, page, monkeypatch):
    app = page._app
    ready = a_check(app)
    monkeypatch.setattr(app.preflight, "check", lambda ticket: ready)
    start = page.readiness.start_button
    assert start.focusPolicy() & Qt.FocusPolicy.TabFocus
    start.setFocus()
    qtbot.keyClick(start, Qt.Key.Key_Space)
    assert not start.isEnabled()
    qtbot.waitUntil(start.isEnabled, timeout=FINISHED)
    text = told(page.readiness)
    for words in ("Processor", "A fine one.", "Speech engine", "It crashed.", "Take another.", "small", "26 min"):
        assert words in text
    assert {"Good", "Careful", "Stops you"} == {badge.word for badge in page.readiness.findChildren(Badge)}


def test_a_check_that_fails_says_why_and_can_be_started_again(qtbot, page, monkeypatch):
    def fail(ticket):
        raise Unavailable(say("The library cannot be read."), hint=say("Plug its disk in."))

    monkeypatch.setattr(page._app.preflight, "check", fail)
    page.check_computer()
    qtbot.waitUntil(lambda: "The library cannot be read." in said(page.toast), timeout=FINISHED)
    assert page.readiness.start_button.isEnabled()
    assert all(bar.isHidden() for bar in page.readiness.findChildren(QProgressBar))


def test_the_real_check_tries_the_engine_and_says_it_was_the_demo_model(qtbot, page):
    page.check_computer()
    qtbot.waitUntil(page.readiness.start_button.isEnabled, timeout=4 * FINISHED)
    text = told(page.readiness)
    assert "storybank-demo was ready after" in text and "only the demo model" in text
    assert "For" in text and "of sound that waits" in text, "Daniel waits for a transcript"
    assert os.fspath(page._app.folder) in text


def test_where_something_could_not_be_transcribed_the_check_is_one_press_away(qtbot, window, an_app, monkeypatch):
    monkeypatch.setattr(an_app.preflight, "check", lambda ticket: a_check(an_app))
    window.show_jobs()
    assert not buttons(window.job_panel, "Check this computer")
    monkeypatch.setattr(type(window.desk.queue), "failures", property(lambda queue: ["one"]))
    window.job_panel.refresh()
    qtbot.mouseClick(button(window.job_panel, "Check this computer"), Qt.MouseButton.LeftButton)
    page = window.pages.settings()
    qtbot.waitUntil(page.readiness.start_button.isEnabled, timeout=FINISHED)
    assert window.pages.shown == "settings" and "It crashed." in told(page.readiness)


def a_check(app):
    """A check with a good line, one that stops, and the times of an hour."""
    times = tuple(estimate(model, 26 / 60, 3_600_000, Ram(8 * 10**9, 8 * 10**9), 10**11)
                  for model in app.models.catalogue())
    return Readiness((Finding(Aspect.PROCESSOR, Sign.GOOD, say("A fine one.")),
                      Finding(Aspect.ENGINE, Sign.STOPS, say("It crashed."), say("Take another."))), times, 1,
                     3_600_000)
