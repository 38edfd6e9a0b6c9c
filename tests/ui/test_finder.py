"""Find and replace, from the keyboard: what is marked, where one goes, and what the library holds afterwards."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtCore import Qt

from storybank.domain.transcript import Line
from tests.build import some_words
from tests.ui.bench import bench, bench_library  # noqa: F401 - fixtures
from tests.ui.conftest import said
from ui.transcript.script import Place, Script

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def finder(bench):  # noqa: F811
    """The bar for finding, opened with its key."""
    bench.press(Key.Key_F, Ctrl)
    return bench.tool("Finder")


def test_what_is_typed_is_counted_and_marked_at_once(bench, finder):  # noqa: F811
    assert finder.bar.isVisible() and finder.bar.sought.hasFocus()
    bench.type("THE")
    assert finder.bar.count.text() == "1 of 5"
    marks = bench.view.painter.marks
    lines = bench.view.script.lines
    found = [marks.found[line.id] for line in lines if line.id in marks.found]
    assert found == [[(2, 2)], [(0, 0), (5, 5)], [(6, 6), (9, 9)]]
    bench.type("qqq")
    assert (finder.bar.count.text(), dict(marks.found), marks.here) == ("Not found", {}, None)


def test_enter_goes_on_shift_enter_back_and_f3_from_anywhere(bench, finder):  # noqa: F811
    bench.type("group")
    bench.press(Key.Key_Return)
    assert bench.view.cursor_.place == Place(0, 4)
    bench.press(Key.Key_Return)
    assert bench.view.cursor_.place == Place(2, 7)
    bench.press(Key.Key_Return, Shift)
    assert bench.view.cursor_.place == Place(0, 4)
    bench.view.setFocus()
    bench.press(Key.Key_F3)
    assert (bench.view.cursor_.place, finder.bar.count.text()) == (Place(2, 7), "2 of 2")
    bench.press(Key.Key_F3)
    assert bench.view.cursor_.place == Place(0, 4), "after the last comes the first"
    bench.press(Key.Key_F3, Shift)
    assert bench.view.cursor_.place == Place(2, 7)


def test_the_player_goes_to_the_word_that_was_found(bench, finder):  # noqa: F811
    bench.type("glad")
    bench.press(Key.Key_Return)
    assert bench.page.player.position == bench.view.script.word(Place(5, 5)).start_ms


def test_whole_words_capitals_and_accents_count_where_they_are_asked_for(bench, finder):  # noqa: F811
    bench.type("ete")
    assert finder.bar.count.text() == "1 of 1"
    finder.bar.case.setFocus()
    bench.press(Key.Key_Space)
    assert finder.bar.count.text() == "Not found"
    bench.press(Key.Key_Space)
    finder.bar.sought.setText("day")
    finder.bar.whole.setFocus()
    bench.press(Key.Key_Space)
    assert finder.bar.count.text() == "1 of 1"


def test_a_phrase_over_two_lines_is_found_where_it_begins(bench, finder):  # noqa: F811
    bench.type("of the walking day")
    bench.press(Key.Key_Return)
    assert (finder.bar.count.text(), bench.view.cursor_.place) == ("1 of 1", Place(4, 8))


def test_selected_words_are_what_is_sought(bench):  # noqa: F811
    bench.view.cursor_.select(Place(2, 1), Place(2, 2))
    bench.press(Key.Key_F, Ctrl)
    assert bench.tool("Finder").bar.sought.text() == "Amina Dialo"


def test_escape_puts_the_bar_and_its_marks_away_and_gives_the_words_the_keys_back(bench, finder):  # noqa: F811
    bench.type("the")
    bench.press(Key.Key_Escape)
    assert not finder.bar.isVisible() and bench.view.hasFocus()
    assert bench.view.painter.marks.found == {}


def test_one_place_is_replaced_and_the_next_one_stands_ready(bench):  # noqa: F811
    bench.press(Key.Key_H, Ctrl)
    finder = bench.tool("Finder")
    finder.bar.sought.setText("wlaking")
    finder.bar.instead.setFocus()
    bench.type("walking")
    bench.press(Key.Key_Return)
    assert bench.kept()[0].text == "We saw the walking group in teh clinic." == bench.shown()[0]
    assert (bench.view.cursor_.place, finder.bar.count.text()) == (Place(2, 6), "1 of 1")
    assert not bench.kept()[0].reviewed, "nobody listened to the line"
    bench.history.undo()
    assert bench.kept()[0].text == "We saw the wlaking group in teh clinic."


def test_all_places_are_replaced_as_one_change_and_one_undo(bench):  # noqa: F811
    bench.press(Key.Key_H, Ctrl)
    finder = bench.tool("Finder")
    finder.bar.sought.setText("wlaking")
    finder.bar.instead.setText("walking")
    bench.qtbot.keyClick(finder.bar.replace_all, Key.Key_Space)
    assert [line.text for line in bench.kept()[:3:2]] == [
        "We saw the walking group in teh clinic.", "Then Amina Dialo came with the walking group."]
    assert (bench.kinds(), said(bench.page.toast)) == (["replaced"], "2 places were replaced.")
    bench.history.undo()
    assert bench.kept()[2].text.endswith("Wlaking group.")
    bench.qtbot.waitUntil(lambda: finder.bar.count.text() == "1 of 2", timeout=5_000)


def test_a_line_that_would_be_left_empty_stays_and_one_is_told(bench):  # noqa: F811
    bench.press(Key.Key_H, Ctrl)
    finder = bench.tool("Finder")
    finder.bar.sought.setText("Thank you for watching.")
    bench.qtbot.keyClick(finder.bar.replace_all, Key.Key_Space)
    assert bench.kept()[3].text == "Thank you for watching."
    assert said(bench.page.toast) == "0 places were replaced. 1 stays: its line would be empty."
    assert bench.kinds() == []


def test_three_hours_are_searched_within_a_frame_or_two(bench, finder):  # noqa: F811
    text = "So we went to the walking group and had a cup of tea in the été of ninety"
    lines = [Line(f"l{n}", "r", n, n * 5000, n * 5000 + 4000, text, some_words(text, n * 5000, 200), "en")
             for n in range(1700)]
    bench.view.set_script(Script(lines))
    finder.bar.sought.setText("w")
    took = []
    for text in ("wa", "wal", "walk", "walking g"):
        begun = perf_counter()
        finder.bar.sought.setText(text)
        took.append(perf_counter() - begun)
    assert min(took) < 0.05  # half a frame on a quiet machine, with 1700 places to mark
    assert finder.bar.count.text().endswith("of 1700")
