"""Spelling on the page: waves under what no dictionary of the line's language has, and a menu from the keyboard."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat

from tests.ui.bench import bench, bench_library  # noqa: F401 - fixtures
from ui.transcript.script import Place

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


def offered(bench):  # noqa: F811
    """Wait for the menu, and return what it offers."""
    menu = bench.tool("Spelling").menu
    bench.qtbot.waitUntil(lambda: menu.isVisible() and bool(menu.actions()), timeout=20_000)
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(bench, text):  # noqa: F811
    menu = bench.tool("Spelling").menu
    menu.setActiveAction(next(action for action in menu.actions() if action.text() == text))
    bench.qtbot.keyClick(menu, Key.Key_Return)


def waved_in_editor(bench):  # noqa: F811
    editor = bench.view.editor
    formats = editor.document().firstBlock().layout().formats()
    text = editor.toPlainText()
    return [text[one.start : one.start + one.length] for one in formats if one.format.underlineStyle() is WAVE]


def test_a_wave_stands_under_what_no_dictionary_of_the_lines_language_has(bench):  # noqa: F811
    bench.read_everything()
    assert bench.waved() == {"wlaking", "teh", "ouvrte.", "Dialo", "Wlaking"}, "Amina is in the story"


def test_the_key_goes_to_the_next_such_word_and_what_one_chooses_is_written(bench):  # noqa: F811
    bench.read_everything()
    bench.go(0, 4)
    bench.press(Key.Key_Period, Ctrl)
    assert bench.view.cursor_.place == Place(0, 6)
    assert "the" in offered(bench)
    choose(bench, "the")
    assert bench.kept()[0].text == "We saw the wlaking group in the clinic."
    assert not bench.kept()[0].reviewed
    bench.history.undo()
    assert bench.kept()[0].text.endswith("in teh clinic.")


def test_names_of_the_library_are_offered_first(bench):  # noqa: F811
    bench.read_everything()
    bench.go(2, 0)
    bench.press(Key.Key_Period, Ctrl)
    assert offered(bench)[0] == "Diallo"
    choose(bench, "Diallo")
    assert bench.kept()[2].text.startswith("Then Amina Diallo came")


def test_a_word_that_is_added_to_the_glossary_is_right_everywhere(bench):  # noqa: F811
    bench.read_everything()
    bench.press(Key.Key_Period, Ctrl)
    assert "Add “wlaking” to the glossary" in offered(bench)
    choose(bench, "Add “wlaking” to the glossary")
    assert [entry.term for entry in bench.app.glossing.all()] == ["wlaking"]
    bench.qtbot.waitUntil(lambda: not bench.waved() & {"wlaking", "Wlaking"}, timeout=5_000)


def test_a_word_can_be_left_as_it_is(bench):  # noqa: F811
    bench.read_everything()
    bench.press(Key.Key_Period, Ctrl)
    offered(bench)
    choose(bench, "Leave it as it is")
    assert bench.waved() == {"teh", "ouvrte.", "Dialo"}
    assert bench.kinds() == []


def test_in_the_line_one_writes_in_the_word_being_typed_has_no_wave_until_it_is_done(bench):  # noqa: F811
    bench.read_everything()
    bench.go(5, 0)
    bench.view.edit_here()
    editor = bench.view.editor
    bench.press(Key.Key_End, on=editor)
    bench.qtbot.keyClicks(editor, " And thne")
    bench.qtbot.waitUntil(lambda: bench.tool("Spelling").lookup.wrong("thne", "en") is True, timeout=20_000)
    assert waved_in_editor(bench) == []
    bench.qtbot.keyClicks(editor, " so")
    bench.qtbot.waitUntil(lambda: waved_in_editor(bench) == ["thne"], timeout=20_000)
    bench.press(Key.Key_Period, Ctrl, on=editor)
    assert "then" in offered(bench)
    choose(bench, "then")
    assert editor.toPlainText() == "walking day, so we were glad. And then so"


def test_a_key_never_waits_for_a_dictionary(bench, monkeypatch):  # noqa: F811
    asked = []
    monkeypatch.setattr(bench.app.spelling, "unknown", lambda *given: asked.append(given), raising=False)
    bench.go(4, 0)
    bench.view.edit_here()
    slowest = 0.0
    for letter in " wlaking thruogh teh gardn":
        begun = perf_counter()
        bench.qtbot.keyClicks(bench.view.editor, letter)
        slowest = max(slowest, perf_counter() - begun)
    assert asked == [], "nobody is asked between two keys"
    assert slowest < 0.1
