"""Revisions, other runs and quality on the page of a story: seen, gone back to, taken, and told in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from storybank.domain.change import Change, ChangeKind
from storybank.domain.transcript import Chunk, RunState, Segment, TranscriptRun
from storybank.words import Words
from tests.build import some_words
from tests.ui.story_library import build_library
from ui import theme
from ui.app import application
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.story.page import StoryPage
from ui.workbench.revisions import sittings

SLUG = "amina-link-worker"


class Desk:
    """The page of Amina's story, whose recording a second run heard."""

    def __init__(self, folder, qtbot, tokens=theme.LIGHT):
        theme.apply(application(), tokens)
        self.app = build_library(folder, [SLUG])
        self.app.author = "Jo Tremblay"
        self.recording = self.app.browsing.story(SLUG).recordings[0]
        self.before = [line.text for line in self.lines]
        self.bridge = Bridge(self.app.hub)
        self.history = History()
        self.page = StoryPage(self.app, Words("en"), tokens, self.bridge, self.history)
        qtbot.addWidget(self.page)
        self.page.player.open = lambda *_about: None  # nothing is played here
        self.page.resize(1300, 860)
        self.page.show()

    @property
    def lines(self):
        return self.app.correcting.lines(self.recording.id)

    def hear_again(self, *changed):
        """Let a second run hear the same, but for some lines."""
        run = TranscriptRun("again", self.recording.id, "faster-whisper", "1.2.1", "large-v3", "en", RunState.DONE,
                            self.recording.facts.duration_ms, 1, beside=True, ended_at="2026-03-02T09:00:00+00:00")
        said = dict(changed)
        segments = [
            Segment(line.start_ms, line.end_ms, said[n], some_words(said[n], line.start_ms, 250)) if n in said
            else Segment(line.start_ms, line.end_ms, line.text, line.words) for n, line in enumerate(self.lines)
        ]
        with self.app._open_work() as work:
            work.transcripts.save_run(run)
            work.transcripts.journal(run.id, Chunk(0, 0, self.recording.facts.duration_ms, tuple(segments), "en"))
            work.commit()

    def open(self):
        self.page.show_story(SLUG)
        return self.page.tools


@pytest.fixture
def desk(tmp_path, qtbot):
    made = Desk(tmp_path / "library", qtbot)
    yield made
    made.page.player.close_recording()
    made.bridge.close()
    made.app.close()


def correct(desk, number, text):
    desk.app.correcting.reword(desk.lines[number].id, text).do()


def test_the_history_says_who_changed_what(desk):
    correct(desk, 0, "Something else was said here.")
    revisions = desk.open().revisions
    top = revisions.tree.topLevelItem(0)
    assert top.text(0).startswith("Jo Tremblay corrected a line\n")
    assert revisions.tree.topLevelItem(1).text(0) == "The engine's own text"


def test_small_changes_of_one_person_are_one_entry_that_opens(desk):
    for text in ("One.", "One two.", "One two three."):
        correct(desk, 0, text)
    top = desk.open().revisions.tree.topLevelItem(0)
    assert top.text(0).startswith("Jo Tremblay made 3 changes\n")
    assert [top.child(n).text(0) for n in range(3)] == [
        "corrected: One two three.", "corrected: One two.", "corrected: One."]


def test_changes_of_others_or_long_after_stand_apart():
    def a_change(number, at, author="Jo"):
        return Change("t", number, f"2026-03-01T{at}:00.000+00:00", author, ChangeKind.REWORDED, 1)

    groups = sittings([a_change(1, "10:00"), a_change(2, "10:09"), a_change(3, "10:18"), a_change(4, "10:19", "Sam"),
                       a_change(5, "11:00", "Sam")])
    assert [[change.number for change in group] for group in groups] == [[1, 2, 3], [4], [5]]


def test_an_earlier_state_is_shown_gone_back_to_and_undone(desk):
    correct(desk, 0, "Something else was said here.")
    tools = desk.open()
    tools.revisions.show_then(0)
    assert desk.before[0] in tools.revisions.then.toPlainText()
    assert tools.revisions.then.isReadOnly() and tools.revisions.back.isEnabled()
    tools.revisions.back.click()
    assert [line.text for line in desk.lines] == desk.before
    assert tools.revisions.bar.isHidden()
    desk.history.undo()
    assert desk.lines[0].text == "Something else was said here."


def test_how_it_stands_now_cannot_be_gone_back_to(desk):
    correct(desk, 0, "Something else was said here.")
    revisions = desk.open().revisions
    revisions.show_then(1)
    assert not revisions.back.isEnabled()
    assert revisions.said.text() == "This is how it stands now."


def test_differences_are_gone_through_taken_and_left_by_the_keyboard(desk, qtbot):
    desk.hear_again((0, "A whole other sentence stands here."), (2, "And another one here."))
    tools = desk.open()
    desk.page.compare_with("again")
    compare = tools.compare
    there = [one.there for one in compare.differences]
    assert len(there) >= 2 and not compare.bar.isHidden()
    qtbot.keyClick(compare.list, Qt.Key.Key_Delete)
    assert [one.there for one in compare.differences] == there[1:]
    compare.list.setCurrentRow(len(compare.differences) - 1)
    qtbot.keyClick(compare.list, Qt.Key.Key_Return)
    assert "And another one here." in [line.text for line in desk.lines]
    desk.history.undo()
    assert [line.text for line in desk.lines] == desk.before


def test_taking_all_leaves_what_somebody_corrected(desk):
    correct(desk, 0, "Somebody put this right.")
    desk.hear_again((0, "A whole other sentence stands here."), (2, "And another one here."))
    compare = desk.open().compare
    compare.open_bar()
    compare.all_button.click()
    texts = [line.text for line in desk.lines]
    assert texts[0] == "Somebody put this right." and "And another one here." in texts


def test_the_other_run_can_become_the_transcript(desk):
    desk.hear_again((0, "A whole other sentence stands here."))
    compare = desk.open().compare
    compare.open_bar()
    compare.use_button.click()
    assert desk.lines[0].text == "A whole other sentence stands here."
    desk.history.undo()
    assert [line.text for line in desk.lines] == desk.before


def test_one_run_has_nothing_to_be_compared_with(desk):
    tools = desk.open()
    tools.compare.open_bar()
    assert tools.compare.bar.isHidden()
    assert desk.page.toast.text == "There is no other run to compare with."


def test_the_quality_is_told_under_the_head_and_in_the_details(desk):
    first = desk.lines[0]
    correct(desk, 0, " ".join(["Wrong", *first.text.split()[1:]]))
    desk.open()
    (tool,) = [tool for tool in desk.page.tools._all if type(tool).__name__ == "QualityTool"]
    tool.count()
    assert "of words reviewed · the engine was wrong in" in tool.said.text()
    assert "Words that people changed" in tool.facts.text
