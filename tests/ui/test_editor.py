"""The transcript editor, from the keyboard alone, on a real library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow

from storybank.domain.flag import Flag
from storybank.domain.transcript import Chunk, RunState, Segment, TranscriptRun, Word
from storybank.errors import Unavailable
from storybank.words import Words, say
from tests.ui.conftest import said
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.story.page import StoryPage
from ui.transcript.script import Place

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT = Mod.ControlModifier, Mod.ShiftModifier
END = (Key.Key_End, CTRL)
SLUG = "amina-link-worker"


class Desk:
    """The story's page, and the keyboard: every key goes to whatever has the focus."""

    def __init__(self, window, page, app, history, qtbot):
        self.window, self.page, self.app, self.history, self.qtbot = window, page, app, history, qtbot
        self.view = page.view
        self.view.setFocus()
        self.begun = self.lines()

    def press(self, *keys):
        for key in keys:
            key, modifiers = key if isinstance(key, tuple) else (key, Mod.NoModifier)
            self.qtbot.keyClick(self.window.focusWidget(), key, modifiers)

    def type(self, text):
        self.qtbot.keyClicks(self.window.focusWidget(), text)

    def settle(self):
        self.page.hands.saving.settle()
        QApplication.processEvents()

    def lines(self):
        return self.app.correcting.lines(self.page.story.recordings[0].id)

    def texts(self):
        return [line.text for line in self.lines()]

    def shown(self):
        return [line.text for line in self.view.script.lines]

    def undo_all(self):
        if self.view.editor:
            self.press(Key.Key_Escape)
        while self.history.canUndo():
            self.press((Key.Key_Z, CTRL))
        QApplication.processEvents()

    def same_as_begun(self):
        return self.lines() == self.begun


@pytest.fixture
def desk(an_app, qtbot):
    """The page alone, in a window that knows undo."""
    bridge, history, window = Bridge(an_app.hub), History(), QMainWindow()
    page = StoryPage(an_app, Words("en"), theme.LIGHT, bridge, history)
    window.setCentralWidget(page)
    window.resize(1300, 860)
    QShortcut(QKeySequence("Ctrl+Z"), window, history.undo)
    window.show()
    page.show_story(SLUG)
    yield Desk(window, page, an_app, history, qtbot)
    page.player.close_recording()
    window.close()
    bridge.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def whole(window, an_app, qtbot):
    """The page in Storybank's own window."""
    window.pages.show_story(SLUG)
    return Desk(window, window.pages.story(), an_app, window.desk.history, qtbot)


def test_three_lines_are_corrected_without_the_mouse_and_all_is_undone(whole):
    desk = whole
    desk.press(Key.Key_Return, Key.Key_Home)
    desk.type("Well, ")
    desk.press(Key.Key_Tab, Key.Key_Tab)
    desk.press(END)
    desk.type(" And so on.")
    desk.press(Key.Key_Down, END, Key.Key_Backspace)
    desk.type("!")
    desk.press(Key.Key_Return)
    texts = desk.texts()
    assert texts[0] == "Well, " + desk.begun[0].text
    assert texts[2] == desk.begun[2].text + " And so on."
    assert texts[3] == desk.begun[3].text[:-1] + "!"
    assert desk.shown() == texts
    assert [line.reviewed for line in desk.lines()[:5]] == [True, True, True, True, False]
    desk.undo_all()
    assert desk.same_as_begun()
    assert desk.shown() == desk.texts()


def test_tab_finds_a_line_right_and_goes_on_and_the_video_comes_along(desk):
    desk.press(Key.Key_Return, Key.Key_Tab)
    assert desk.view.editor.line.id == desk.begun[1].id
    assert desk.page.player.position == desk.begun[1].words[0].start_ms
    desk.settle()
    assert desk.lines()[0].reviewed
    assert not desk.lines()[0].corrected
    assert desk.lines()[0].words == desk.begun[0].words


def test_a_line_is_split_where_the_cursor_is_and_backspace_at_its_start_merges_it_again(desk):
    desk.view.cursor_.go(Place(1, 4))
    desk.press(Key.Key_Return, Key.Key_Left, (Key.Key_Return, CTRL))
    first, second = desk.lines()[1:3]
    assert first.text + " " + second.text == desk.begun[1].text
    assert first.words + second.words == desk.begun[1].words
    assert desk.view.editor.line.id == second.id
    assert desk.view.editor.textCursor().position() == 0
    assert desk.shown() == desk.texts()
    desk.press(Key.Key_Backspace)
    assert desk.texts() == [line.text for line in desk.begun]
    assert desk.view.editor.word == 4
    desk.undo_all()
    assert desk.same_as_begun()


def test_delete_at_the_end_takes_the_next_line_in_with_what_was_just_typed(desk):
    desk.press(Key.Key_Return, END)
    desk.type(" yes")
    desk.press(Key.Key_Delete)
    assert desk.texts()[0] == f"{desk.begun[0].text} yes {desk.begun[1].text}"
    assert len(desk.lines()) == len(desk.begun) - 1
    assert desk.shown() == desk.texts()
    desk.undo_all()
    assert desk.same_as_begun()


