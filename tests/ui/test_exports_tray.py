"""The tray on the Quotes page: quotes of a cell are put into a draft, by hand or with the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu

from storybank.domain.draft import DraftKind, Form
from tests.ui.conftest import said
from tests.ui.one_window import one_window, put_drafts_away
from ui.quotes.tray import MIME


@pytest.fixture(scope="module")
def opened(sample_library, tmp_path_factory):
    with one_window(sample_library, tmp_path_factory.mktemp("tray")) as both:
        yield both


@pytest.fixture
def an_app(opened):
    return opened[0]


@pytest.fixture
def window(opened, no_pages):
    yield opened[1]
    put_drafts_away(*opened)


@pytest.fixture
def view(an_app, window, qtbot):
    window.pages.quotes().toast.hide()
    an_app.building.begin(DraftKind.BRIEF, "Fund link workers", "en", Form.ONE_PAGER)
    window.pages.show_page("quotes")
    view = window.pages.quotes().view("coverage")
    qtbot.waitUntil(lambda: bool(view.quotes.cards), timeout=10_000)
    return view


def codes(app):
    return draft(app).codes


def draft(app):
    return app.building.all()[0]


def test_a_quote_that_is_let_go_on_a_draft_is_in_it_and_that_can_be_undone(view, an_app, window, qtbot):
    told = QMimeData()
    told.setData(MIME, b"Q-0001\nQ-0002")
    view.tray.cards[0].dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, told, Qt.MouseButton.LeftButton,
                                            Qt.KeyboardModifier.NoModifier))
    assert codes(an_app) == ("Q-0001", "Q-0002")
    assert "2 quotes are put into “Fund link workers”." in said(window.pages.quotes().toast)
    qtbot.waitUntil(lambda: "2 quotes" in view.tray.cards[0].accessibleName(), timeout=5_000)
    window.desk.history.undo()
    assert codes(an_app) == ()


def test_the_keys_do_the_same(view, an_app, qtbot):
    card = view.quotes.cards[0]
    qtbot.keyClick(card, Qt.Key.Key_P)
    menu = view.tray.findChild(QMenu)
    qtbot.waitUntil(menu.isVisible, timeout=5_000)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert codes(an_app) == (card.entry.quote.code,)


def test_what_is_there_already_is_not_put_in_twice(view, an_app, window):
    view.tray.put(draft(an_app), ["Q-0001"])
    view.tray.put(draft(an_app), ["Q-0001"])
    assert codes(an_app) == ("Q-0001",)
    assert "has them already" in said(window.pages.quotes().toast)


def test_a_press_opens_the_draft(view, window, an_app):
    view.tray.cards[0].pressed.emit()
    assert window.pages.shown == "exports"
    assert window.pages.exports().draft.code == draft(an_app).code
