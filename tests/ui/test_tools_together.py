"""The tools of the transcript beside each other: one bar at a time, the menu's order, and the room of the words."""

from __future__ import annotations

from PySide6.QtCore import Qt

from storybank.domain.change import ChangeKind
from storybank.words import say
from tests.ui.bench import bench, bench_library  # noqa: F401  # the fixtures
from ui.transcript.column import MOST_CHARACTERS

Key, Held = Qt.Key, Qt.KeyboardModifier


def open_bars(bench):  # noqa: F811
    """Return the names of the bars that stand over the words."""
    return [bar.accessibleName() for bar in bench.page.words._all_bars if not bar.isHidden()]


def test_one_bar_at_a_time_stands_over_the_words_and_the_keyboard_is_in_it(bench):  # noqa: F811
    bench.press(Key.Key_F, Held.ControlModifier)
    bench.type("group")
    assert open_bars(bench) == ["Find and replace"] and bench.view.painter.marks.found
    bench.press(Key.Key_F4)
    assert open_bars(bench) == ["Doubtful words and flagged lines"]
    doubts = bench.tool("Doubts")
    assert doubts.here is not None and doubts.bar.isAncestorOf(bench.page.focusWidget())
    bench.press(Key.Key_Y, Held.ControlModifier, Held.ShiftModifier)
    assert open_bars(bench) == ["Listen again to this passage"] and doubts.here is None
    assert not bench.view.painter.marks.found
    bench.press(Key.Key_Escape)
    assert open_bars(bench) == [] and bench.view.hasFocus()


def test_esc_among_the_words_puts_the_bar_away_before_it_leaves_the_story(bench):  # noqa: F811
    left = []
    bench.page.back.connect(lambda: left.append(True))
    bench.press(Key.Key_F, Held.ControlModifier)
    bench.view.setFocus()
    bench.press(Key.Key_Escape)
    assert open_bars(bench) == [] and not left
    bench.press(Key.Key_Escape)
    assert left


def test_what_was_pasted_stays_where_another_bar_is_opened_over_it(bench):  # noqa: F811
    files = bench.tool("TranscriptFilesTool")
    files.open_paste()
    files.paste.field.setPlainText("Amina: We saw the walking group.")
    bench.press(Key.Key_F, Held.ControlModifier)
    assert open_bars(bench) == ["Find and replace"]
    files.open_paste()
    assert open_bars(bench) == ["Paste a transcript"]
    assert files.paste.field.toPlainText() == "Amina: We saw the walking group."


def test_the_menu_groups_what_belongs_together(bench):  # noqa: F811
    groups = [[]]
    for action in bench.page.words.menu.actions():
        if action.isSeparator():
            groups.append([])
        else:
            groups[-1].append(action.text().split("\t")[0])
    words, listening, files, sight, *_end = groups
    assert words[:2] == ["Find", "Find and replace"]
    assert set(listening) >= {"Transcribe with other choices…", "Listen again to this passage",
                              "Compare with another run"}
    assert files == ["Save transcript as…", "Import a transcript…", "Paste a transcript…", "Check captions"]
    assert sight == ["More room for the words", "All keys"]


def test_the_player_gives_way_to_the_words_until_a_line_holds_75_characters(bench):  # noqa: F811
    page = bench.page
    bench.qtbot.waitUntil(lambda: page._left.width() == 320)
    page.resize(1800, 860)
    full = page.view.column._metrics.averageCharWidth() * MOST_CHARACTERS
    bench.qtbot.waitUntil(lambda: page.view.column.width == full and page._left.width() == 404)


def test_more_room_puts_the_quotes_under_the_player_and_back(bench):  # noqa: F811
    page = bench.page
    before = page.words.width()
    bench.press(Key.Key_F9)
    bench.qtbot.waitUntil(lambda: page.words.width() > before + 200)
    assert page._left.isAncestorOf(page.side) and page.side.isVisible()
    bench.press(Key.Key_F9)
    bench.qtbot.waitUntil(lambda: page.words.width() == before)
    assert not page._left.isAncestorOf(page.side) and page.person.isVisible()


def test_the_captions_that_are_hard_to_read_are_gone_through_with_the_arrows(bench):  # noqa: F811
    first = bench.kept()[0]
    more = {first.id: " ".join([first.text] * 8)}  # far more than can be read while it is said
    bench.page.hands.make(lambda: bench.app.correcting.reword_all(say("Replace"), more, ChangeKind.REPLACED))
    next(act for act in bench.page.words.menu.actions() if act.text() == "Check captions").trigger()
    faults = bench.tool("TranscriptFilesTool").faults
    assert faults.list.count() and faults.list.hasFocus() and faults.list.currentRow() == 0
