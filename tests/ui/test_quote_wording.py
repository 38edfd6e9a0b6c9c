"""Shortening and translating a quote in its card: faults are told as one types, and Undo brings back what was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from storybank.domain.quote import Anchor
from tests.ui.bench import bench, bench_library  # noqa: F401

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def quoted(bench):  # noqa: F811
    """The third line is quoted: “Then Amina Dialo came with the Wlaking group.”"""
    line = bench.kept()[2]
    new = bench.app.quoting.pick(bench.page.story.recordings[0].id, Anchor(line.id, 0, line.id, 7))
    bench.history.make(new.edit)
    bench.quote = new.quote
    bench.qtbot.waitUntil(lambda: new.quote.id in bench.page.quotes.cards, timeout=5000)
    return bench


def kept(bench):  # noqa: F811
    return bench.app.quoting.get(bench.quote.id)


def field(bench):  # noqa: F811
    return bench.page.quotes.wordings.field


def opened(bench, kind):  # noqa: F811
    card = bench.page.quotes.cards[bench.quote.id]
    card.worded.emit(kind)
    bench.qtbot.waitUntil(field(bench).text.hasFocus, timeout=2000)
    return field(bench)


def typed(bench, text):  # noqa: F811
    now = field(bench)
    now.text.selectAll()
    now.text.insertPlainText(text)
    bench.qtbot.waitUntil(lambda: not now._pause.isActive(), timeout=2000)
    return now


def test_the_menu_of_a_card_offers_both(quoted):
    from PySide6.QtWidgets import QMenu

    menu = quoted.page.quotes.cards[quoted.quote.id].findChild(QMenu)
    offered = {act.text(): act for act in menu.actions()}
    offered["Shorten…"].trigger()
    assert field(quoted).typed == quoted.quote.text
    offered["Translate…"].trigger()
    assert field(quoted).typed == ""


def test_a_word_that_was_not_said_is_named_as_one_types_and_cannot_be_saved(quoted):
    now = opened(quoted, "shorten")
    typed(quoted, "Then Marie came with the Wlaking group.")
    assert "Marie" in now.grave.text() and now.grave.isVisible()
    assert not now.save.isEnabled()
    quoted.press(Qt.Key.Key_Return, CTRL, on=now.text)
    assert kept(quoted).wording == ""


def test_a_shortened_wording_is_kept_with_the_keys_shown_on_the_card_and_undone(quoted):
    opened(quoted, "shorten")
    now = typed(quoted, "Then Amina Dialo came [...]")
    assert now.grave.text() == "" and now.save.isEnabled()
    quoted.press(Qt.Key.Key_Return, CTRL, on=now.text)
    assert kept(quoted).wording == "Then Amina Dialo came […]"
    assert field(quoted) is None
    card = lambda: quoted.page.quotes.cards[quoted.quote.id]  # noqa: E731
    quoted.qtbot.waitUntil(lambda: card().quote.wording != "", timeout=5000)
    quoted.qtbot.waitUntil(card().hasFocus, timeout=2000)
    quoted.history.undo()
    assert kept(quoted).wording == ""


def test_as_it_was_said_takes_the_wording_out(quoted):
    quoted.history.make(quoted.app.wording.shorten(quoted.quote.id, "Then Amina Dialo came […]"))
    quoted.qtbot.waitUntil(lambda: quoted.page.quotes.cards[quoted.quote.id].quote.wording != "", timeout=5000)
    now = opened(quoted, "shorten")
    assert now.typed == "Then Amina Dialo came […]"
    now.clear.click()
    assert kept(quoted).wording == ""


def test_escape_lets_go_and_stays_on_the_page(quoted):
    left = []
    quoted.page.back.connect(lambda: left.append(True))
    now = opened(quoted, "shorten")
    typed(quoted, "Then […]")
    quoted.press(Qt.Key.Key_Escape, on=now.text)
    assert field(quoted) is None and not left and kept(quoted).wording == ""
    assert opened(quoted, "shorten").typed == quoted.quote.text


def test_a_translation_names_its_translator_and_is_marked_in_the_card(quoted):
    now = opened(quoted, "translate")
    assert now.language.key == "fr" and now.translator.text() == quoted.app.author
    typed(quoted, "Puis Amina est venue avec le groupe.")
    now.translator.setText("Marie Roy")
    quoted.press(Qt.Key.Key_Return, CTRL, on=now.translator)
    (one,) = kept(quoted).translations
    assert (one.language, one.translator) == ("fr", "Marie Roy")
    card = lambda: quoted.page.quotes.cards[quoted.quote.id]  # noqa: E731
    quoted.qtbot.waitUntil(lambda: bool(card().quote.translations), timeout=5000)
    from PySide6.QtWidgets import QLabel

    assert any(label.text().startswith("[Traduction] Puis") for label in card().findChildren(QLabel))
    opened(quoted, "translate").clear.click()
    assert kept(quoted).translations == ()
    quoted.history.undo()
    assert kept(quoted).translations == (one,)


def test_what_is_typed_outlasts_a_card_that_is_made_anew(quoted):
    opened(quoted, "shorten")
    typed(quoted, "Then […] group.")
    before = quoted.page.quotes.cards[quoted.quote.id]
    quoted.app.quoting.mark_important(quoted.quote.id, True).do()
    quoted.qtbot.waitUntil(lambda: quoted.page.quotes.cards[quoted.quote.id] is not before, timeout=5000)
    assert field(quoted).typed == "Then […] group."
    field(quoted).save.click()
    assert kept(quoted).wording == "Then […] group."


def test_keys_open_the_field_for_the_quote_one_is_in(quoted):
    quoted.go(2, 1)
    quoted.view.setFocus()
    quoted.press(Qt.Key.Key_W, on=quoted.view)
    assert field(quoted).typed == quoted.quote.text
    quoted.press(Qt.Key.Key_Escape, on=field(quoted).text)
    quoted.view.setFocus()
    quoted.press(Qt.Key.Key_W, SHIFT, on=quoted.view)
    assert field(quoted).language.key == "fr"


def test_a_press_inside_the_field_plays_nothing(quoted):
    now = opened(quoted, "shorten")
    played = []
    quoted.page.quotes.played.connect(played.append)
    quoted.qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    assert played == []


def test_tab_goes_from_the_words_to_the_translator_to_save(quoted):
    now = opened(quoted, "translate")
    typed(quoted, "Puis Amina est venue.")
    for stop in (now.translator, now.save):
        quoted.press(Qt.Key.Key_Tab)
        assert stop.hasFocus()


def test_saving_what_stands_so_already_is_no_step_to_undo(quoted):
    steps = quoted.history.count()
    opened(quoted, "shorten").save.click()
    assert field(quoted) is None and quoted.history.count() == steps


def test_each_fault_names_its_word_and_goes_once_it_is_mended(quoted):
    line = quoted.kept()[4]
    new = quoted.app.quoting.pick(quoted.page.story.recordings[0].id, Anchor(line.id, 0, line.id, 5))
    quoted.history.make(new.edit)
    quoted.quote = new.quote
    quoted.qtbot.waitUntil(lambda: new.quote.id in quoted.page.quotes.cards, timeout=5000)
    opened(quoted, "shorten")
    now = typed(quoted, "And can social tea gave")
    assert "tea" in now.grave.text() and "gave" in now.grave.text()
    typed(quoted, "And can […] tea […]")
    assert now.grave.text() == "" and now.save.isEnabled()
