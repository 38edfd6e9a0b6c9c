"""The consent panel: each answer with its reason, what it rests on, who is in the story, and the ways to change it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.consent import ConsentState, Decision, Method, Provision, Taken
from storybank.domain.contributor import Assent
from storybank.domain.restriction import Treatment
from storybank.domain.story import Participant, Sharing
from storybank.domain.transcript import Span
from storybank.services.proving import Proof
from tests.ui.conftest import said
from tests.ui.story_library import Quiet
from ui.consent.consent_form import ConsentForm
from ui.consent.mistake_form import MistakeForm
from ui.consent.person_form import PersonForm
from ui.consent.presence_forms import CommunityForm, PresenceForm, RestrictionForm
from ui.consent.withdrawal import WithdrawalForm


@pytest.fixture
def panel(stories, cards):
    """Open the panel on somebody's story."""

    def opened(name):
        stories.show_consent(cards()[name].story.line.id)
        return stories.panel

    return opened


@pytest.fixture
def finely(an_app, tmp_path):
    """Let Amina agree on paper, with a witness, each use with its own answer."""
    form = tmp_path / "form.pdf"
    form.write_bytes(b"%PDF-1.4 I agree.")
    amina = an_app.people.find("Amina Diallo")
    decisions = (
        Provision(Decision.PERMIT, "website"), Provision(Decision.CONDITIONAL, "print", condition="in black and white"),
        Provision(Decision.ASK_FIRST, "media"), Provision(Decision.DENY, "fundraising"),
    )  # fmt: skip
    taken = Taken(method=Method.PAPER, witness="Lena Roy")
    agreement = Agreement(amina.id, decisions, given_on=date(2025, 6, 4), until=date(2027, 6, 4), taken=taken)
    return an_app.consenting.put_on_file(agreement, [Proof(form)], Quiet())


def words(widget):
    """Return every text a part of the window shows."""
    return [label.text() for label in widget.findChildren(QLabel)]


def test_each_use_is_a_yes_or_a_no(panel):
    texts = words(panel("Amina Diallo").summary)
    assert "Website" in texts
    assert "Fundraising" in texts
    assert panel("Amina Diallo").summary.badge.word == "Consent on file"


def test_each_answer_has_its_word_its_sign_and_its_reason_one_press_away(panel, finely, qtbot):
    grid = panel("Amina Diallo").summary.grids[""]
    told = {key: (badge.word, badge.tone) for key, badge in grid.badges.items()}
    assert told["website"] == ("yes", "good")
    assert told["print"] == ("yes, if…", "if")
    assert told["media"] == ("ask first", "ask")
    assert told["fundraising"] == ("no", "plain")
    assert grid.reasons["print"].isHidden()
    qtbot.mouseClick(grid.badges["print"], Qt.MouseButton.LeftButton)
    assert grid.reasons["print"].text() == (
        "Amina Diallo agreed to this use: print. On the condition: in black and white.")
    assert not grid.reasons["print"].isHidden()
    qtbot.keyClick(grid.badges["print"], Qt.Key.Key_Space)
    assert grid.reasons["print"].isHidden()


def test_what_happened_is_told_in_plain_words(panel, finely):
    texts = words(panel("Amina Diallo").summary)
    assert "Given on 4 June 2025, on paper, with a witness (Lena Roy)" in texts
    assert "form.pdf (signed form)" in texts
    earlier = panel("Amina Diallo").summary.dossiers["C-0001"]
    assert earlier.badge.word == "Replaced"
    assert f"Replaced on 2 March 2026, by {finely.code}" in words(earlier)


def test_a_consent_without_a_proof_says_so(panel):
    assert "Nothing on file; every answer says so" in words(panel("Amina Diallo").summary)


