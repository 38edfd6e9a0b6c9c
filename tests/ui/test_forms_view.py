"""The forms on the page of consent: read as people read them, written as a new version, and never changed."""

from __future__ import annotations

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from storybank.domain.agreement import Agreement
from storybank.domain.consent import Decision, Provision, Taken
from storybank.domain.use import TermKind
from tests.ui.conftest import TODAY, said
from tests.ui.story_library import Quiet
from ui.board.form_reading import FormReading

LONG = 20_000
STARTER = "voices 2026-11 (en)"


@pytest.fixture
def page(open_window):
    """The page of consent, with its forms shown."""

    def opened(language="en", name="light"):
        window = open_window(language, name)
        window.pages.show_page("consent")
        made = window.pages.consent()
        made.filters.choose("forms")
        return made

    return opened


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def read(page):
    assert isinstance(page.forms.shown, FormReading)
    return page.forms.shown


def writing(page):
    """Begin a new version of the English form."""
    page.forms.open(next(one.id for one in page.forms.notices if one.name == STARTER))
    read(page).version_button.click()
    return page.forms.shown


def test_a_form_tells_its_name_its_day_who_agreed_and_that_it_needs_a_review(page, an_app):
    starter = an_app.forms.notice(STARTER)
    amina = an_app.people.find("Amina Diallo")
    for _ in range(2):
        an_app.consenting.put_on_file(Agreement(amina.id, (Provision(Decision.PERMIT, "website"),), given_on=TODAY,
                                                taken=Taken(starter.id)), [], Quiet())
    card = page().forms.index.cards[starter.id]
    told = "Your story, your choice. voices 2026-11 (en) · from 1 November 2026. 1 person agreed on it."
    assert card.accessibleName() == f"{told} Needs your review"


def test_a_form_is_read_as_it_is_laid_out_and_shows_plain_text_only(page, an_app):
    body = "# Who <b>we</b> are\n\nWe are\nhere.\n\n- first\n- second"
    notice = an_app.forms.add("choir", "1", "en", "Choir", body, uses=["print"], contacts=["Paula, 555-0100"])
    shown = page()
    shown.forms.open(notice.id)
    told = texts(read(shown))
    assert told[-12:] == ["Who <b>we</b> are", "We are here.", "•", "first", "•", "second",
                          "Whom to tell when one changes one's mind", "•", "Paula, 555-0100",
                          "It asks about these uses, one by one", "•", "Print"]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in read(shown).findChildren(QLabel))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_text_never_runs_out_of_a_small_window(qtbot, page, language):
    shown = page(language)
    shown.window().resize(1000, 640)
    for key in [*(one.id for one in shown.forms.notices), "uses", "owner"]:
        shown.forms.open(key)
        card = shown.forms.shown
        qtbot.waitUntil(lambda card=card: card.mapTo(shown, card.rect().topRight()).x() < shown.width(), timeout=LONG)
        assert card.width() >= card.minimumSizeHint().width()


def test_a_reader_keeps_the_place_when_something_happens_elsewhere(page, an_app):
    shown = page()
    before = read(shown)
    an_app.people.add("Paula Privacy")
    shown.refresh()
    assert read(shown) is before


def test_the_keyboard_opens_a_form(qtbot, page):
    shown = page()
    french = next(one for one in shown.forms.notices if one.language == "fr")
    shown.forms.index.cards[french.id].setFocus()
    qtbot.keyClick(shown.forms.index.cards[french.id], Qt.Key.Key_Return)
    assert read(shown).notice == french
    assert shown.forms.index.cards[french.id].property("chosen")


def test_a_form_is_saved_for_signing_as_word(qtbot, page, an_app, tmp_path):
    shown = page()
    shown.forms.save_word(an_app.forms.notice(STARTER), tmp_path / "form.docx")
    qtbot.waitUntil(lambda: "The form is saved: form.docx" in said(shown.toast), timeout=LONG)
    told = " ".join(p.text for p in Document(tmp_path / "form.docx").paragraphs).replace("\N{NO-BREAK SPACE}", " ")
    assert "It is your choice" in told
    shown.forms.save_word(an_app.forms.notice(STARTER), tmp_path / "form.docx")
    qtbot.waitUntil(lambda: "exists already" in said(shown.toast), timeout=LONG)


def test_a_new_version_is_put_on_file_and_the_old_one_stays(page, an_app):
    shown, before = page(), an_app.forms.notice(STARTER)
    editor = writing(shown)
    assert (editor.version.text(), editor.since.text()) == ("2026-03", "2026-03-02")
    editor.text.setPlainText("# Who we are\n\nWe are Open Door.")
    editor.contacts.setPlainText("Paula, 555-0100\n\n Omar, 555-0101 ")
    editor.uses["fundraising"].setChecked(False)
    editor.save_button.click()
    added = read(shown).notice
    assert (added.name, added.effective_from) == ("voices 2026-03 (en)", TODAY)
    assert added.contacts == ("Paula, 555-0100", "Omar, 555-0101")
    assert set(before.uses) - set(added.uses) == {"fundraising"}
    assert an_app.forms.notice(STARTER) == before
    shown.refresh()
    assert said(shown.toast) == "The form voices 2026-03 (en) is on file."


