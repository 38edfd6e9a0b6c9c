"""The page of exports: the list of drafts, making one, and the ledger."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from exports.papers import recall
from storybank.domain.draft import DraftKind, Form
from storybank.domain.export import ExportKind, ExportStatus
from tests.ui.conftest import said
from tests.ui.drafting import begin, write, write_one_pager
from tests.ui.one_window import one_window, put_drafts_away
from ui.withdrawal.said import KINDS

pytestmark = pytest.mark.usefixtures("no_pages")


@pytest.fixture(scope="module")
def opened(sample_library, tmp_path_factory):
    with one_window(sample_library, tmp_path_factory.mktemp("exports")) as both:
        yield both


@pytest.fixture
def an_app(opened):
    return opened[0]


@pytest.fixture
def window(opened, no_pages):
    yield opened[1]
    put_drafts_away(*opened)


@pytest.fixture
def page(window):
    window.pages.show_page("exports")
    return window.pages.exports()


@pytest.fixture
def cards(page):
    return lambda: {card.draft.code: card for card in page.drafts.cards.values()}


def test_without_a_draft_the_page_says_what_is_written_here(page):
    assert "Nothing is being written yet" in [label.text() for label in page.findChildren(QLabel)]


def test_each_form_says_what_it_is_for_before_one_is_begun(page, qtbot):
    page.begin()
    panel = page.drafts.begin_panel
    names = " ".join(card.accessibleName() for card in panel.cards.values())
    assert len(panel.cards) == 7
    assert "One page to leave behind after a meeting." in names and "A folder a partner can post from" in names
    qtbot.keyClick(panel.cards[(DraftKind.KIT, Form.ONE_THREE)], Qt.Key.Key_Return)
    assert panel.chosen[0] is DraftKind.KIT
    assert page.window().focusWidget() is panel.title


def test_a_draft_without_a_title_is_not_begun(page):
    begin(page, "  ")
    assert "A title is needed." in said(page.toast)
    assert page.draft is None


def test_a_draft_that_is_begun_is_open_and_then_in_the_list(page, cards, qtbot):
    begin(page, "Fund link workers")
    assert page.draft.title.en == "Fund link workers"
    assert page.make_button.isVisible() and not page.begin_button.isVisible()
    page.back_button.click()
    card, = cards().values()
    texts = [label.text() for label in card.findChildren(QLabel)]
    assert f"One-pager · {card.draft.code}" in texts and "Fund link workers" in texts and "EN · 0 quotes" in texts
    assert page.filters.isVisible()


def test_the_list_says_how_many_quotes_stay_behind(page, cards, qtbot):
    begin(page).put(["Q-0001", "Q-0003"])
    page.back_button.click()
    qtbot.waitUntil(lambda: [card.badge.word for card in cards().values()] == ["1 quote stays behind"], timeout=10_000)


def test_a_draft_is_copied_and_removed_and_both_can_be_taken_back(page, cards, window):
    begin(page, "Trust first")
    page.back_button.click()
    code, = cards()
    cards()[code].copy_button.click()
    page.drafts.refresh()
    assert [card.draft.title.en for card in cards().values()] == ["Trust first", "Trust first"]
    window.desk.history.undo()
    page.drafts.refresh()
    cards()[code].remove_button.click()
    page.drafts.refresh()
    assert not cards()
    assert "What left the house stays in the ledger" in said(page.toast)
    window.desk.history.undo()
    page.drafts.refresh()
    assert list(cards()) == [code]


@pytest.fixture
def exported(qtbot, page, tmp_path, monkeypatch):
    """A brief that was given to the ministry, as the ledger shows it."""
    monkeypatch.setattr(page.builder.preview, "show_draft", lambda *_what: None)
    builder = write_one_pager(page, ["Q-0001", "Q-0002", "Q-0003"])
    builder.outline.purpose.lines["recipient"].setText("Ministry of Health")
    builder.outline.purpose.lines["recipient"].textEdited.emit("Ministry of Health")
    page.making.make(tmp_path / "brief.docx")
    qtbot.waitUntil(lambda: "is ready" in said(page.toast), timeout=30_000)
    page.back_button.click()
    page.filters.choose("ledger")
    return page.ledger.rows.rows[0]


def told(page):
    return [label.text() for label in page.ledger.findChildren(QLabel) if not label.isHidden()]


def test_a_brief_is_made_and_the_ledger_tells_what_was_inside_and_what_becomes_of_it(page, exported, an_app,
                                                                                     tmp_path, monkeypatch):
    draft = an_app.building.all()[0]
    assert [one.kept for one in an_app.building.versions(draft.id)] == [True]
    assert (tmp_path / "brief.docx").exists()
    assert "2 quotes inside, 1 left out" in page.toast.text
    assert "Q-0003: Margaret withdrew their consent on 2 March 2026." in page.toast.text
    assert exported.title == "Fund link workers"
    assert "Given to Ministry of Health" in told(page)
    assert "Q-0003 · Margaret withdrew their consent on 2 March 2026." in told(page)
    assert page.ledger.status(exported.id)[0] == "In use"
    words_of_what_becomes_of_it(page, exported, an_app, monkeypatch)
    page.filters.choose("drafts")
    page.open_draft(draft.code)
    write(page.builder, "title", "Fund them all")
    page.builder.working.save()
    assert [(one.version, one.kept) for one in an_app.building.versions(draft.id)] == [(2, False), (1, True)]


def test_a_brief_that_lacks_something_is_refused_with_what_to_do(page, qtbot, tmp_path):
    begin(page).put(["Q-0001"])
    page.making.make(tmp_path / "brief.docx")
    qtbot.waitUntil(lambda: "It asks for nothing." in said(page.toast), timeout=20_000)
    assert not (tmp_path / "brief.docx").exists()


def test_only_a_kit_can_be_made_as_a_zip_or_a_bag(page):
    begin(page)
    assert not page.making.manner.isVisible()
    page.back_button.click()
    begin(page, "Trust", DraftKind.KIT)
    assert page.making.manner.isVisible()


def words_of_what_becomes_of_it(page, exported, an_app, monkeypatch):
    """See that each end an export may come to has its own word."""
    monkeypatch.setattr(an_app.consenting, "today", lambda: date(2031, 1, 1))
    page.ledger.refresh()
    assert page.ledger.rows.index(0, 4).data() == "Lapsed"
    for status, word in ((ExportStatus.RECALLED, "Called back"), (ExportStatus.CANNOT_RECALL, "Cannot be recalled")):
        with an_app._open_work() as work:
            work.ledger.set_status(exported.id, status)
            work.commit()
        page.ledger.refresh()
        assert page.ledger.rows.index(0, 4).data() == word


def test_everything_that_can_leave_has_a_name_in_the_ledger_and_in_letters():
    assert set(KINDS) == {kind.value for kind in ExportKind} and set(recall.KINDS) == set(ExportKind)
