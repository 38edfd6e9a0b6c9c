"""The queue in the window: seen in the tray, ordered, paused and taken up again, by keyboard too."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt

from storybank.domain.events import TranscriptEnded
from storybank.domain.speech import Listening
from storybank.domain.transcript import RunState, Span, TranscriptRun
from storybank.errors import Died
from storybank.services.transcribing import Remarked
from storybank.words import say
from tests.ui.conftest import said
from tests.ui.story_library import add_interview

MORE = ("george-physician", "helen-funder", "daniel-program-director")


@pytest.fixture
def engine(an_app, monkeypatch):
    """Stand in for the engine: it hears until it is let go, or stopped, or dies."""
    return Engine(an_app, monkeypatch)


class Engine:
    def __init__(self, app, monkeypatch):
        self.done, self.heard, self.error, self.asked = threading.Event(), [], None, []
        monkeypatch.setattr(app.transcribing, "transcribe", self.transcribe)
        self.app = app

    def transcribe(self, recording_id, how, ticket, **asked):
        self.asked.append((recording_id, how, asked))
        ticket.report(0.4, "trust is the first prescription")
        while not self.done.wait(0.01):
            ticket.check()
            if self.error:
                error, self.error = self.error, None
                raise error
        with self.app._open_work() as work:
            for entry in work.queue.all():
                if entry.recording_id == recording_id:
                    work.queue.remove(entry.id)
            work.commit()


@pytest.fixture
def queue(an_app, engine, window, qtbot):
    """Queue three recordings; the first of them is being heard."""
    slugs = [slug for slug in MORE if slug != "daniel-program-director"]
    for slug in slugs:
        add_interview(an_app, slug, transcribed=False)
    window.pages.stories().refresh()
    window.pages.stories().transcribe_all()
    book = window.desk.queue
    qtbot.waitUntil(lambda: len(book.entries) == 3 and book.running is not None and book.job is not None)
    window.show_jobs()
    yield book
    engine.done.set()


def rows(window):
    return [window.job_panel.queue_rows[one.entry.id] for one in window.desk.queue.entries]


def order(window):
    return [one.title for one in window.desk.queue.entries]


def states(window):
    return [str(one.entry.state) for one in window.desk.queue.entries]


def test_the_tray_counts_what_waits_and_the_list_shows_each_in_its_order(window, queue, qtbot):
    qtbot.waitUntil(lambda: window.tray.text.startswith("Transcribing 1 of 3"))
    first, second, third = rows(window)
    assert "40 %" in first._state.text() and "trust is the first prescription" in first._state.text()
    assert second._state.text() == third._state.text() == "waiting for its turn"
    assert not first.up_button.isVisible() and not second.up_button.isVisible() and second.down_button.isVisible()
    assert not third.down_button.isVisible()


def test_the_order_changes_by_a_word_and_by_keys(window, queue, qtbot):
    before = order(window)
    rows(window)[1].down_button.click()
    qtbot.waitUntil(lambda: order(window) == [before[0], before[2], before[1]])
    row = rows(window)[2]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: order(window) == before)


def test_one_is_paused_and_the_next_is_heard_and_it_goes_on_later(window, queue, qtbot):
    before = order(window)
    qtbot.keyClick(rows(window)[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: sorted(states(window)) == ["paused", "running", "waiting"])
    assert queue.running.title == before[1]
    next(row for row in rows(window) if row.resume_button.isVisible()).resume_button.click()
    qtbot.waitUntil(lambda: sorted(states(window)) == ["running", "waiting", "waiting"])


def test_all_of_it_is_paused_and_goes_on(window, queue, qtbot):
    window.job_panel.pause_button.click()
    qtbot.waitUntil(lambda: states(window) == ["waiting"] * 3 and not window.desk.book.active)
    assert window.tray.text == "3 transcripts are paused"
    window.job_panel.go_on_button.click()
    qtbot.waitUntil(lambda: states(window) == ["running", "waiting", "waiting"])


def test_one_is_cancelled_with_the_keyboard(window, queue, qtbot):
    before = order(window)
    qtbot.keyClick(rows(window)[1], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: order(window) == [before[0], before[2]])


def test_what_went_wrong_stays_with_its_reason_the_rest_goes_on_and_it_is_tried_again(window, queue, engine, qtbot):
    engine.error = Died(say("The speech engine crashed."), hint=say("Choose another model."))
    qtbot.waitUntil(lambda: engine.error is None)
    engine.error = Died(say("The speech engine crashed."), hint=say("Choose another model."))
    qtbot.waitUntil(lambda: sorted(states(window)) == ["failed", "running", "waiting"])
    failed = next(row for row in rows(window) if row.retry_button.isVisible())
    assert failed._state.text() == "The speech engine crashed. Choose another model."
    failed.retry_button.click()
    qtbot.waitUntil(lambda: sorted(states(window)) == ["running", "waiting", "waiting"])


def test_when_all_is_heard_the_tray_goes_away(window, queue, engine, qtbot):
    engine.done.set()
    qtbot.waitUntil(lambda: not queue.entries and not window.desk.book.active and window.tray.isHidden())
    assert len(engine.asked) == 3


def test_what_people_should_know_is_said_once(window, queue, qtbot):
    remark = say("The graphics card could not be used.")
    for _time in range(2):
        window.desk.app.hub.publish(Remarked("r", remark))
    qtbot.waitUntil(lambda: "The graphics card could not be used" in window.job_panel.said)
    assert queue.remarks == [remark]


def test_the_same_story_is_not_queued_twice(window, queue, qtbot):
    stories = window.pages.stories()
    stories.transcribe.ask([card.line for card in stories.all if card.line.transcript == "none"][:1])
    assert "Nothing was queued." in said(stories.toast)
    assert len(window.desk.queue.entries) == 3


def test_the_page_of_a_story_waits_pauses_and_cancels_too(window, queue, qtbot):
    last = queue.entries[-1]
    window.pages.show_story(last.story)
    page = window.pages.story()
    assert page.words.listening._said.text() == "Waiting for its turn"
    page.words.listening.pause.click()
    qtbot.waitUntil(lambda: not page.listening.runs)
    qtbot.waitUntil(lambda: states(window)[-1] == "paused")
    page.transcribe()
    qtbot.waitUntil(lambda: states(window)[-1] == "waiting" and page.listening.runs)
    page.words.listening.cancel.click()
    qtbot.waitUntil(lambda: len(queue.entries) == 2 and not page.listening.runs)


def test_what_waited_goes_on_by_itself_when_the_library_is_opened(an_app, engine, open_window, qtbot):
    story = add_interview(an_app, "helen-funder", transcribed=False)
    recording = an_app.browsing.story(story.code).recordings[0]
    an_app.queueing.add([recording.id], Listening())
    window = open_window()
    qtbot.waitUntil(lambda: window.desk.queue.running is not None)
    engine.done.set()
    qtbot.waitUntil(lambda: not window.desk.book.active)


def test_a_queue_that_was_paused_stays_so_when_the_library_is_opened(an_app, engine, open_window, qtbot):
    story = add_interview(an_app, "helen-funder", transcribed=False)
    an_app.queueing.add([an_app.browsing.story(story.code).recordings[0].id], Listening())
    an_app.queueing.pause_all()
    window = open_window()
    qtbot.waitUntil(lambda: window.tray.text == "1 transcript is paused")
    assert engine.asked == [] and not window.desk.book.active


def test_a_passage_is_heard_again_and_can_be_compared(window, engine, qtbot):
    engine.done.set()
    window.pages.show_story("S-0001")
    page = window.pages.story()
    again = next(tool for tool in page.tools._all if type(tool).__name__ == "Again")
    page.view.cursor_.select_line()
    again.ask()
    assert again.bar.isVisible()
    again.language.choose("fr")
    again.button.click()
    qtbot.waitUntil(lambda: len(engine.asked) == 1)
    recording_id, how, asked = engine.asked[0]
    line = page.view.script.lines[0]
    assert (how.language, asked["only"]) == ("fr", Span(line.start_ms, line.end_ms))
    assert "The transcript stays as it is." in said(page.toast)
    assert recording_id == page.story.recordings[0].id
    offered = []
    page.compare_with = offered.append
    run = TranscriptRun("again", recording_id, "faster-whisper", "1", "small", "fr", RunState.DONE, beside=True,
                        only=asked["only"])
    with window.desk.app._open_work() as work:
        work.transcripts.save_run(run)
        work.record(TranscriptEnded(run.id, recording_id, RunState.DONE))
        work.commit()
    qtbot.waitUntil(lambda: "lies beside the transcript" in said(page.toast))
    page.toast._actions[0].click()
    assert offered == ["again"]
