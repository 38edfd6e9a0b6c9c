"""A withdrawal as a guided sequence: one question after the other, from a person's “stop” to the closed case."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from storybank.domain.commission import Brief
from storybank.domain.consent import ConsentState
from storybank.domain.export import ExportStatus
from storybank.domain.withdrawal import Choice, TaskKind, TaskState
from tests.ui.conftest import said
from tests.ui.story_library import Quiet

LONG = 30_000


@pytest.fixture
def page(window):
    """The page of consent."""
    window.pages.show_page("consent")
    return window.pages.consent()


@pytest.fixture
def brief(an_app, tmp_path):
    """A brief with Amina's words that left the house for a ministry."""
    return an_app.exporting.make_brief(Brief("Fund link workers", "Ministry of Health", ("Fund them.",)), None,
                                       ["website"], tmp_path / "brief.docx", Quiet())


def press(qtbot, button):
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def lead_to(qtbot, page, key, name="Amina"):
    """Begin with the one button, and answer until this question."""
    press(qtbot, page.stop_button)
    form = page.form
    qtbot.keyClicks(form.step.name, name)
    while form.step.key != key:
        press(qtbot, form.next_button)
    return form


def withdrawn(qtbot, page, name="Amina"):
    form = lead_to(qtbot, page, "meaning", name)
    press(qtbot, form.withdraw_button)
    return form


def test_nothing_is_done_before_it_was_read_what_it_means(qtbot, page, an_app, brief):
    form = lead_to(qtbot, page, "meaning")
    told = texts(form)
    assert "Question 4 of 4. Nothing has been done yet." in told
    assert "nothing of 1 story may be used or exported" in told
    assert "2 quotes are blocked." in told
    assert f"Policy brief “Fund link workers” ({brief.code})" in told
    assert "brief.docx" in told
    assert "Given to Ministry of Health" in told
    assert an_app.withdrawing.cases()[-1].contributor_id != form.told.person.id
    press(qtbot, form.away)
    assert page.form is None
    assert len(an_app.exporting.select(None, ["website"]).cleared) == 2


def test_neither_enter_nor_space_withdraws_by_chance(qtbot, page, an_app):
    form = lead_to(qtbot, page, "meaning")
    before = len(an_app.withdrawing.cases())
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(form.window().focusWidget() or form, key)
        qtbot.keyClick(form.withdraw_button, key)
    assert len(an_app.withdrawing.cases()) == before
    qtbot.keyClick(form.window().focusWidget() or form, Qt.Key.Key_Space)
    assert len(an_app.withdrawing.cases()) == before


def test_the_button_blocks_at_once_and_opens_the_case(qtbot, page, an_app, brief):
    form = withdrawn(qtbot, page)
    assert not an_app.exporting.select(None, ["website"]).cleared
    case = an_app.withdrawing.cases()[-1]
    assert form.told.case.id == case.id
    assert case.via == "" and case.deadline is not None
    assert an_app.exporting.exports()[0].stored_status is ExportStatus.RECALL_OPEN
    assert form.step.key == "tasks"


def test_how_it_reached_us_is_kept_with_the_case(qtbot, page, an_app):
    form = lead_to(qtbot, page, "how")
    press(qtbot, form.step.via.buttons["By phone"])
    qtbot.keyClicks(form.step.verified, "We called the number on file")
    qtbot.keyClicks(form.step.reason, "moving abroad")
    press(qtbot, form.next_button)
    press(qtbot, form.withdraw_button)
    case = an_app.withdrawing.cases()[-1]
    assert (case.via, case.verified, case.reason) == ("By phone", "We called the number on file", "moving abroad")


def test_only_some_uses_can_be_taken_back_and_then_the_recordings_stay(qtbot, page, an_app):
    form = lead_to(qtbot, page, "what")
    press(qtbot, form.step.what.buttons["uses"])
    press(qtbot, form.next_button)
    assert "Tick the uses that should stop." in said(page.toast)
    form.step.uses["social_media"].click()
    press(qtbot, form.next_button)
    press(qtbot, form.next_button)
    assert "nothing of theirs may be used for: social media" in texts(form)
    press(qtbot, form.withdraw_button)
    assert len(an_app.exporting.select(None, ["website"]).cleared) == 2
    assert not an_app.exporting.select(None, ["social_media"]).cleared
    press(qtbot, form.parts["recordings"])
    assert "for the others the recordings are still needed" in texts(form.step)


