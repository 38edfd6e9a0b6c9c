"""The view of agreement: its table, the list that plays and is settled by keys, blind coding, and who is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from storybank.domain.coding import CONSENSUS
from storybank.words import Words
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.quotes.page import QuotesPage

STORY = "S-0001"


def give(app, who, line, *codes):
    app.author = who
    app.quoting.pick_lines(app.browsing.story(STORY).recordings[0].id, line, line, codes).edit.do()


@pytest.fixture
def two_coders(an_app):
    """Let Ana and Ben code Amina's story: once alike, and one line each alone."""
    for who, line, code in (("Ana", 8, "policy"), ("Ben", 8, "policy"), ("Ana", 7, "training"), ("Ben", 6, "bridges")):
        give(an_app, who, line, code)
    for who in ("Ben", "Ana"):
        an_app.author = who
        an_app.agreeing.finish(an_app.browsing.story(STORY).recordings[0].id).do()
    return an_app


@pytest.fixture
def a_page(qtbot):
    """Return how to open the page of quotes over a library."""
    bridges = []

    def opened(app):
        bridges.append(Bridge(app.hub))
        page = QuotesPage(app, Words("en"), theme.tokens_for("light"), bridges[-1], History())
        qtbot.addWidget(page)
        page.resize(1240, 860)
        page.show()
        return page

    yield opened
    for bridge in bridges:
        bridge.close()


@pytest.fixture
def view(two_coders, a_page):
    """Return the view as Ana sees it."""
    return a_page(two_coders).view("agreement")


def names(view):
    return [(one.code.key, [who.name for who, _span in one.gave]) for one in view.differing.rows.rows]


def table(view):
    return {row.code.key if row.code else "": row.measure for row in view.rows.rows}


def test_the_table_tells_every_code_and_all_together(view):
    assert round(table(view)["policy"].alpha, 3) == 1.0
    assert table(view)["training"].f1 == 0.0
    assert table(view)[""].alpha < 1
    assert view.table.model().index(view.rows.rowCount() - 1, 0).data() == "All codes together"


def test_two_are_compared_at_least(view):
    for box in view.side.findChildren(QCheckBox):
        if "given" in box.text() and "you" not in box.text():
            box.click()
    assert view._stack.currentWidget() is view._too_few


def test_a_key_keeps_the_code_and_the_next_one_is_chosen(view, qtbot, two_coders):
    before = names(view)
    assert ("bridges", ["Ben"]) in before and ("training", ["Ana"]) in before
    view.differing.table.setFocus()
    first = view.differing.table.chosen()[0]
    qtbot.keyClick(view.differing.table, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(names(view)) == len(before) - 1)
    with two_coders._open_work() as work:
        assert [one.code for one in work.codings.all() if one.coder_id == CONSENSUS.id] == [first.code.key]
    assert view.differing.table.chosen()
    qtbot.keyClick(view.differing.table, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: len(names(view)) == len(before) - 2)
    view._page.history.undo()
    view._page.history.undo()
    qtbot.waitUntil(lambda: names(view) == before)


def test_enter_plays_from_where_they_differ(view, qtbot):
    one = view.differing.table.chosen()[0]
    with qtbot.waitSignal(view._page.play_requested) as asked:
        qtbot.keyClick(view.differing.table, Qt.Key.Key_Return)
    assert asked.args == [one.story_code, one.disagreement.span.start_ms]


def test_lines_can_be_counted_instead_of_time(view):
    view.side.unit.choose("lines")
    view.side.changed.emit()
    assert table(view)["policy"].given == (1.0, 1.0)


def test_who_codes_blind_is_shown_no_agreement_until_they_see_all_again(view, qtbot):
    view.side.blind.click()
    qtbot.waitUntil(lambda: view._stack.currentWidget() is view._blind)
    view.side.blind.click()
    qtbot.waitUntil(lambda: view._stack.currentWidget() is view._content)


def test_saying_that_one_is_not_done_takes_the_story_out_and_can_be_undone(view, qtbot, two_coders):
    view.side.done_wanted.emit(two_coders.browsing.story(STORY).recordings[0].id, False)
    qtbot.waitUntil(lambda: view._stack.currentWidget() is view._not_done)
    view._page.history.undo()
    qtbot.waitUntil(lambda: view._stack.currentWidget() is view._content)


def test_the_table_can_be_copied(view):
    view._copy()
    rows = [row.split("\t") for row in QApplication.clipboard().text().split("\n")]
    assert rows[0][0] == "Code" and rows[-1][0] == "All codes together"


def test_one_coder_alone_is_told_how_to_get_a_second(an_app, a_page):
    give(an_app, "Ana", 8, "policy")
    with an_app._open_work() as work:
        for quote in work.quotes.all():
            if "policy" not in quote.codes:
                work.quotes.remove(quote.id)
        work.commit()
    view = a_page(an_app).view("agreement")
    assert view._stack.currentWidget() is view._alone