def test_voices_are_given_by_number_while_reading_and_while_writing(desk, qtbot):
    desk.page.voices.add_voice()
    one = desk.page.voices.heard[0].voice
    assert desk.page.voices.names[one.id] == "Amina Diallo"
    desk.press(Key.Key_1)
    desk.press(Key.Key_Down, Key.Key_Return)
    desk.type("x")
    desk.press((Key.Key_1, CTRL))
    assert [line.voice_id for line in desk.lines()[:3]] == [one.id, one.id, None]
    assert desk.view.editor is not None
    desk.press((Key.Key_Exclam, CTRL | SHIFT))
    assert {line.voice_id for line in desk.lines()} == {one.id}
    qtbot.waitUntil(lambda: desk.view.script.voice_above(0) == "Amina Diallo", timeout=5_000)
    assert desk.view.script.voice_above(1) == ""
    desk.undo_all()
    assert desk.same_as_begun()


def test_a_voice_is_renamed_where_its_name_stands_and_everywhere_at_once(desk, qtbot):
    desk.page.voices.add_voice()
    desk.page.voices.add_voice()
    other = desk.page.voices.heard[1].voice
    desk.type("Interviewer")
    desk.press(Key.Key_Return)
    desk.view.setFocus()
    desk.press(Key.Key_2, Key.Key_Down, Key.Key_Down, Key.Key_2)
    qtbot.waitUntil(lambda: desk.page.voices.names.get(other.id) == "Interviewer", timeout=5_000)
    qtbot.waitUntil(lambda: desk.view.script.voice_above(0) == "Interviewer", timeout=5_000)
    assert desk.view.script.voice_above(2) == "Interviewer"


def test_typing_is_saved_after_a_pause_and_is_one_step_to_undo(desk, qtbot):
    desk.view.writing.pause_ms = 10
    desk.press(Key.Key_Return, Key.Key_Home)
    for text in ("Oh ", "dear "):
        desk.type(text)
        qtbot.waitUntil(lambda text=text: text.strip() in desk.texts()[0], timeout=5_000)
        assert desk.view.editor is not None
    assert desk.view.editor.textCursor().position() == len("Oh dear ")
    desk.press(Key.Key_Return)
    assert desk.texts()[0] == "Oh dear " + desk.begun[0].text
    assert desk.history.count() == 1
    assert desk.lines()[0].words[2:] == desk.begun[0].words
    desk.undo_all()
    assert desk.same_as_begun()


def test_escape_gives_up_what_was_typed_even_where_it_was_saved(desk, qtbot):
    desk.view.writing.pause_ms = 10
    desk.press(Key.Key_Return, Key.Key_Home)
    desk.type("Nonsense ")
    qtbot.waitUntil(lambda: "Nonsense" in desk.texts()[0], timeout=5_000)
    desk.type("and more ")
    desk.press(Key.Key_Escape)
    desk.settle()
    assert desk.same_as_begun()
    assert not desk.history.canUndo()
    assert desk.shown() == desk.texts()


def test_undo_in_the_line_takes_typing_back_first_and_then_what_was_done_before(desk):
    desk.press(Key.Key_R, Key.Key_Return, END)
    assert desk.lines()[0].reviewed
    desk.type("zz")
    desk.press((Key.Key_Z, CTRL))
    assert desk.view.editor.text == desk.begun[0].text
    desk.press((Key.Key_Z, CTRL))
    QApplication.processEvents()
    assert not desk.lines()[0].reviewed


def test_what_is_undone_while_one_writes_shows_in_the_line(desk, qtbot):
    desk.press(Key.Key_Return, END)
    desk.type(" more")
    desk.press(Key.Key_Return, Key.Key_Return)
    assert desk.view.editor.text.endswith(" more")
    desk.press((Key.Key_Z, CTRL))
    qtbot.waitUntil(lambda: desk.view.editor.text == desk.begun[0].text, timeout=5_000)


def test_boundaries_and_times_are_moved_from_the_keyboard(desk):
    desk.press(Key.Key_B)
    first, second = desk.lines()[:2]
    assert first.text == f"{desk.begun[0].text} {desk.begun[1].words[0].text}"
    assert first.words + second.words == desk.begun[0].words + desk.begun[1].words
    desk.press((Key.Key_B, SHIFT), (Key.Key_F6, SHIFT))
    assert desk.lines()[0].end_ms == desk.begun[0].end_ms - 100
    desk.press(Key.Key_Down, Key.Key_P)
    assert desk.lines()[1].opens_paragraph
    assert desk.view.column.above(1) > 0
    desk.undo_all()
    assert desk.same_as_begun()


def test_going_to_another_page_saves_what_was_typed_and_the_voices_keys_stay_on_this_one(whole):
    desk = whole
    desk.press((Key.Key_1, CTRL))
    assert desk.window.pages.shown == "story"
    desk.press(Key.Key_Return, Key.Key_Home)
    desk.type("Saved ")
    desk.window.pages.show_page("stories")
    assert desk.texts()[0] == "Saved " + desk.begun[0].text


