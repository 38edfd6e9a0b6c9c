"""The page of exports: the gate's answers beside the quotes, making a brief, and the ledger."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.consent import Decision, Provision
from storybank.domain.export import ExportStatus
from storybank.domain.withdrawal import Choice
from storybank.services.withdrawing import Stop
from tests.ui.conftest import said
from tests.ui.story_library import Quiet


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


def agree(app, *decisions):
    """Let Amina answer anew."""
    agreement = Agreement(app.people.find("Amina Diallo").id, decisions, Attribution.FULL_NAME, until=date(2027, 6, 4))
    return app.consenting.put_on_file(agreement, [], Quiet())


def test_a_condition_is_a_word_of_its_own_and_stands_beside_the_quote(page, rows, an_app, qtbot):
    agree(an_app, Provision(Decision.CONDITIONAL, "website", condition="without my last name"))
    page.making.order.uses["website"].setChecked(True)
    row = next(row for row in rows().values() if row.speaker == "Amina Diallo")
    assert row.said == "If: without my last name · Named by: full name"
    place = page.making.rows.rows.index(row)
    assert page.making.rows.index(place, 2).data() == "Usable, if…"
    page.making.table.selectRow(place)
    assert page.making.reason.text().endswith("On the condition: without my last name. Consent C-0005 has no evidence "
                                              "on file.")


def test_who_wants_to_be_asked_first_is_not_simply_refused(page, rows, an_app):
    agree(an_app, Provision(Decision.ASK_FIRST, "website"))
    page.making.order.uses["website"].setChecked(True)
    row = next(row for row in rows().values() if row.speaker == "Amina Diallo")
    place = page.making.rows.rows.index(row)
    assert page.making.rows.index(place, 2).data() == "Ask first"
    assert not row.allowed
    assert "wants to be asked first" in row.reason


def test_the_answer_to_ask_me_first_is_put_on_file_from_the_list(page, rows, an_app, qtbot):
    agree(an_app, Provision(Decision.ASK_FIRST, "website"))
    page.making.order.uses["website"].setChecked(True)
    row = next(row for row in rows().values() if row.speaker == "Amina Diallo")
    assert page.making.offer.isHidden()
    page.making.table.selectRow(page.making.rows.rows.index(row))
    assert not page.making.offer.isHidden()
    page.making.offer.findChildren(QPushButton)[0].click()
    page.making.over.form.save_button.click()
    qtbot.waitUntil(lambda: rows()[row.quote.code].allowed and page.making.over.form is None, timeout=10_000)
    assert page.making.offer.isHidden()
    others = [one for one in rows().values() if one.speaker == "Amina Diallo" and one.quote.id != row.quote.id]
    assert [one.allowed for one in others] == [False]


def test_the_reason_of_the_chosen_quote_is_read_in_full(page, rows):
    page.making.order.uses["website"].setChecked(True)
    refused = next(n for n, row in enumerate(page.making.rows.rows) if not row.allowed)
    page.making.table.selectRow(refused)
    assert page.making.reason.text() == "Q-0003: Margaret withdrew their consent on 2 March 2026."


def test_the_words_of_a_sealed_story_are_not_offered(page, an_app):
    margaret = an_app.people.find("Margaret")
    (case,) = [case for case in an_app.withdrawing.cases() if case.contributor_id == margaret.id]
    an_app.erasing.carry_out(case.id, Choice.SEAL, Quiet())
    page.making.refresh()
    assert {row.speaker for row in page.making.rows.rows} == {"Amina Diallo"}
    page.making.order.uses["website"].setChecked(True)
    assert {row.speaker for row in page.making.rows.rows} == {"Amina Diallo"}


@pytest.fixture
def exported(qtbot, page, tmp_path):
    """A brief that was given to the ministry, as the ledger shows it."""
    order = page.making.order
    order.uses["website"].setChecked(True)
    order.title.setText("Fund link workers")
    order.recipient.setText("Ministry of Health")
    order.ask.setPlainText("Fund link workers for five years.")
    page.making.make(tmp_path / "brief.docx")
    qtbot.waitUntil(lambda: "is ready" in said(page.toast), timeout=30_000)
    page.filters.choose("ledger")
    return page.ledger.rows.rows[0]


def told(page):
    return [label.text() for label in page.ledger.findChildren(QLabel) if not label.isHidden()]


def test_the_ledger_tells_who_was_given_it_and_why_a_quote_was_left_out(page, exported):
    assert "Given to Ministry of Health" in told(page)
    assert "Q-0003 · Margaret withdrew their consent on 2 March 2026." in told(page)
    assert page.ledger.status(exported.id)[0] == "In use"


def test_the_ledger_says_at_once_what_must_be_called_back(page, exported, an_app, qtbot):
    an_app.withdrawing.withdraw(Stop(an_app.people.find("Amina Diallo").id))
    qtbot.waitUntil(lambda: "Somebody in it withdrew: it is being called back." in told(page), timeout=10_000)
    assert page.ledger.rows.index(0, 4).data() == "Call it back"


@pytest.mark.parametrize(("status", "word"), [
    (ExportStatus.RECALLED, "Called back"), (ExportStatus.CANNOT_RECALL, "Cannot be recalled"),
])
def test_what_became_of_an_export_has_its_own_word(page, exported, an_app, status, word):
    with an_app._open_work() as work:
        work.ledger.set_status(exported.id, status)
        work.commit()
    page.ledger.refresh()
    assert page.ledger.rows.index(0, 4).data() == word


def test_an_export_past_its_last_day_is_lapsed(page, exported, an_app, monkeypatch):
    monkeypatch.setattr(an_app.consenting, "today", lambda: date(2031, 1, 1))
    page.ledger.refresh()
    assert page.ledger.rows.index(0, 4).data() == "Lapsed"
