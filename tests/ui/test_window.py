"""The window as a whole: jobs, keys, language, names for those who listen, and closing."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLabel, QTabBar, QWidget

from storybank.jobs.runner import Lane
from storybank.settings import Settings
from storybank.words import say
from tests.ui.conftest import said
from ui.app import Sitting, application

PAGES = ("stories", "search", "story", "consent", "check", "exports", "settings")


def turn_to(window, page):
    """Show a page; the story is the first one with quotes."""
    if page == "story":
        window.pages.show_story(next(card.line.id for card in window.pages.stories().all if card.line.quotes))
    else:
        window.pages.show_page(page)


@pytest.fixture
def long_job(an_app):
    """Start a job that goes on until it is stopped."""
    let_go = threading.Event()

    def started(name="Amina Diallo"):
        def work(ticket):
            ticket.report(0.4, "trust is the first prescription")
            while not let_go.wait(0.01):
                ticket.check()

        return an_app.runner.start(Lane.SPEECH, work, say("Transcribing {name}", name=name))

    yield started
    let_go.set()


def test_a_running_job_shows_at_the_foot_of_the_rail(qtbot, window, long_job):
    assert window.tray.isHidden()
    long_job()
    qtbot.waitUntil(lambda: "Transcribing Amina Diallo" in window.tray.text and window.tray.isVisible())


def test_several_jobs_are_counted(qtbot, window, long_job):
    for name in ("Amina Diallo", "Margaret", "Samuel Roy"):
        long_job(name)
    qtbot.waitUntil(lambda: window.tray.text.startswith("Transcribing 1 of 3"))


def test_the_list_of_jobs_shows_the_words_as_they_are_heard(qtbot, window, long_job):
    long_job()
    qtbot.waitUntil(lambda: bool(window.desk.book.active) and window.desk.book.active[0].runs)
    qtbot.mouseClick(window.tray, Qt.MouseButton.LeftButton)
    assert window.job_panel.isVisible()
    row = next(iter(window.job_panel._rows.values()))
    assert "trust is the first prescription" in " ".join(label.text() for label in row.findChildren(QLabel))


def test_a_job_can_be_cancelled(qtbot, window, long_job):
    number = long_job()
    qtbot.waitUntil(lambda: bool(window.desk.book.active))
    window.show_jobs()
    window.job_panel._rows[number].cancel_button.click()
    qtbot.waitUntil(lambda: not window.desk.book.active, timeout=10_000)
    assert window.desk.book.jobs[0].stopped
    assert window.tray.isHidden()


def test_closing_asks_only_while_jobs_run(qtbot, window, long_job):
    number = long_job()
    qtbot.waitUntil(lambda: bool(window.desk.book.active))
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert "1 job is still running." in said(window.toast)
    window.desk.app.runner.cancel(number)
    qtbot.waitUntil(lambda: not window.desk.book.active, timeout=10_000)
    event = QCloseEvent()
    window.closeEvent(event)
    assert event.isAccepted()


def test_undo_with_nothing_to_undo_says_so(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window._undo()
    assert "nothing to undo" in said(window.toast)


def test_the_language_switch_rebuilds_the_window_and_keeps_the_page(qtbot, an_app):
    kept = []
    sitting = Sitting(application(), Settings(language="en", theme="light"), kept.append, None)
    sitting.begin(lambda: an_app)
    qtbot.waitUntil(lambda: sitting.desk is not None)
    sitting.window.pages.show_page("settings")
    old = sitting.window
    page = old.pages.settings()
    page.language.choose("fr")
    with qtbot.waitSignal(old.settings_changed):
        page.language.activated.emit(page.language.currentIndex())
    qtbot.addWidget(sitting.window)
    assert sitting.window is not old
    assert sitting.window.tr_.language == "fr"
    assert sitting.window.pages.shown == "settings"
    assert kept == [Settings(language="fr", theme="light")]
    sitting.desk.bridge.close()


def test_an_unreadable_library_is_explained_in_the_window(qtbot):
    from storybank.errors import Damaged

    def fails():
        raise Damaged(say("The library is damaged."), hint=say("Restore a backup."))

    sitting = Sitting(application(), Settings(language="en", theme="light"), lambda _new: None, None)
    qtbot.addWidget(sitting.window)
    sitting.begin(fails)
    qtbot.waitUntil(lambda: "The library is damaged." in said(sitting.window.toast))
    assert "Restore a backup." in sitting.window.toast.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_widget_the_keyboard_reaches_has_a_name(open_window, language):
    window = open_window(language)
    window.pages.stories().show_consent(window.pages.stories().all[0].line.id)
    window.pages.stories().panel.ask_consent()
    nameless = []
    for page in PAGES:
        turn_to(window, page)
        nameless += [w for w in window.findChildren(QWidget) if w.isVisible() and reached(w) and not named(w)]
    assert not nameless, [(type(w).__name__, w.objectName(), type(w.parent()).__name__) for w in nameless]


def test_labels_show_plain_text_only(window):
    for page in PAGES:
        turn_to(window, page)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in window.findChildren(QLabel)
               if label.text())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_button_is_cut_off_in_a_small_window(open_window, qtbot, language):
    window = open_window(language)
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.width() == 1100)
    cut = []
    for page in PAGES:
        turn_to(window, page)
        application().processEvents()
        cut += [b.text() for b in window.findChildren(QAbstractButton) if b.isVisible() and b.text() != b.toolTip()
                and b.width() < b.fontMetrics().horizontalAdvance(b.text())]
    assert not cut


def reached(widget):
    """Tell whether Tab comes by here."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def named(widget):
    """Tell whether a screen reader has something to say."""
    inside = isinstance(widget.parent(), QAbstractSpinBox) or isinstance(widget, QTabBar)
    return bool(widget.accessibleName() or inside or (isinstance(widget, QLabel) and widget.text()))


