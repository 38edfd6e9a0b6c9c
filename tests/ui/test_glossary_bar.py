"""What the glossary suggests, from the keyboard: each is heard, taken or left, and the certain ones all at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from storybank.domain.events import TranscriptEnded
from tests.ui.bench import bench, bench_library  # noqa: F401 - fixtures
from tests.ui.conftest import said
from ui.transcript.script import Place

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bar(bench):  # noqa: F811
    """The bar, opened with its key; the glossary knows three terms."""
    bench.app.glossing.add("CanSocial", ["can social"])
    bench.app.glossing.add("walking group", ["wlaking group"])
    bench.press(Key.Key_G, Ctrl)
    return bench.tool("GlossaryTool").bar


def test_it_counts_and_selects_the_words_it_is_about(bench, bar):  # noqa: F811
    assert bar.count.text() == "The glossary suggests 4 corrections"
    assert bar.change.text() == "wlaking group → walking group"
    assert bench.view.cursor_.selection == (Place(0, 3), Place(0, 4))
    assert bar.take.hasFocus() and bar.take_certain.text() == "Take all certain (3)"


def test_one_is_taken_and_the_next_one_is_shown(bench, bar):  # noqa: F811
    bench.press(Key.Key_Space)
    assert bench.kept()[0].text == "We saw the walking group in teh clinic." == bench.shown()[0]
    assert not bench.kept()[0].reviewed
    assert (bar.count.text(), bar.change.text()) == (
        "The glossary suggests 3 corrections", "Amina Dialo → Amina Diallo")
    bench.history.undo()
    assert "wlaking" in bench.kept()[0].text


def test_the_certain_ones_are_taken_as_one_change_and_the_rest_is_asked(bench, bar):  # noqa: F811
    bench.press(Key.Key_Space, on=bar.take_certain)
    assert [bench.kept()[n].text for n in (0, 2, 4)] == [
        "We saw the walking group in teh clinic.", "Then Amina Dialo came with the Walking group.",
        "And CanSocial gave tea at the end of the"]
    assert (bench.kinds(), bar.change.text()) == (["replaced"], "Amina Dialo → Amina Diallo")
    assert bar.take_certain.isHidden()


def test_what_is_left_is_not_asked_again(bench, bar):  # noqa: F811
    bench.press(Key.Key_Space, on=bar.leave)
    assert bar.change.text() == "Amina Dialo → Amina Diallo"
    assert bar.count.text() == "The glossary suggests 2 corrections", "the same words stand in line 3 as well"
    assert bench.kinds() == []
    bench.press(Key.Key_Escape, on=bar)
    bench.press(Key.Key_G, Ctrl)
    assert bar.count.text() == "The glossary suggests 2 corrections"


def test_the_words_are_heard_with_a_second_around_them(bench, bar, monkeypatch):  # noqa: F811
    played = []
    monkeypatch.setattr(bench.page.player, "play_span", lambda *span: played.append(span))
    bench.press(Key.Key_Space, on=bar.play)
    assert played == [(200, 2980)]


def test_words_that_changed_meanwhile_are_not_written_over(bench, bar):  # noqa: F811
    line = bench.kept()[0]
    bench.app.correcting.reword(line.id, "We saw the walking group.").do()
    bench.tool("GlossaryTool").take()
    assert bench.kept()[0].text == "We saw the walking group."
    assert "changed by now" in said(bench.page.toast)
    assert bar.change.text() == "Amina Dialo → Amina Diallo"


def test_with_nothing_to_suggest_it_says_so(bench):  # noqa: F811
    line = bench.kept()[2]
    bench.app.correcting.reword(line.id, "Then we came.").do()
    bench.press(Key.Key_G, Ctrl)
    bar = bench.tool("GlossaryTool").bar
    assert bar.count.text() == "The glossary has nothing to suggest." and bar.doing.isHidden()


def test_once_a_recording_was_heard_it_says_what_could_be_put_right(bench):  # noqa: F811
    bench.app.hub.publish(TranscriptEnded("run", bench.page.story.recordings[0].id, "done"))
    bench.qtbot.waitUntil(lambda: said(bench.page.toast) == "The glossary suggests 1 correction", timeout=5_000)