def test_what_is_still_in_brackets_is_named_when_it_is_saved(page):
    shown = page()
    editor = writing(shown)
    editor.text.setPlainText("We are [name of organization].")
    editor.contacts.setPlainText("Paula")
    editor.save()
    assert "Still to be filled in: [name of organization]." in said(shown.toast)


@pytest.mark.parametrize(("spoil", "message"), [
    (lambda e: e.version.setText("2026-11"), "never changes"),
    (lambda e: e.title.setText(" "), "needs a name, a version, a title and a text"),
    (lambda e: e.since.setText("soon"), "is not a day"),
    (lambda e: [box.setChecked(False) for box in e.uses.values()], "one use at least"),
])
def test_what_cannot_be_saved_is_explained_in_the_page_and_nothing_is_lost(page, an_app, spoil, message):
    shown, before = page(), an_app.forms.notices()
    editor = writing(shown)
    editor.text.setPlainText("Ours.")
    spoil(editor)
    editor.save()
    assert message in said(shown.toast)
    assert shown.forms.shown is editor
    assert editor.text.toPlainText() == "Ours."
    assert an_app.forms.notices() == before


def test_what_is_being_written_waits_while_one_looks_elsewhere_and_offers_a_use_added_meanwhile(page):
    shown = page()
    editor = writing(shown)
    editor.text.setPlainText("Half a text")
    shown.forms.open("uses")
    shown.forms.shown.add_button.click()
    form = shown.forms.shown.form
    form.english.setText("podcast")
    form.french.setText("balado")
    form.save_button.click()
    shown.refresh()
    assert writing(shown) is editor
    assert editor.text.toPlainText() == "Half a text"
    assert not editor.uses["podcast"].isChecked()
    editor.again_button.click()
    assert not editor.changed
    editor.away_button.click()
    assert shown.forms.drafts == {}


def test_a_form_is_written_in_the_other_language_from_the_text_there_was(page, an_app):
    french = next(one for one in an_app.forms.notices() if one.language == "fr")
    added = an_app.forms.add("voices", "2027", "en", "Your voice", "We are Open Door.", uses=["print"])
    shown = page()
    shown.forms.open(added.id)
    assert read(shown).other_button.text() == "Write it in French…"
    read(shown).other_button.click()
    editor = shown.forms.shown
    assert (editor.version.text(), editor.text.toPlainText()) == ("2027", french.body)
    editor.title.setText("Votre voix")
    editor.save()
    assert (read(shown).notice.name, read(shown).notice.uses) == ("voices 2027 (fr)", ("print",))
    read(shown).other_button.click()
    assert read(shown).notice == added


def test_another_form_gets_a_key_from_its_title(page):
    shown = page()
    shown.forms.index.another_button.click()
    editor = shown.forms.shown
    editor.title.setText("For children")
    editor.text.setPlainText("We ask you too.")
    editor.save()
    assert read(shown).notice.name == "for-children 2026-03 (en)"


def test_a_use_is_renamed_and_means_what_it_meant(page, an_app):
    shown, before = page(), an_app.consenting.use("print")
    shown.forms.open("uses")
    shown.forms.shown.buttons["print"].click()
    form = shown.forms.shown.form
    assert form.made_of == {}
    form.english.setText("leaflets")
    form.french.setText("dépliants")
    form.save_button.click()
    after = an_app.consenting.use("print")
    assert (after.label_en, after.label_fr) == ("leaflets", "dépliants")
    assert all(getattr(after, kind.value) == getattr(before, kind.value) for kind in TermKind)
    assert "Leaflets · Dépliants" in texts(shown.forms.shown)


def test_a_use_without_a_french_name_is_refused_and_stays_written(page, an_app):
    shown = page()
    shown.forms.open("uses")
    shown.forms.shown.add_button.click()
    form = shown.forms.shown.form
    form.english.setText("podcast")
    form.save()
    assert "in English and in French" in said(shown.toast)
    assert shown.forms.shown.form.english.text() == "podcast"
    assert "podcast" not in [use.key for use in an_app.consenting.uses()]


def test_who_answers_for_the_library_is_written_once(page, an_app):
    shown = page()
    shown.forms.open("owner")
    card = shown.forms.shown
    card.fields["name"].setText(" ")
    card.fields["phone"].setText("555-0100")
    card.save()
    assert "needs a name" in said(shown.toast)
    shown.forms.refresh()
    assert card.fields["phone"].text() == "555-0100"
    card.fields["name"].setText("Open Door")
    card.save()
    kept = an_app.forms.organization()
    assert (kept.name, kept.phone, kept.jurisdiction) == ("Open Door", "555-0100", "CA")
    assert said(shown.toast) == "Saved: Open Door answers for this library."
