"""The page of the stories: what the cards say, what the words across the top keep, and importing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from storybank import places
from tests.ui.conftest import said
from ui.parts.buttons import WordButton


def test_cards_say_where_consent_stands_in_a_word(cards):
    words = {name: (card.badge.word, card.badge.tone) for name, card in cards().items()}
    assert words == {
        "Amina Diallo": ("Consent on file", "good"), "Margaret": ("Withdrawn", "stop"),
        "Samuel Roy": ("Consent pending", "warn"), "Daniel Okafor": ("Consent on file", "good"),
    }


def test_a_badge_gives_its_reason(cards):
    assert "website" in cards()["Amina Diallo"].badge.reason
    assert "14" not in cards()["Margaret"].badge.reason
    assert "Nothing of this story may be used" in cards()["Margaret"].badge.toolTip()


def test_the_words_across_the_top_count(stories):
    texts = [button.text() for button in stories.filters._buttons.values()]
    assert texts == ["All 4", "Needs consent 1", "To transcribe 1", "To review 2", "Ready to use 1", "Withdrawn 1"]


@pytest.mark.parametrize(("word", "people"), [
    ("consent", {"Samuel Roy"}), ("transcribe", {"Daniel Okafor"}), ("withdrawn", {"Margaret"}),
    ("ready", {"Amina Diallo"}),
])
def test_a_word_keeps_the_stories_in_that_state(stories, cards, word, people):
    stories.filters.choose(word)
    assert set(cards()) == people
    assert len(stories._rows.rows) == len(people)


def test_cards_and_table_show_the_same_stories(stories):
    stories.choose_view("table")
    assert stories.table.isVisible()
    shown = {stories._rows.data(stories._rows.index(row, 1)) for row in range(stories._rows.rowCount())}
    assert shown == {"Amina Diallo", "Margaret", "Samuel Roy", "Daniel Okafor"}


def test_the_table_sorts_by_quotes_as_numbers(stories):
    stories.choose_view("table")
    stories.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    assert stories.table.row_at(stories.table.model().index(0, 0)).line.people == ("Amina Diallo",)


def test_enter_on_a_card_opens_its_story(qtbot, stories, cards):
    card = cards()["Amina Diallo"]
    stories.opened.disconnect()
    with qtbot.waitSignal(stories.opened) as opened:
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert opened.args == [card.story.line.id]


def test_a_press_on_the_badge_opens_who_may_use_it(qtbot, stories, cards):
    qtbot.mouseClick(cards()["Margaret"].badge, Qt.MouseButton.LeftButton)
    assert stories.side.isVisible()
    words = " ".join(label.text() for label in stories.panel.findChildren(QLabel))
    assert "Margaret withdrew their consent on" in words


def test_dropping_files_imports_them_and_says_why_one_was_refused(qtbot, window, stories, tmp_path):
    broken = tmp_path / "holiday.mp4"
    broken.write_bytes(b"this is no film")
    good = places.demo() / "media" / "helen-funder.mp4"
    drop(window, good, broken)
    qtbot.waitUntil(lambda: "1 added · 1 refused" in said(stories.toast), timeout=30_000)
    assert "holiday.mp4: " in stories.toast.text
    assert "never implies consent" in stories.toast.text
    qtbot.waitUntil(lambda: len(stories.cards) == 5)
    assert "Transcribe 2 recordings now" in [button.text() for button in stories.toast._actions]


def test_a_recording_that_is_here_already_is_said_so(qtbot, window, stories):
    good = places.demo() / "media" / "marie-intervenante.mp4"
    drop(window, good)
    qtbot.waitUntil(lambda: "1 added" in said(stories.toast), timeout=30_000)
    drop(window, good)
    qtbot.waitUntil(lambda: "1 already here" in said(stories.toast), timeout=30_000)


def test_dropping_nothing_to_import_is_explained(qtbot, window, stories, tmp_path):
    (tmp_path / "empty").mkdir()
    drop(window, tmp_path / "empty")
    qtbot.waitUntil(lambda: "no media file to import" in said(stories.toast), timeout=10_000)


def drop(window, *files):
    """Drop files on the window, as a person would."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    window.dropEvent(QDropEvent(QPointF(700, 400), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_switch_between_cards_and_table_is_whole_in_a_small_window(qtbot, open_window, language):
    window = open_window(language)
    window.resize(1000, 640)
    page = window.pages.stories()
    words = page.filters.findChildren(WordButton)
    qtbot.waitUntil(lambda: words[-1].isVisible() and words[-1].width() >= words[-1].sizeHint().width(), timeout=5_000)
    for button in [*page._switch.values(), *words]:
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(page, button.rect().bottomRight()).x() < page.width()
    assert page.filters.height() >= max(word.geometry().bottom() for word in words)