def test_what_could_not_be_saved_is_explained_and_still_there(desk, monkeypatch):
    def full(*_asked):
        raise Unavailable(say("The disk is full."))

    with monkeypatch.context() as patch:
        patch.setattr(desk.app.correcting, "reword_since", full)
        desk.press(Key.Key_Return, Key.Key_Home)
        desk.type("Kept ")
        desk.press(Key.Key_Return)
        desk.settle()
        assert "The disk is full." in said(desk.page.toast)
    desk.press(Key.Key_Return)
    assert desk.view.editor.text == "Kept " + desk.begun[0].text
    desk.press(Key.Key_Return)
    assert desk.texts()[0] == "Kept " + desk.begun[0].text


def test_an_emptied_line_is_not_saved_and_says_why(desk):
    desk.press(Key.Key_Return, (Key.Key_A, CTRL), Key.Key_Delete, Key.Key_Return)
    assert "cannot be empty" in said(desk.page.toast)
    assert desk.same_as_begun()
    assert desk.shown() == desk.texts()


def test_only_the_line_that_changed_is_read_and_laid_out_again(desk, monkeypatch):
    desk.view.grab()
    before = dict(desk.view.column._typesets)
    read = []
    real = desk.app.browsing.story
    monkeypatch.setattr(desk.app.browsing, "story", lambda code, known=None: (read.append(known), real(code, known))[1])
    desk.press(Key.Key_Return, END)
    desk.type(" yes")
    desk.press(Key.Key_Return)
    desk.view.grab()
    after = desk.view.column._typesets
    assert [key for key in before if after[key] is not before[key]] == [desk.begun[0].id]
    desk.page.freshness.look_around()
    assert read
    assert None not in read
    assert desk.page.story.lines[0].text.endswith(" yes")


def test_the_word_being_said_is_lit_in_the_line_one_writes_in(desk):
    desk.press(Key.Key_Return, Key.Key_Home)
    desk.type("Now ")
    desk.page.player.moved.emit(desk.begun[0].words[2].start_ms + 10)
    (lit,) = desk.view.editor.extraSelections()
    assert lit.cursor.selectedText() == desk.begun[0].words[2].text
    desk.page.player.moved.emit(desk.begun[1].words[0].start_ms + 10)
    assert desk.view.editor.extraSelections() == []


def test_a_flag_stands_in_the_gutter_with_its_reason_until_the_line_is_read(desk, an_app):
    recording = desk.page.story.recordings[0]
    texts = ("Thanks", "for", "watching")
    words = tuple(Word(text, 1000 + 300 * n, 1250 + 300 * n, 0.9) for n, text in enumerate(texts))
    segment = Segment(1000, 2000, "Thanks for watching", words, flags=(Flag.STOCK_PHRASE,), language="fr")
    run = TranscriptRun("again", recording.id, "faster-whisper", "1", "small", "en", RunState.DONE, 2000)
    with an_app._open_work() as work:
        work.transcripts.save_run(run)
        work.transcripts.journal("again", Chunk(0, 0, 2000, (segment,), "en"))
        work.commit()
    desk.page.refresh()
    reason = "Engines invent this phrase in silence; they learned it from subtitles."
    first = desk.view.rect_of(Place(0, 0))
    assert desk.view.resting.about(first.center() - first.topLeft()) == reason
    desk.press(Key.Key_Right)
    assert reason in desk.view.accessibleDescription()
    assert desk.view.script.foreign(0) == "fr"
    desk.press(Key.Key_R)
    assert reason not in desk.view.accessibleDescription()


def test_all_keys_are_shown_and_put_away(desk):
    desk.press(Key.Key_F1)
    assert desk.page.keys.isVisible()
    desk.press(Key.Key_Escape)
    assert not desk.page.keys.isVisible()
    assert desk.window.focusWidget() is desk.view
    desk.press(Key.Key_Return, Key.Key_F1)
    assert desk.page.keys.isVisible()


def test_playing_is_steered_while_one_writes(desk, monkeypatch):
    asked = []
    for name in ("play", "slower", "faster"):
        monkeypatch.setitem(desk.page.doing._does, name, lambda name=name: asked.append(name))
    desk.press(Key.Key_Return)
    text = desk.view.editor.text
    desk.press((Key.Key_Space, CTRL), (Key.Key_J, CTRL | SHIFT), (Key.Key_L, CTRL | SHIFT), (Key.Key_O, CTRL))
    assert asked == ["play", "slower", "faster"]
    assert desk.page.player.passage.start_ms == desk.begun[0].start_ms
    desk.press((Key.Key_O, CTRL))
    assert desk.page.player.passage is None
    assert desk.view.editor.text == text


def test_an_answer_typed_without_a_pause_is_saved_in_the_middle(desk, qtbot):
    desk.view.writing.pause_ms = 30
    desk.press(Key.Key_Return, Key.Key_Home)
    desk.view.editor._pause.setInterval(600_000)  # the pause never comes
    desk.type("On and on ")
    qtbot.waitUntil(lambda: desk.texts()[0].startswith("On and on"), timeout=5_000)
    assert desk.view.editor is not None
