"""The coverage of themes in the window: arrows move, Enter shows the quotes, and the table can be taken along."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from storybank.words import Words
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.quotes.page import QuotesPage


@pytest.fixture
def coverage(qtbot, an_app):
    """The view, counted for the website."""
    bridge = Bridge(an_app.hub)
    page = QuotesPage(an_app, Words("en"), theme.LIGHT, bridge, History())
    page.resize(1240, 900)
    page.show()
    view = page.view("coverage")
    view.page, view.app = page, an_app
    qtbot.waitUntil(lambda: view.matrix is not None, timeout=10_000)
    yield view
    view.asking.close()
    page.hide()
    bridge.close()
    shiboken6.delete(page)


def counted(qtbot, view, change):
    before = view.matrix
    change()
    qtbot.waitUntil(lambda: view.matrix is not before, timeout=10_000)
    return view.matrix


def test_the_fullest_cell_is_looked_at_first_and_its_quotes_can_be_played(qtbot, coverage):
    (row, column) = coverage._cell
    assert coverage.matrix.cell(row, column).usable == max(
        coverage.matrix.cell(r.key, c.key).usable for r in coverage.matrix.rows for c in coverage.matrix.columns)
    card = coverage.quotes.cards[0]
    with qtbot.waitSignal(coverage.page.play_requested) as asked:
        card.pressed.emit()
    assert asked.args == [card.entry.story_code, card.entry.quote.start_ms]


def test_arrows_move_and_enter_shows_the_quotes_of_that_cell(qtbot, coverage):
    grid = coverage.grid
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    for _ in range(20):
        qtbot.keyClick(grid, Qt.Key.Key_Up)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    row, column = grid.current
    assert (row, column) == (coverage.matrix.rows[1], coverage.matrix.columns[1])
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert coverage.quotes.title == f"{row.short('en')} · {column.label('en')}"
    assert len(coverage.quotes.cards) == coverage.matrix.cell(row.key, column.key).all


def test_an_empty_cell_says_what_is_missing_to_a_screen_reader_too(coverage):
    row, column = coverage.matrix.empty()[0]
    assert coverage.grid.said(row, column).startswith("No ")
    coverage.show_cell(row.key, column.key)
    assert coverage.quotes.told.text().startswith("No ")


def test_another_use_and_other_columns_are_counted_anew(qtbot, coverage):
    matrix = counted(qtbot, coverage, lambda: coverage.by.choose("language"))
    assert {one.key for one in matrix.columns} >= {"en", "fr"}
    other = next(use.key for use in coverage.app.covering.uses() if use.key != coverage.use.key)
    assert counted(qtbot, coverage, lambda: coverage.use.choose(other)).use.key == other


def test_the_table_is_copied_and_written_and_no_file_is_written_over(coverage, tmp_path):
    coverage.copy_table()
    assert QGuiApplication.clipboard().text().splitlines()[0].startswith("\tLink worker")
    coverage.save_table(tmp_path / "a.csv")
    written = (tmp_path / "a.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    coverage.save_table(tmp_path / "a.csv")
    assert "exists already" in coverage.page.toast.text and (tmp_path / "a.csv").read_bytes() == written


def test_a_star_is_kept_and_shown(qtbot, coverage):
    card = coverage.quotes.cards[0]
    before = card.entry.quote.important
    counted(qtbot, coverage, card.star.click)
    assert coverage.app.quoting.get(card.entry.quote.id).important is not before
