"""The consent editor: one question after another, with ticks and Save for most and a question more for the rest."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from storybank.domain.attribution import Attribution
from storybank.domain.consent import ConsentState, Decision, EvidenceKind, Method, Provision, Role, Stage
from storybank.domain.contributor import ContributorKind, Guardian
from storybank.domain.use import Act, Material
from tests.ui.conftest import said
from ui.consent.period_turn import years_after


@pytest.fixture
def editor(stories, cards):
    """Open the editor on somebody's answer."""

    def opened(name):
        stories.show_consent(cards()[name].story.line.id)
        stories.panel.ask_consent()
        return stories.panel.form

    return opened


@pytest.fixture
def saved(qtbot, stories, an_app):
    """Save what the editor holds, and return it as it lies on file."""

    def pressed():
        stories.panel.form.save_button.click()
        qtbot.waitUntil(lambda: "Saved as C-" in said(stories.panel.toast), timeout=10_000)
        code = stories.panel.toast.text.split()[2].rstrip(".")
        return an_app.consenting.consent(code)

    return pressed


def test_agreed_ticks_and_save_are_enough(editor, saved):
    form = editor("Samuel Roy")
    assert form.answer.is_open and form.for_uses.is_open
    form.uses["website"].click()
    form.uses["print"].click()
    consent = saved()
    assert consent.provisions == (Provision(Decision.PERMIT, "website"), Provision(Decision.PERMIT, "print"))
    assert (consent.last_state, consent.stage, consent.story_ids) == (ConsentState.GIVEN, Stage.RELEASE, frozenset())


def test_two_years_are_what_an_agreement_begins_with(editor):
    form = editor("Samuel Roy")
    assert form.period.said() == "From 2 March 2026 until 2 March 2028"
    form.period.offer(3)
    assert form.until.text() == "2029-03-02"
    assert years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)


def test_no_end_is_possible_on_purpose_and_with_a_reason(editor, saved, stories):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    form.period.endless.click()
    form.save_button.click()
    assert "A consent without an end needs the reason." in said(stories.panel.toast)
    assert form.period.is_open
    form.period.why.setText("the archive of the province keeps it")
    consent = saved()
    assert consent.valid_until is None
    assert consent.events[-1].reason == "the archive of the province keeps it"


def test_a_last_day_that_is_missing_is_asked_for(editor, stories):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    form.until.clear()
    form.save_button.click()
    assert "Say until when it holds." in said(stories.panel.toast)


def test_each_use_has_its_own_answer(editor, saved):
    form = editor("Samuel Roy")
    rows = form.for_uses.rows
    rows["website"].box.click()
    rows["print"].finer.choose("conditional")
    rows["print"].condition.setText("only in black and white")
    rows["media"].finer.choose("ask_first")
    rows["fundraising"].finer.choose("deny")
    assert not rows["fundraising"].box.isChecked()
    assert form.for_uses.said() == ("Yes: Website. Yes, if…: Print. Ask first: News media. No: Fundraising")
    assert saved().provisions == (
        Provision(Decision.PERMIT, "website"),
        Provision(Decision.CONDITIONAL, "print", condition="only in black and white"),
        Provision(Decision.ASK_FIRST, "media"), Provision(Decision.DENY, "fundraising"),
    )  # fmt: skip


def test_a_letter_answers_from_the_keyboard(editor, qtbot):
    form = editor("Samuel Roy")
    row = form.for_uses.rows["research"]
    row.box.setFocus()
    for letter, wanted in (("A", Decision.ASK_FIRST), ("N", Decision.DENY), ("Y", Decision.PERMIT)):
        qtbot.keyClick(row.box, letter)
        assert row.decision is wanted


def test_a_condition_without_words_is_asked_for_where_it_is_missing(editor, stories):
    form = editor("Samuel Roy")
    form.for_uses.rows["print"].finer.choose("conditional")
    form.conversation.open(form.naming)
    form.save_button.click()
    assert "needs the condition" in said(stories.panel.toast)
    assert form.for_uses.is_open
    assert not form.for_uses.rows["print"].condition.isHidden()


def test_what_is_left_out_of_the_film_is_not_permitted(editor, saved, an_app, stories):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    for material, box in form.materials.boxes.items():
        box.setChecked(material is Material.QUOTE)
    assert form.materials.said() == "Written quotes"
    assert saved().provisions == (Provision(Decision.PERMIT, "website", material=Material.QUOTE),)
    story = stories.panel.story_id
    assert an_app.consenting.permission(story, ["website"]).allowed
    assert not an_app.consenting.permission(story, ["website"], materials=[Material.CLIP]).allowed


def test_face_voice_workplace_and_place_follow_the_naming_until_said_otherwise(editor, saved):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    assert form.seen.said() == "Yes: face, voice, place. No: workplace"
    form.naming.choice.choose("role_only")
    assert form.seen.said() == "Yes: voice. No: face, workplace, place"
    form.seen.choices["voice"].choose("no")
    consent = saved()
    assert (consent.attribution, consent.wishes.voice, consent.wishes.face) == (Attribution.ROLE_ONLY, False, None)


def test_a_contradiction_is_said_while_it_is_entered(editor):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    form.naming.choice.choose("anonymous")
    assert form.clashes == ""
    form.seen.choices["face"].choose("yes")
    assert "neither will be shown" in form.clashes
    form.seen.choices["face"].choose("")
    assert form.clashes == ""


def test_machines_and_advertising_have_answers_of_their_own(editor, saved):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    assert form.machines.rows["train"].decision is None  # silence, which is no
    form.machines.rows["transcribe"].finer.choose("deny")
    form.acts.rows["advertise"].finer.choose("permit")
    told = {(p.act, p.decision) for p in saved().provisions if p.act is not Act.USE}
    assert told == {(Act.TRANSCRIBE, Decision.DENY), (Act.ADVERTISE, Decision.PERMIT)}


