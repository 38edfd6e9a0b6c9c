"""The page of exports: the gate's answers beside the quotes, making a brief, and the ledger."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from storybank.services.withdrawing import Stop
from tests.ui.conftest import said


@pytest.fixture
def page(window):
    window.pages.show_page("exports")
    return window.pages.exports()


@pytest.fixture
def rows(page):
    return lambda: {row.quote.code: row for row in page.making.rows.rows}


def test_without_a_use_nothing_is_asked(page, rows):
    assert not any(row.allowed for row in rows().values())
    assert "Say what it will be used for" in page.making.counters.text()


def test_a_refused_quote_stays_in_sight_with_its_reason(page, rows):
    page.making.order.uses["website"].setChecked(True)
    answers = {row.speaker: row for row in rows().values()}
    assert answers["Amina Diallo"].allowed
    assert "Margaret withdrew their consent" in answers["Margaret"].said
    assert page.making.counters.text() == "2 quotes chosen · 2 allowed · 1 refused"


def test_a_refused_quote_cannot_be_ticked(page):
    page.making.order.uses["website"].setChecked(True)
    model = page.making.rows
    place = next(n for n, row in enumerate(model.rows) if not row.allowed)
    assert not model.flags(model.index(place, 0)) & Qt.ItemFlag.ItemIsUserCheckable


def test_an_unticked_quote_does_not_leave(page):
    page.making.order.uses["website"].setChecked(True)
    model = page.making.rows
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert len(model.ticked) == 1
    assert page.making.counters.text().startswith("1 quote chosen")


def test_withdrawing_elsewhere_changes_the_answers_at_once(qtbot, page, rows, an_app):
    page.making.order.uses["website"].setChecked(True)
    an_app.withdrawing.withdraw(Stop(an_app.people.find("Amina Diallo").id))
    qtbot.waitUntil(lambda: not any(row.allowed for row in rows().values()), timeout=10_000)


def test_a_brief_without_a_title_is_refused_with_a_way_on(page, tmp_path):
    page.making.order.uses["website"].setChecked(True)
    page.making.order.ask.setPlainText("Fund link workers for five years.")
    page.making.make(tmp_path / "brief.docx")
    assert "It needs a title." in said(page.toast)


def test_a_brief_is_made_and_stands_in_the_ledger(qtbot, page, tmp_path):
    order = page.making.order
    order.uses["website"].setChecked(True)
    order.title.setText("Fund link workers")
    order.ask.setPlainText("Fund link workers for five years.")
    page.making.make(tmp_path / "brief.docx")
    qtbot.waitUntil(lambda: "is ready" in said(page.toast), timeout=30_000)
    assert (tmp_path / "brief.docx").exists()
    assert "2 quotes inside, 1 left out" in page.toast.text
    page.filters.choose("ledger")
    assert [line.title for line in page.ledger.rows.rows] == ["Fund link workers"]
    assert page.ledger.table.chosen()


def test_the_main_button_names_what_it_makes(page):
    page.making.order.choose_kind("kit")
    assert page.make_button.text() == "Make kit"
    assert page.making.order.ask.isHidden() or not page.making.order.ask.isVisible()


def test_a_day_written_otherwise_is_marked_and_the_way_to_write_it_is_said(page, qtbot):
    until = page.making.order.until
    until.setText("31/03/2027")
    until.editingFinished.emit()
    assert "Write the year, the month and the day" in until.complaint.text()
    assert not until.complaint.isHidden()
    until.setText("2027-03-31")
    until.editingFinished.emit()
    assert until.complaint.isHidden()