def test_everyone_in_the_story_is_shown_with_their_own_answers(panel, an_app, finely):
    shown = panel("Amina Diallo")
    samuel = an_app.people.find("Samuel Roy")
    an_app.people.place(shown.story_id, [*shown.view.story.participants, Participant(samuel.id, speaks=False)])
    grids = panel("Amina Diallo").summary.grids
    assert grids[""].badges["website"].word == "no"
    assert grids[finely.contributor_id].badges["website"].word == "yes"
    assert grids[samuel.id].reasons["website"].text() == (
        "Samuel Roy was asked for consent and has not answered yet.")


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


def test_a_proof_is_opened_and_that_it_was_looked_at_is_written_down(qtbot, panel, finely, an_app, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    shown = panel("Amina Diallo")
    shown.summary.dossiers[finely.code].proof_asked.emit(finely, 1)
    qtbot.waitUntil(lambda: "looked at is written down" in said(shown.toast), timeout=10_000)
    assert opened and opened[0].endswith(".pdf")
    with an_app._open_work() as work:
        assert "EvidenceViewed" in [line.event for line in work.history(finely.id)]


def test_a_receipt_is_saved_as_a_word_file(qtbot, panel, finely, an_app, tmp_path):
    shown = panel("Amina Diallo")
    shown.papers.save_receipt(finely, an_app.people.find("Amina Diallo"), tmp_path / "receipt.docx")
    qtbot.waitUntil(lambda: "The receipt is saved" in said(shown.toast), timeout=20_000)
    assert (tmp_path / "receipt.docx").stat().st_size > 1000


def test_a_mistake_needs_a_reason_stays_on_file_and_permits_nothing(qtbot, panel, finely, an_app):
    shown = panel("Amina Diallo")
    shown.summary.dossiers[finely.code].mistake_asked.emit(finely)
    form = shown.findChild(MistakeForm)
    form.save_button.click()
    assert "A mistake needs the reason" in said(shown.toast)
    form.reason.setText("it was the form of another Amina")
    form.save_button.click()
    event = an_app.consenting.consent(finely.id).events[-1]
    assert (event.state, event.reason) == (ConsentState.ENTERED_IN_ERROR, "it was the form of another Amina")
    qtbot.waitUntil(lambda: shown.summary.dossiers[finely.code].badge.word == "A mistake")


def test_asking_to_renew_leaves_the_old_answer_standing(qtbot, panel, finely, an_app):
    shown = panel("Amina Diallo")
    shown.summary.dossiers[finely.code].renewal_asked.emit(finely)
    qtbot.waitUntil(lambda: "Asked to renew: C-" in said(shown.toast), timeout=10_000)
    assert an_app.consenting.permission(shown.story_id, ["website"]).allowed
    asked = an_app.consenting.consents_of(finely.contributor_id)[-1]
    assert (asked.last_state, asked.supersedes_id) == (ConsentState.REQUESTED, finely.id)


def test_withdraw_opens_the_way_to_stop_for_this_person(panel):
    shown = panel("Amina Diallo")
    shown.summary.withdrawal_asked.emit(shown.view.people[0])
    assert any("Amina Diallo" in text for text in words(shown.findChild(WithdrawalForm)))


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


def test_a_guardian_and_what_the_person_says_themselves(qtbot, panel, an_app):
    shown = panel("Amina Diallo")
    shown.ask_person(shown.view.people[0])
    form = shown.findChild(PersonForm)
    form.guarded.click()
    form.guardian.setText("Fatou Diallo")
    form.relation.setText("mother")
    form.majority_on.setText("2030-05-01")
    form.assent.choose("dissent")
    form.save_button.click()
    amina = an_app.people.find("Amina Diallo")
    assert (amina.guardian.name, amina.guardian.assent, amina.majority_on) == (
        "Fatou Diallo", Assent.DISSENT, date(2030, 5, 1))
    qtbot.waitUntil(lambda: any("does not want this" in text for text in words(shown.summary)))


def test_who_is_seen_and_heard_when_decides_who_is_asked(qtbot, panel, an_app):
    shown = panel("Amina Diallo")
    samuel = an_app.people.find("Samuel Roy")
    an_app.people.place(shown.story_id, [*shown.view.story.participants, Participant(samuel.id, speaks=False)])
    shown = panel("Amina Diallo")
    shown.ask_presence(shown.view.story.participants[1])
    form = shown.findChild(PresenceForm)
    form.times.setText("0:30 – 0:40")
    form.save_button.click()
    assert an_app.browsing.story(shown.story_id).story.participants[1].spans == (Span(30_000, 40_000),)
    assert "is heard, is seen · 00:30–00:40" in words(shown.summary)
    (first, *_more) = an_app.browsing.story(shown.story_id).quotes
    assert an_app.consenting.permission(shown.story_id, ["website"], quote=first.code).allowed
    assert not an_app.consenting.permission(shown.story_id, ["website"]).allowed


def test_a_time_that_is_none_says_how_to_write_one(panel):
    shown = panel("Amina Diallo")
    shown.ask_presence(shown.view.story.participants[0])
    form = shown.findChild(PresenceForm)
    form.times.setText("in the middle")
    form.save_button.click()
    assert "Write minutes and seconds, as 1:05." in said(shown.toast)


def test_a_community_decides_beside_the_people_and_its_labels_are_kept_as_written(panel, an_app):
    shown = panel("Amina Diallo")
    shown.ask_community()
    form = shown.findChild(CommunityForm)
    form.name.setText("Riverside council")
    form.label_name.setText("TK Attribution")
    form.label_text.setText("Please name us as we ask.")
    form.save_button.click()
    story = an_app.browsing.story(shown.story_id).story
    (council,) = [one for one in an_app.people.all() if one.is_community]
    assert (story.communities, story.sharing) == ((council.id,), Sharing.ALL)
    assert council.labels[0].text == "Please name us as we ask."
    assert "Labels: TK Attribution" in "\n".join(words(shown.summary))
    assert shown.summary.grids[council.id].badges["website"].word == "no"


def test_a_stretch_is_restricted_and_freed_again(qtbot, panel, an_app):
    shown = panel("Amina Diallo")
    shown.ask_restriction()
    form = shown.findChild(RestrictionForm)
    form.begins.setText("0:05")
    form.ends.setText("0:08")
    form.treatment.choose("cut")
    form.reason.setText("a patient's name is heard")
    form.save_button.click()
    recordings = [recording.id for recording in shown.view.recordings]
    (restriction,) = an_app.people.restrictions(recordings)
    assert (restriction.treatment, restriction.start_ms) == (Treatment.CUT, 5000)
    assert "left out altogether: a patient's name is heard" in words(shown.summary)
    shown.summary.freed.emit(restriction)
    assert an_app.people.restrictions(recordings) == []
    qtbot.waitUntil(lambda: not any("left out altogether" in text for text in words(shown.summary)))


def test_who_could_be_recognised_without_a_name_is_warned_about(panel, an_app):
    amina = an_app.people.find("Amina Diallo")
    decisions = (Provision(Decision.PERMIT, "website"),)
    an_app.consenting.put_on_file(Agreement(amina.id, decisions, Attribution.ROLE_AND_PLACE), [], Quiet())
    assert any("they can still be recognised" in text for text in words(panel("Amina Diallo").summary))


@pytest.mark.parametrize(("decision", "word", "tone"), [
    (Provision(Decision.ASK_FIRST, "website"), "Ask first", "ask"),
    (Provision(Decision.CONDITIONAL, "website", condition="in black and white"), "Consent, if…", "if"),
])
def test_a_card_says_ask_first_and_yes_if_in_words_of_their_own(qtbot, cards, an_app, decision, word, tone):
    amina = an_app.people.find("Amina Diallo")
    an_app.consenting.put_on_file(Agreement(amina.id, (decision,)), [], Quiet())
    qtbot.waitUntil(lambda: (cards()["Amina Diallo"].badge.word, cards()["Amina Diallo"].badge.tone) == (word, tone))
    assert "website" in cards()["Amina Diallo"].badge.reason
