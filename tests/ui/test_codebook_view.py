"""The codebook in the window: what is chosen, changed, moved, merged and brought in, told in the page and undone."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from storybank.words import Words
from tests.ui.conftest import said
from tests.ui.story_library import NOW
from ui import theme
from ui.app import application
from ui.parts.bridge import Bridge
from ui.parts.colours import colour_of
from ui.parts.page import Page
from ui.parts.undo import History
from ui.quotes.codebook import CodebookView
from ui.wiring import open_app


class Stand(Page):
    """The page of quotes as far as the view needs it."""

    def __init__(self, app, language="en", tokens=theme.LIGHT):
        super().__init__(Words(language), "Quotes")
        self.app, self.tokens, self.bridge, self.history = app, tokens, Bridge(app.hub), History()
        self.view = CodebookView(self)
        stack = QStackedWidget()
        stack.addWidget(self.view)
        self.body.addWidget(stack)
        self.view.refresh()


@pytest.fixture(scope="module")
def one_app(sample_library, tmp_path_factory):
    theme.apply(application(), theme.LIGHT)
    app = open_app(shutil.copytree(sample_library, tmp_path_factory.mktemp("codebook") / "library"), clock=lambda: NOW)
    yield app
    app.close()


@pytest.fixture
def page(one_app, qtbot):
    """The page on one library for all tests: what each made is undone behind it, which must leave no trace."""
    before = one_app.codebooks.codes()
    made = Stand(one_app)
    qtbot.addWidget(made)
    made.resize(1240, 860)
    made.show()
    yield made
    made.bridge.close()
    made.hide()
    while made.history.canUndo():
        made.history.undo()
    assert one_app.codebooks.codes() == before


@pytest.fixture
def view(page):
    return page.view


def code(view, key):
    return view._books.find(key)


def add(view, label, parent=""):
    new = view._books.add(label, parent=parent)
    view.make(lambda: new.edit)
    return new.code.key


def test_the_tree_tells_the_quotes_of_each_code_and_the_editor_the_chosen_one(view):
    view.tree.choose("bridges")
    item = view.tree.currentItem()
    assert item.text(0) == "Build bridges between healthcare and community service"
    assert item.text(1).strip() == str(view._books.counts()["bridges"].own) != "0"
    assert view.editor._texts["short_fr"].text() == "Ponts"


def test_a_name_is_kept_when_one_leaves_its_field_and_ctrl_z_brings_the_old_one_back(view, page, qtbot):
    view.tree.choose("physician")
    field = view.editor._texts["label_en"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Doctor")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert code(view, "physician").label_en == "Doctor"
    assert view.tree.currentItem().text(0) == "Doctor"
    page.history.undo()
    qtbot.waitUntil(lambda: view.tree.currentItem().text(0) == "Physician")


def test_a_description_and_aliases_are_kept_when_one_goes_on(view):
    view.tree.choose("policy")
    view.editor._gists["gist_fr"].setPlainText("Un.\n\nDeux.")
    view.editor._gists["gist_fr"].left.emit()
    view.editor.aliases.setPlainText("loi; règlement")
    view.editor.aliases.left.emit()
    assert (code(view, "policy").gist_fr, code(view, "policy").aliases) == ("Un.\n\nDeux.", ("loi", "règlement"))


def test_a_colour_that_cannot_be_read_is_told_and_the_nearest_is_one_press_away(view):
    view.tree.choose("policy")
    view.editor.colour.setText("#ffcc00")
    view.editor.colour.editingFinished.emit()
    view.editor._tell_colour()
    assert "Too light" in view.editor.told.text()
    assert code(view, "policy").colour == ""
    view.editor.take.click()
    kept = code(view, "policy")
    assert kept.colour and "Contrast" in view.editor.told.text()
    assert colour_of(kept, theme.LIGHT).name() == kept.colour
    assert colour_of(kept, theme.DARK).lightness() > colour_of(kept, theme.LIGHT).lightness()
    assert colour_of(code(view, "measure"), theme.DARK) == theme.DARK.color("measure")


def test_the_filter_ignores_accents_and_looks_at_names_in_both_languages_aliases_and_descriptions(view):
    view.filter.setText("medecin")
    shown = {key for key, item in view.tree._items.items() if not item.isHidden()}
    assert "physician" in shown and "funder" not in shown
    view.filter.setText("qzqz")
    assert "No code says this" in view.found.text()
    view.filter.clear()
    assert not any(item.isHidden() for item in view.tree._items.values())


def test_what_fits_is_shown_with_what_stands_above_it(view):
    one = add(view, "Above")
    two = add(view, "Beneath", one)
    view.filter.setText("beneath")
    assert {key for key, item in view.tree._items.items() if not item.isHidden()} == {one, two}


def test_alt_and_the_arrows_move_and_indent(view, page, qtbot):
    keys = [add(view, label) for label in ("One", "Two", "Three")]
    view.tree.choose(keys[2])
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(view.tree, Qt.Key.Key_Up, alt)
    assert code(view, keys[2]).position == 2
    qtbot.keyClick(view.tree, Qt.Key.Key_Right, alt)
    assert code(view, keys[2]).parent == keys[0]
    assert view.tree.current == keys[2]
    qtbot.keyClick(view.tree, Qt.Key.Key_Left, alt)
    assert (code(view, keys[2]).parent, code(view, keys[2]).position) == ("", 2)
    for _ in range(3):
        page.history.undo()
    assert (code(view, keys[2]).parent, code(view, keys[2]).position) == ("", 3)


def test_a_code_is_dropped_on_another_and_stands_under_it(view):
    one, two = add(view, "One"), add(view, "Two")
    view.tree.scrollToItem(view.tree._items[two])
    view.tree.drop_at(two, view.tree.visualItemRect(view.tree._items[one]).center())
    assert code(view, two).parent == one
    top = view.tree.visualItemRect(view.tree._items[one]).topLeft()
    view.tree.drop_at(two, top)
    assert (code(view, two).parent, code(view, two).position) == ("", 1)


def test_a_move_that_is_not_allowed_is_explained_in_the_page(view, page):
    view.tree.move_asked.emit("physician", "policy", 0)
    assert "different lists" in said(page.toast)


def test_merging_tells_what_it_reaches_then_does_it_and_is_undone(view, page):
    own = view._books.counts()
    view.tree.choose("bridges")
    view.join("merge", "bridges")
    form = view.over.form
    assert not form.do.isEnabled()
    form.choose("measure")
    assert f"Quotes: {own['bridges'].own} " in form.told and "five building blocks" in form.told
    assert form.do.text() == "Merge all the same"
    form.do.click()
    assert view.over.form is None
    assert view._books.counts()["measure"].own == own["bridges"].own + own["measure"].own
    page.history.undo()
    assert view._books.counts() == own


def test_removing_a_used_code_waits_until_it_is_said_where_its_quotes_go(view):
    view.tree.choose("measure")
    view.join("remove", "measure")
    form = view.over.form
    assert not form.do.isEnabled() and "in use" in form.told
    form.uncoded.setChecked(True)
    assert form.do.isEnabled()
    form.do.click()
    assert "measure" not in view._codes


def test_quotes_are_split_off_to_a_new_code(view):
    view.tree.choose("bridges")
    view.join("split", "bridges")
    form = view.over.form
    form.new_label.setText("Referrals")
    assert not form.do.isEnabled()
    form.quotes.item(0).setCheckState(Qt.CheckState.Checked)
    form.do.click()
    new = code(view, "Referrals")
    assert view._books.counts()[new.key].own == 1
    assert view.tree.current == new.key


def test_a_code_is_added_where_one_stands(view):
    view.tree.choose("policy")
    view.add_code()
    form = view.over.form
    assert form.place.key == "list:block"
    form.place.choose("policy")
    form.label_fr.setText("Logement")
    form.label_fr.returnPressed.emit()
    assert code(view, "logement").parent == "policy"
    assert view.tree.current == "logement"


def test_choosing_another_code_puts_a_form_away(view):
    view.join("merge", "bridges")
    view.tree.choose("policy")
    assert view.over.form is None


def test_a_file_is_told_in_the_page_before_it_is_taken_in(view, page, tmp_path):
    file = tmp_path / "codes.csv"
    file.write_text("name,description\nTrust,Relying on each other\nPhysician,They care\n,x\n", "utf-8")
    view.bring_in(file)
    report = view.over.form
    assert report.told.splitlines()[:2] == ["New: 1.", "Trust"]
    assert "Physician: description in English" in report.told and "It has no name" in report.told
    assert "trust" not in view._codes
    report.do.click()
    assert "trust" in view._codes
    page.history.undo()
    view.export(tmp_path / "book.qdc")
    assert "Codes: 23" in said(page.toast)
    view.bring_in(tmp_path / "book.qdc")
    assert not view.over.form.do.isEnabled()
    file.write_bytes(b"\x00\x01")
    view.bring_in(file)
    assert "no text" in said(page.toast)


def test_what_another_window_changes_is_shown(view, qtbot):
    edit = view._books.rename("policy", label_en="Laws").edit
    edit.do()
    qtbot.waitUntil(lambda: view.tree._items["policy"].text(0) == "Laws")
    edit.undo()


def test_three_hundred_codes_are_shown_in_french_in_the_dark(an_app, qtbot):
    an_app.codebooks.add("Code 0").edit.do()
    with an_app._open_work() as work:
        first = work.codebook.code("code-0")
        work.codebook.save_all([replace(first, key=f"more-{n}", guid="", label_fr=f"Thème {n}", position=n + 2)
                                for n in range(280)])
        work.commit()
    made = Stand(an_app, "fr", theme.DARK)
    qtbot.addWidget(made)
    made.show()
    assert len(made.view.tree._items) == 23 + 281
    made.view.filter.setText("theme 27")
    assert made.view.found.text()
    made.bridge.close()
    made.hide()