def test_a_task_is_done_or_says_why_it_cannot_be(qtbot, page, an_app, brief):
    form = withdrawn(qtbot, page)
    remove = next(row for row in form.step.rows if row.task.kind is TaskKind.REMOVE)
    press(qtbot, remove.done)
    notify = next(row for row in form.step.rows if row.task.kind is TaskKind.NOTIFY)
    assert "Tell Ministry of Health to stop using it" in texts(notify)
    press(qtbot, notify.cannot)
    press(qtbot, notify.because)
    assert "Say why this cannot be done" in said(page.toast)
    qtbot.keyClicks(notify.reason, "The office was closed")
    press(qtbot, notify.because)
    tasks = {task.kind: task for task in an_app.withdrawing.cases()[-1].tasks}
    assert tasks[TaskKind.REMOVE].state is TaskState.DONE
    assert (tasks[TaskKind.NOTIFY].state, tasks[TaskKind.NOTIFY].note) == (TaskState.CANNOT, "The office was closed")
    again = next(row for row in form.step.rows if row.task.kind is TaskKind.REMOVE)
    press(qtbot, again.again)
    assert an_app.withdrawing.cases()[-1].tasks[0].state is TaskState.OPEN


def test_a_case_is_left_and_gone_on_with_later(qtbot, page, brief):
    form = withdrawn(qtbot, page)
    code = form.told.case.code
    press(qtbot, form.away)
    assert "Withdrawn: Amina Diallo." in said(page.toast)
    assert "Fund link workers" in said(page.toast)
    page.filters.choose("cases")
    assert "Amina Diallo" in texts(page.case_list)
    press(qtbot, page.case_list.buttons[code])
    assert page.form.step.key == "tasks"
    assert page.form.told.case.code == code


def test_erasing_is_asked_for_twice_and_leaves_nothing(qtbot, page, window, an_app):
    from tests.ui.test_window import turn_to

    turn_to(window, "story")
    story = window.pages.story()
    assert story.story.people[0].name == "Amina Diallo"
    story.give_title("Trust, before anything else")
    assert window.desk.history.canUndo()
    window.pages.show_page("consent")
    form = withdrawn(qtbot, page)
    press(qtbot, form.parts["recordings"])
    press(qtbot, form.step.what.buttons["erase"])
    assert not form.step.erase.isEnabled()
    form.step.sure.click()
    press(qtbot, form.step.erase)
    qtbot.waitUntil(lambda: form.told.case.choice is Choice.ERASE, timeout=LONG)
    assert "Nothing of what was said is left." in texts(form.step)
    qtbot.waitUntil(lambda: not window.desk.history.canUndo())
    assert window.pages._made.get("story") is not story
    assert "Amina Diallo" not in [name for card in an_app.browsing.cards() for name in card.line.people]


def test_an_open_page_of_an_erased_story_is_left(qtbot, window, an_app):
    from tests.ui.test_window import turn_to

    turn_to(window, "story")
    story = window.pages.story()
    story.consent.ask_withdrawal(story.story.people[0])
    form = story.consent.form
    while form.step.key != "meaning":
        press(qtbot, form.next_button)
    press(qtbot, form.withdraw_button)
    press(qtbot, form.parts["recordings"])
    press(qtbot, form.step.what.buttons["erase"])
    form.step.sure.click()
    press(qtbot, form.step.erase)
    qtbot.waitUntil(lambda: window.pages.shown == "stories", timeout=LONG)
    qtbot.waitUntil(lambda: "was erased" in said(window.toast), timeout=LONG)
    qtbot.waitUntil(lambda: an_app.withdrawing.cases()[-1].choice is Choice.ERASE, timeout=LONG)


def test_an_open_page_of_a_sealed_story_is_left_too(qtbot, window, an_app):
    from tests.ui.test_window import turn_to

    turn_to(window, "story")
    person = window.pages.story().story.people[0]
    from storybank.services.withdrawing import Stop

    case = an_app.withdrawing.withdraw(Stop(person.id)).case
    an_app.erasing.carry_out(case.id, Choice.SEAL, Quiet())
    qtbot.waitUntil(lambda: window.pages.shown == "stories", timeout=LONG)
    qtbot.waitUntil(lambda: "was sealed" in said(window.toast), timeout=LONG)


