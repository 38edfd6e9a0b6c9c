"""The whole job in the window, with the real engine in its own process: from dropped files to a withdrawn consent."""

from __future__ import annotations

import wave

import av
import pytest
from docx import Document
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from storybank import places
from storybank.settings import Settings
from storybank.words import Words
from tests.ui.conftest import said
from tests.ui.drafting import answers, write_one_pager
from ui import theme
from ui.app import application
from ui.desk import Desk
from ui.transcript.script import Place
from ui.window import Window
from ui.wiring import create_app

MEDIA = places.demo() / "media"
LONG = 120_000
"""Milliseconds that an engine may take on a busy machine."""


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    """The window on a library that holds nothing yet."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    desk = Desk(create_app(tmp_path / "library", "Voices"))
    theme.apply(application(), theme.LIGHT)
    made = Window(Words("en"), theme.LIGHT, Settings(language="en", theme="light"))
    qtbot.addWidget(made)
    made.furnish(desk)
    made.show()
    yield made
    if made.pages.shown == "story":
        made.pages.story().player.close_recording()
    desk.close()


def test_from_dropped_files_to_a_brief_and_a_withdrawal(qtbot, window, tmp_path):
    drop(window, [MEDIA / "marie-intervenante.mp4", an_empty_file(tmp_path)])
    stories = window.pages.stories()
    qtbot.waitUntil(lambda: "1 added · 1 refused" in said(stories.toast), timeout=LONG)
    assert "broken.mp4" in said(stories.toast)

    name_her_and_record_consent(qtbot, stories)
    listen(qtbot, window, stories)
    quote_her(qtbot, window)
    make_a_brief(qtbot, window, tmp_path / "brief.docx")
    withdraw(qtbot, window)

    page = window.pages.story()
    assert {card.badge.word for card in page.quotes.cards.values()} == {"Not usable"}
    exports = window.pages.exports()
    window.pages.show_draft("D-0001")
    qtbot.waitUntil(lambda: answers(exports.builder) == {"Q-0001": "Not usable"}, timeout=LONG)
    exports.making.make(tmp_path / "second.docx")
    qtbot.waitUntil(lambda: "No quote in it may leave" in said(exports.toast), timeout=LONG)
    assert not (tmp_path / "second.docx").exists()


def drop(window, files):
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, told, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))


def an_empty_file(folder):
    file = folder / "broken.mp4"
    file.write_bytes(b"")
    return file


def name_her_and_record_consent(qtbot, stories):
    stories.show_consent(stories.all[0].line.id)
    stories.panel.ask_consent()  # nobody is named yet, so the name comes first
    form = stories.panel.form
    form.name.setText("Marie Gagnon")
    form.stakeholder.choose("link_worker")
    form.save_button.click()
    qtbot.waitUntil(lambda: "Marie Gagnon is in this story" in said(stories.panel.toast))
    stories.panel.ask_consent()
    form = stories.panel.form
    form.uses["government_brief"].setChecked(True)
    form.until.setText("2099-03-31")
    form.save_button.click()
    qtbot.waitUntil(lambda: "It holds from now on" in said(stories.panel.toast), timeout=LONG)
    qtbot.waitUntil(lambda: next(iter(stories.cards.values())).badge.word == "Consent on file")


def listen(qtbot, window, stories):
    partial, left = [], []
    window.desk.book.changed.connect(lambda: partial.extend(job.note for job in window.desk.book.active if job.note))
    window.desk.book.changed.connect(lambda: left.append(window.tray.text))
    stories.transcribe_all()
    assert "it knows the demo's few hundred words" in said(stories.toast)  # the demo model is named for what it is
    window.pages.show_story("S-0001")
    page = window.pages.story()
    qtbot.waitUntil(lambda: bool(page.view.script.count) and page.listening.runs, timeout=LONG)
    assert page.words.listening.isVisible()
    qtbot.waitUntil(lambda: not window.desk.book.active and not page.listening.runs, timeout=LONG)
    assert any(partial)
    assert any(text.startswith("Transcribing Marie Gagnon") for text in left)
    assert window.tray.isHidden()
    qtbot.waitUntil(lambda: page.story.runs[-1].state == "done" and page.view.script.count > 20, timeout=LONG)


def quote_her(qtbot, window):
    page = window.pages.story()
    page.view.setFocus()
    page.view.cursor_.go(Place(1, 0))
    for _word in range(4):
        qtbot.keyClick(page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.view, Qt.Key.Key_T)
    qtbot.keyClick(page.tagging.palette, Qt.Key.Key_1)
    qtbot.keyClick(page.tagging.palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.quotes.cards) == 1)
    card = next(iter(page.quotes.cards.values()))
    assert card.badge.word == "Usable"
    assert card.quote.codes == {"amplify", "link_worker"}


def make_a_brief(qtbot, window, to):
    window.pages.show_page("exports")
    page = window.pages.exports()
    builder = write_one_pager(page, ["Q-0001"], "Trust first")
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Usable"}, timeout=LONG)
    page.making.make(to)
    qtbot.waitUntil(lambda: "is ready: brief.docx. 1 quote inside, 0 left out." in said(page.toast), timeout=LONG)
    assert "Trust first" in " ".join(" ".join(part.text for part in Document(str(to)).paragraphs).split())
    page.back_button.click()
    page.filters.choose("ledger")
    assert [line.title for line in page.ledger.rows.rows] == ["Trust first"]


def withdraw(qtbot, window):
    window.pages.show_story("S-0001")
    page = window.pages.story()
    page.consent.ask_withdrawal(page.story.people[0])
    form = page.consent.form
    while form.step.key != "meaning":
        form.next_button.click()
    form.withdraw_button.click()
    qtbot.waitUntil(lambda: page.story.badge.state == "withdrawn")
    form.away.click()  # the rest of the case waits on the page of consent
    qtbot.waitUntil(lambda: "brief" in said(page.consent.toast).lower())  # what has left already is named
    window.pages.show_page("consent")
    board = window.pages.consent()
    board.filters.choose("cases")
    board.case_list.buttons["W-0001"].click()
    assert next(row.task.kind for row in board.form.step.rows) == "remove"
    board.form.leave()


def test_cancel_in_the_tray_keeps_what_was_heard_says_so_and_goes_on_from_there(qtbot, window, tmp_path):
    drop(window, [two_stretches(tmp_path / "long.wav")])
    stories = window.pages.stories()
    qtbot.waitUntil(lambda: "1 added" in said(stories.toast), timeout=LONG)
    window.pages.show_story("S-0001")
    page = window.pages.story()
    page.transcribe()
    qtbot.waitUntil(lambda: any(run.heard_ms for run in page.story.runs) and window.tray.isVisible(), timeout=LONG)
    window.show_jobs()
    next(iter(window.job_panel.queue_rows.values())).cancel_button.click()
    qtbot.waitUntil(lambda: not page.listening.runs and page.words.stopped != "", timeout=LONG)
    assert "What was heard is kept." in page.words.stopped
    heard = [line.text for line in page.story.lines]
    assert heard

    page.words.go_on.click()
    qtbot.waitUntil(lambda: page.story.runs[-1].state == "done", timeout=LONG)
    qtbot.waitUntil(lambda: page.words.stopped == "" and not window.desk.book.active, timeout=LONG)
    assert len(page.story.runs) == 1
    assert [line.text for line in page.story.lines][:len(heard)] == heard
    assert page.story.lines[-1].start_ms > page.story.runs[-1].heard_ms * 0.8


def test_a_stop_before_anything_is_kept_says_that_too(qtbot, window):
    drop(window, [MEDIA / "amina-link-worker.mp4"])
    qtbot.waitUntil(lambda: "1 added" in said(window.pages.stories().toast), timeout=LONG)
    window.pages.show_story("S-0001")
    page = window.pages.story()
    page.transcribe()
    qtbot.waitUntil(lambda: bool(window.desk.book.active), timeout=LONG)
    page.words.listening.cancel.click()
    qtbot.waitUntil(lambda: not page.listening.runs and page.words.stopped != "", timeout=LONG)
    assert "nothing is kept yet" in page.words.stopped


def two_stretches(to):
    """Write Marie's words, five quiet minutes, and Marie's words again, many times over: time enough to stop it."""
    with av.open(MEDIA / "marie-intervenante.mp4") as file:
        resampler = av.AudioResampler("s16", "mono", 16_000)
        frames = [made for frame in file.decode(audio=0) for made in resampler.resample(frame)]
    words = b"".join(bytes(frame.planes[0])[:2 * frame.samples] for frame in frames)
    with wave.open(str(to), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(words + bytes(2 * 16_000 * 300) + 3 * words)
    return to
