"""The walk through what is doubtful, from the keyboard: every answer is kept, and leads to the next stop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from storybank.domain.flag import Flag
from tests.ui.bench import bench, bench_library  # noqa: F401 - fixtures
from ui.transcript.script import Place

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def walk(bench, monkeypatch):  # noqa: F811
    """The walk, begun with its key once every word was looked up; what it plays is written down."""
    bench.read_everything()
    bench.played = []
    monkeypatch.setattr(bench.page.player, "play_span", lambda *span: bench.played.append(span))
    bench.press(Key.Key_F4)
    return bench.tool("Doubts")


def where(bench):  # noqa: F811
    return bench.view.cursor_.place


def test_the_bar_counts_and_begins_at_the_first_word_with_a_second_around_it(bench, walk):  # noqa: F811
    assert walk.bar.count.text() == "6 doubtful words · 1 flagged line"
    assert (where(bench), bench.played) == (Place(0, 3), [(200, 2580)])
    assert walk.bar.why.text() == "The engine was 31 % sure of “wlaking”. “wlaking” is in no dictionary."
    assert bench.view.painter.marks.here == (bench.kept()[0].id, 3, 3), "it stands out among the words"
    assert walk.bar.instead.hasFocus() and walk.bar.instead.text() == "wlaking"
    bench.qtbot.waitUntil(lambda: walk.bar.offers[0].text() == "walking", timeout=20_000)


def test_the_key_goes_on_and_back_through_words_and_flags_in_the_order_of_the_recording(bench, walk):  # noqa: F811
    order = []
    for _stop in range(7):
        order.append(where(bench))
        bench.press(Key.Key_F4)
    assert order == [(0, 3), (0, 6), (1, 6), (2, 2), (2, 6), (3, 0), (4, 4)]
    assert where(bench) == Place(0, 3), "after the last comes the first"
    bench.press(Key.Key_F4, Shift)
    assert where(bench) == Place(4, 4)


def test_enter_on_the_word_as_it_stands_finds_it_right_and_goes_on(bench, walk):  # noqa: F811
    bench.go(4, 0)
    bench.press(Key.Key_F4)
    bench.press(Key.Key_Return)
    assert bench.kept()[4].words[4].probability is None, "somebody heard it"
    assert not bench.kept()[4].reviewed
    assert (bench.kinds(), walk.bar.count.text()) == (["reviewed"], "5 doubtful words · 1 flagged line")
    assert where(bench) == Place(0, 3)


def test_a_word_is_put_right_here_and_signs_and_capitals_stay(bench, walk):  # noqa: F811
    bench.go(2, 5)
    bench.press(Key.Key_F4)
    bench.type("walking")
    bench.press(Key.Key_Return)
    assert bench.kept()[2].text == "Then Amina Dialo came with the Walking group."
    assert bench.kept()[0].text.startswith("We saw the wlaking")
    assert where(bench) == Place(3, 0)


def test_the_same_word_is_put_right_everywhere_as_one_change(bench, walk):  # noqa: F811
    assert walk.bar.fix_all.text() == "Replace all 2"
    bench.type("walking")
    bench.press(Key.Key_Return, Ctrl)
    assert [bench.kept()[n].text for n in (0, 2)] == [
        "We saw the walking group in teh clinic.", "Then Amina Dialo came with the Walking group."]
    assert bench.kinds() == ["replaced"]
    bench.history.undo()
    assert "wlaking" in bench.kept()[0].text and "Wlaking" in bench.kept()[2].text


def test_a_word_that_is_offered_is_taken_with_one_key(bench, walk):  # noqa: F811
    bench.qtbot.waitUntil(lambda: walk.bar.offers[0].text() == "walking", timeout=20_000)
    bench.press(Key.Key_Space, on=walk.bar.offers[0])
    assert bench.kept()[0].text.startswith("We saw the walking")


def test_a_misspelt_word_that_is_right_is_left_alone_and_changes_nothing(bench, walk):  # noqa: F811
    bench.go(2, 2)
    bench.press(Key.Key_F4)
    assert walk.bar.why.text() == "“Dialo” is in no dictionary."
    bench.press(Key.Key_Return)
    assert (bench.kinds(), where(bench), walk.bar.count.text()) == (
        [], Place(2, 6), "5 doubtful words · 1 flagged line")


def test_the_whole_line_is_read_and_all_of_it_is_passed_over(bench, walk):  # noqa: F811
    bench.press(Key.Key_Space, on=walk.bar.line_right)
    assert bench.kept()[0].reviewed
    assert (where(bench), walk.bar.count.text()) == (Place(1, 6), "4 doubtful words · 1 flagged line")


def at_the_flag(bench):  # noqa: F811
    bench.go(3, 0)
    bench.played.clear()
    bench.press(Key.Key_F4)


def test_a_flagged_line_says_why_and_is_played_whole(bench, walk):  # noqa: F811
    at_the_flag(bench)
    assert walk.bar.why.text() == "Engines invent this phrase in silence; they learned it from subtitles."
    assert bench.played == [(18_000, 19_580)]
    assert walk.bar.play.hasFocus() and walk.bar.instead.isHidden()


def test_a_flagged_line_that_was_said_is_reviewed(bench, walk):  # noqa: F811
    at_the_flag(bench)
    assert walk.bar.line_right.text() == "It was said"
    bench.press(Key.Key_Space, on=walk.bar.line_right)
    assert bench.kept()[3].reviewed
    assert (where(bench), walk.bar.count.text()) == (Place(4, 4), "6 doubtful words")


def test_a_line_nobody_said_goes_stays_on_file_and_comes_back(bench, walk):  # noqa: F811
    at_the_flag(bench)
    bench.press(Key.Key_Space, on=walk.bar.nobody)
    assert len(bench.kept()) == len(bench.shown()) == 5
    assert "Thank you" not in " ".join(bench.shown())
    assert (where(bench), bench.kinds()) == (Place(3, 4), ["replaced"])
    bench.history.undo()
    assert bench.kept()[3].text == "Thank you for watching." and bench.kept()[3].flags == (Flag.STOCK_PHRASE,)


def test_when_nothing_is_left_it_says_so(bench, walk):  # noqa: F811
    bench.app.correcting.review_all([line.id for line in bench.kept()]).do()
    bench.qtbot.waitUntil(lambda: walk.bar.count.text() == "Nothing doubtful is left.", timeout=5_000)
    assert walk.bar.doing.isHidden() and walk.bar.instead.isHidden()
    bench.press(Key.Key_Escape, on=walk.bar)
    assert walk.bar.isHidden() and bench.view.hasFocus()