def test_the_letters_are_written_into_a_folder_that_opens(qtbot, page, tmp_path, monkeypatch, brief):
    from ui.withdrawal import letters

    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr(letters.QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "letters"))
    form = withdrawn(qtbot, page)
    press(qtbot, form.parts["letters"])
    press(qtbot, form.step.write)
    qtbot.waitUntil(lambda: bool(form.step.written), timeout=LONG)
    code = form.told.case.code
    assert {file.name for file in form.step.written} >= {
        f"{code}_letter-to-person.en.docx", f"{code}_letter-to-person.fr.docx", f"{code}_stop-use-notice.en.docx"}
    press(qtbot, form.step.open)
    assert opened[0].endswith(f"letters/{code}")
    press(qtbot, form.step.write)  # once more into the same folder: nothing is written over
    qtbot.waitUntil(lambda: "exists already" in said(page.toast), timeout=LONG)


def test_a_case_closes_when_everything_is_settled(qtbot, page, an_app):
    form = withdrawn(qtbot, page)
    press(qtbot, form.parts["close"])
    assert not form.step.close_button.isEnabled()
    press(qtbot, form.parts["recordings"])
    press(qtbot, form.step.what.buttons["seal"])
    press(qtbot, form.step.do)
    qtbot.waitUntil(lambda: form.told.case.choice is Choice.SEAL, timeout=LONG)
    press(qtbot, form.parts["close"])
    press(qtbot, form.step.told_them)
    qtbot.keyClicks(form.step.outcome, "Sealed, and she was told")
    press(qtbot, form.step.close_button)
    case = an_app.withdrawing.cases()[-1]
    assert (case.outcome, bool(case.closed_at)) == ("Sealed, and she was told", True)
    press(qtbot, form.away)
    assert f"Case {case.code} is closed." in said(page.toast)
    page.filters.choose("cases")
    assert "Closed" in texts(page.case_list)


def test_from_the_side_of_a_person_the_first_question_is_what_should_stop(qtbot, page):
    amina = next(one for one in page.all if one.person.name == "Amina Diallo")
    page.show_person(amina)
    press(qtbot, next(b for b in page.panel.findChildren(QPushButton) if b.text() == "Withdraw…"))
    assert page.form.step.key == "what"
    assert not page.panel.isVisible()


def test_who_has_nothing_on_file_can_say_stop_as_well(qtbot, page, an_app):
    withdrawn(qtbot, page, "Daniel")
    own = an_app.consenting.consents_of(an_app.people.find("Daniel Okafor").id)
    assert own[-1].last_state is ConsentState.WITHDRAWN


def test_every_question_can_be_answered_with_the_keyboard_alone(qtbot, page, an_app):
    page.stop_button.setFocus()
    qtbot.keyClick(page.stop_button, Qt.Key.Key_Space)
    form = page.form
    qtbot.keyClicks(form.step.name, "Amina")
    qtbot.keyClick(form.next_button, Qt.Key.Key_Space)
    qtbot.keyClick(form.next_button, Qt.Key.Key_Space)
    qtbot.keyClick(form.step.via.buttons["By phone"], Qt.Key.Key_Space)
    qtbot.keyClick(form.next_button, Qt.Key.Key_Space)
    qtbot.keyClick(form.withdraw_button, Qt.Key.Key_Space)  # on the button itself, and only there
    assert an_app.withdrawing.cases()[-1].via == "By phone"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_step_has_names_for_those_who_listen(qtbot, open_window, language, brief):
    from PySide6.QtWidgets import QWidget

    from tests.ui.test_window import named, reached

    window = open_window(language)
    window.pages.show_page("consent")
    page = window.pages.consent()
    form = lead_to(qtbot, page, "who")
    nameless = []
    keys = ["what", "how", "meaning", "tasks", "recordings", "letters", "close"]
    for key in keys:
        there = [w for w in form.findChildren(QWidget) if w.isVisible() and reached(w)]
        nameless += [(form.step.key, type(w).__name__) for w in there if not named(w)]
        press(qtbot, form.withdraw_button if form.step.key == "meaning" else form.next_button)
        assert form.step.key == key
    assert not nameless