def test_a_no_asks_for_nothing_but_the_reason(editor, saved):
    form = editor("Samuel Roy")
    form.answer.choice.choose("refused")
    assert form.for_uses.isHidden() and form.period.isHidden() and form.naming.isHidden()
    form.answer.reason.setText("too soon after the loss")
    consent = saved()
    assert (consent.last_state, consent.provisions) == (ConsentState.REFUSED, ())
    assert consent.events[-1].reason == "too soon after the loss"


def test_being_recorded_is_a_question_of_its_own(editor, saved, an_app, stories):
    form = editor("Samuel Roy")
    form.stage.choice.choose("record")
    assert form.for_uses.isHidden()
    assert saved().stage is Stage.RECORD
    assert not an_app.consenting.permission(stories.panel.story_id, ["website"]).allowed


def test_it_can_be_about_this_story_only(editor, saved, stories):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    form.stories.choice.choose("one")
    assert saved().story_ids == {stories.panel.story_id}


def test_how_it_was_given_is_written_down(editor, saved, an_app):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    assert form.form.notice.itemText(1).endswith("(fr)")  # his language comes first
    form.form.notice.setCurrentIndex(1)
    form.form.method.choose("paper")
    form.there.witness.setText("Lena Roy")
    form.there.taker.setText("Tom Wells")
    form.form.copy.setText("on the same day")
    taken = saved().taken
    assert (taken.method, taken.witness, taken.captured_by, taken.copy_given) == (
        Method.PAPER, "Lena Roy", "Tom Wells", "on the same day")
    assert an_app.forms.notice(taken.notice_id).language == "fr"


def test_files_and_a_moment_on_camera_prove_it(editor, saved, tmp_path):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    for name in ("form.pdf", "answer.eml"):
        (tmp_path / name).write_text("I agree.")
        form.choose_evidence(tmp_path / name)
    form.proof.begins.setText("0:05")
    form.proof.ends.setText("0:02")
    form.proof.add_moment()
    assert len(form.proof.proofs) == 2  # it would end before it begins
    form.proof.ends.setText("0:09")
    form.proof.add_moment()
    kinds = [(proof.kind, proof.start_ms) for proof in saved().evidence]
    assert kinds == [(EvidenceKind.SIGNED_FORM, None), (EvidenceKind.EMAIL, None), (EvidenceKind.AUDIO, 5000)]


def test_a_guardian_answers_where_one_decides(stories, cards, an_app, saved):
    samuel = an_app.people.find("Samuel Roy")
    an_app.people.put_under(samuel, Guardian("Lise Roy", "mother"))
    stories.show_consent(cards()["Samuel Roy"].story.line.id)
    stories.panel.ask_consent()
    form = stories.panel.form
    assert not form.who.isHidden()
    form.uses["website"].click()
    event = saved().events[-1]
    assert (event.role, event.by) == (Role.GUARDIAN, "Lise Roy")


def test_a_community_answers_through_whoever_speaks_for_it(stories, cards, an_app, saved):
    council = an_app.people.add("Riverside council", kind=ContributorKind.COMMUNITY)
    story = cards()["Amina Diallo"].story.line.id
    an_app.people.share_with(story, [council.id])
    stories.show_consent(story)
    stories.panel.ask_consent(council)
    form = stories.panel.form
    form.who.by.setText("Chief Anna Beaver")
    form.uses["website"].click()
    event = saved().events[-1]
    assert (event.role, event.by) == (Role.COMMUNITY, "Chief Anna Beaver")


def test_changing_an_answer_begins_with_it_and_takes_its_place(editor, saved, an_app):
    form = editor("Amina Diallo")
    before = an_app.consenting.consents_of(an_app.people.find("Amina Diallo").id)[-1]
    assert form.uses["website"].isChecked() and not form.uses["research"].isChecked()
    form.uses["research"].click()
    form.stories.choice.choose("one")
    assert saved().supersedes_id == before.id
    assert an_app.consenting.consent(before.id).last_state is ConsentState.SUPERSEDED


def test_finer_decisions_that_the_editor_cannot_show_are_kept(stories, cards, an_app, saved):
    from storybank.domain.agreement import Agreement
    from tests.ui.story_library import Quiet

    samuel = an_app.people.find("Samuel Roy")
    finer = Provision(Decision.DENY, "website", territory="CA-QC")
    an_app.consenting.put_on_file(Agreement(samuel.id, (Provision(Decision.PERMIT, "website"), finer)), [], Quiet())
    stories.show_consent(cards()["Samuel Roy"].story.line.id)
    stories.panel.ask_consent()
    form = stories.panel.form
    assert any("1 finer decision is kept" in one.text() for one in form.for_uses.findChildren(QLabel))
    form.period.endless.setChecked(False)
    form.period.offer(2)
    assert finer in saved().provisions


def test_next_question_leads_through_with_the_keyboard_and_ctrl_enter_saves(editor, qtbot, stories):
    form = editor("Samuel Roy")
    form.uses["website"].click()
    asked = [form.answer]
    form.conversation.open(form.answer)
    while asked[-1] is not form.proof:
        asked[-1].done.emit()
        (opened,) = [turn for turn in form.turns if turn.is_open]
        asked.append(opened)
    assert form.who not in asked and form.period in asked
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Saved as C-" in said(stories.panel.toast), timeout=10_000)


def test_a_folded_answer_opens_with_a_press(editor, qtbot):
    form = editor("Samuel Roy")
    assert form.naming.folded.answer == "Full name"
    qtbot.mouseClick(form.naming.folded, Qt.MouseButton.LeftButton)
    assert form.naming.is_open
    assert not form.answer.is_open
