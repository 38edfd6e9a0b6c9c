"""The consent panel: recording an answer, naming a person, and taking consent back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.conftest import said
from ui.consent.consent_form import ConsentForm
from ui.consent.person_form import PersonForm
from ui.consent.withdrawal import WithdrawalForm


@pytest.fixture
def panel(stories, cards):
    """Open the panel on somebody's story."""

    def opened(name):
        stories.show_consent(cards()[name].story.line.id)
        return stories.panel

    return opened


def test_each_use_is_a_yes_or_a_no(panel):
    texts = words(panel("Amina Diallo").summary)
    assert "Website" in texts
    assert "Fundraising" in texts
    assert panel("Amina Diallo").summary.badge.word == "Consent on file"


def test_recording_consent_changes_the_card_at_once(qtbot, panel, cards):
    shown = panel("Samuel Roy")
    shown.ask_consent()
    form = shown.findChild(ConsentForm)
    form.uses["website"].setChecked(True)
    form.save_button.click()
    qtbot.waitUntil(lambda: cards()["Samuel Roy"].badge.word == "Consent on file", timeout=10_000)
    assert "Saved as C-" in said(shown.toast)


def test_consent_without_a_use_is_refused_with_a_way_on(qtbot, panel):
    shown = panel("Samuel Roy")
    shown.ask_consent()
    shown.findChild(ConsentForm).save_button.click()
    qtbot.waitUntil(lambda: "needs at least one use" in said(shown.toast), timeout=10_000)
    assert "record that they were asked" in shown.toast.text


def test_a_day_that_is_none_is_refused(panel):
    shown = panel("Samuel Roy")
    shown.ask_consent()
    form = shown.findChild(ConsentForm)
    form.until.setText("next week")
    form.save_button.click()
    assert "“next week” is not a day" in said(shown.toast)


def test_withdrawing_asks_once_more_and_then_changes_the_badge(qtbot, panel, cards, an_app):
    shown = panel("Amina Diallo")
    shown.ask_withdrawal(shown.view.people[0])
    form = shown.findChild(WithdrawalForm)
    while form.step.key != "meaning":
        form.next_button.click()
    assert "Nothing of it has left the house yet." in words(form)
    form.withdraw_button.click()
    qtbot.waitUntil(lambda: cards()["Amina Diallo"].badge.word == "Withdrawn", timeout=10_000)
    assert not an_app.exporting.select(None, ["website"]).cleared


def test_withdrawing_names_what_already_left(qtbot, panel, an_app, tmp_path):
    from storybank.domain.export import Brief
    from tests.ui.story_library import Quiet

    brief = Brief("Fund link workers", "Ministry of Health", ("Fund them.",))
    an_app.exporting.make_brief(brief, None, ["website"], tmp_path / "brief.docx", Quiet())
    shown = panel("Amina Diallo")
    shown.ask_withdrawal(shown.view.people[0])
    form = shown.findChild(WithdrawalForm)
    while form.step.key != "meaning":
        form.next_button.click()
    assert any("Fund link workers" in text for text in words(form))


def test_naming_somebody_new_puts_them_into_the_story(qtbot, panel, stories, cards):
    shown = panel("Samuel Roy")
    shown.ask_person()
    form = shown.findChild(PersonForm)
    form.name.setText("Jeanne Roy")
    form.stakeholder.choose("caregiver")
    form.save_button.click()
    qtbot.waitUntil(lambda: "Jeanne Roy" in cards()["Samuel Roy"].story.line.people, timeout=10_000)
    assert cards()["Samuel Roy"].badge.word == "No consent yet"


def test_a_person_without_a_name_is_refused(panel):
    shown = panel("Samuel Roy")
    shown.ask_person()
    shown.findChild(PersonForm).save_button.click()
    assert "needs a name" in said(shown.toast)


def words(widget):
    """Return every text a part of the window shows."""
    return [label.text() for label in widget.findChildren(QLabel)]
