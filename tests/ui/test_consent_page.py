"""The page of consent: where everybody stands, what runs out, and what one can do about it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from docx import Document
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from storybank.domain.attribution import Attribution
from storybank.domain.commission import Brief
from storybank.services.surveying import Place
from tests.ui.conftest import TODAY, said
from tests.ui.story_library import Quiet
from ui.board.row_paint import RowPaint

LONG = 20_000


@pytest.fixture
def ending(an_app):
    """Let a person's consent end so many days from today; return it."""

    def ends(name, days, evidence=None):
        return an_app.consenting.record(an_app.people.find(name).id, ["website", "government_brief"], Attribution.FULL,
                                        Quiet(), given_on=date(2025, 4, 5), until=TODAY + timedelta(days=days),
                                        evidence=evidence)

    return ends


@pytest.fixture
def page(open_window):
    """Open the page of consent, in a language."""

    def opened(language="en"):
        window = open_window(language)
        window.pages.show_page("consent")
        return window.pages.consent()

    return opened


def names(page):
    return [one.person.name for one in page.people.rows.people]


def row_of(page, name):
    return next(one for one in page.people.rows.people if one.person.name == name)


def click(qtbot, page, name, at_right=False):
    """Click on a person in the list, or on what stands at the right end of their row."""
    index = page.people.rows.place_of(row_of(page, name).person.id)
    page.people.scrollTo(index)
    rect = page.people.visualRect(index)
    where = page.people.paint_.action_place(rect).center() if at_right else rect.topLeft() + QPoint(40, 20)
    qtbot.mouseClick(page.people.viewport(), Qt.MouseButton.LeftButton, pos=where)


def texts(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def button(widget, text):
    return next(b for b in widget.findChildren(QPushButton) if b.text() == text)


def test_everybody_stands_in_one_place_and_the_pressing_ones_come_first(page, ending):
    ending("Amina Diallo", 5)
    ending("Daniel Okafor", -3)
    shown = page()
    assert names(shown) == ["Amina Diallo", "Daniel Okafor", "Samuel Roy", "Margaret"]
    tiles = shown.tiles.tiles
    assert [tiles[key].number for key in ("", "within_7", "lapsed", "asked", "withdrawn")] == [4, 1, 1, 1, 1]
    headings = [row[0] for row in shown.people.rows.rows if isinstance(row, tuple)]
    assert headings == [Place.WITHIN_7, Place.LAPSED, Place.ASKED, Place.WITHDRAWN]


def test_a_row_is_read_aloud_with_its_word_its_day_and_what_is_out_there(page, ending, an_app, tmp_path):
    ending("Amina Diallo", 12)
    brief = Brief("Fund them", "Ministry", ("Fund.",))
    an_app.exporting.make_brief(brief, None, ["website"], tmp_path / "b.docx", Quiet())
    shown = page()
    told = shown.people.rows.place_of(row_of(shown, "Amina Diallo").person.id).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Amina Diallo. Link worker · Ontario. Lapses in 12 days. until 14 March 2026.")
    assert "1 story · 2 quotes" in told
    assert "1 export out there" in told


def test_a_tile_keeps_those_who_stand_there_and_the_field_those_who_are_called_so(qtbot, page):
    shown = page()
    qtbot.mouseClick(shown.tiles.tiles["withdrawn"], Qt.MouseButton.LeftButton)
    assert names(shown) == ["Margaret"]
    qtbot.mouseClick(shown.tiles.tiles[""], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(shown.name, "roy")
    assert names(shown) == ["Samuel Roy"]
    qtbot.keyClicks(shown.name, "xx")
    assert names(shown) == []
    assert shown._list.currentWidget() is shown._none


def test_one_click_asks_for_the_renewal_and_the_row_says_so(qtbot, page, ending, an_app):
    old = ending("Amina Diallo", 5)
    shown = page()
    click(qtbot, shown, "Amina Diallo", at_right=True)
    qtbot.waitUntil(lambda: row_of(shown, "Amina Diallo").lapsing.renewal is not None, timeout=LONG)
    assert "is being asked to renew" in said(shown.toast)
    asked = an_app.consenting.consents_of(old.contributor_id)[-1]
    assert (asked.last_state, asked.supersedes_id) == ("requested", old.id)
    assert row_of(shown, "Amina Diallo").place is Place.WITHIN_7  # the earlier answer stands until then


def test_the_keyboard_opens_a_person_and_asks_for_the_renewal(qtbot, page, ending):
    ending("Amina Diallo", 5)
    shown = page()
    shown.people.setFocus()
    shown.people.choose(row_of(shown, "Amina Diallo").person.id)
    qtbot.keyClick(shown.people, Qt.Key.Key_Return)
    assert shown.panel.isVisible()
    assert "Amina Diallo" in texts(shown.panel)
    qtbot.keyClick(shown.people, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Renewal asked on 2 March 2026" in texts(shown.panel), timeout=LONG)
    qtbot.keyClick(shown.panel, Qt.Key.Key_Escape)
    assert not shown.panel.isVisible()


def test_typing_a_letter_in_the_list_asks_nobody_anything(qtbot, page, ending):
    ending("Amina Diallo", 5)
    shown = page()
    shown.people.setFocus()
    shown.people.choose(row_of(shown, "Amina Diallo").person.id)
    qtbot.keyClick(shown.people, Qt.Key.Key_R)
    assert shown.people.chosen.person.name == "Amina Diallo"
    assert row_of(shown, "Amina Diallo").lapsing.renewal is None


def test_the_side_shows_every_agreement_with_its_history(qtbot, page, ending):
    ending("Amina Diallo", 400)
    shown = page()
    click(qtbot, shown, "Amina Diallo")
    told = texts(shown.panel)
    assert list(shown.panel.agreements) == ["C-0005", "C-0001"]
    assert "Yes to website, government briefs" in told
    assert "2 March 2026 · Replaced, by us: C-0005" in told
    assert "Nothing on file proves it." in told


def test_showing_the_signed_form_is_written_down(qtbot, page, ending, an_app, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    form = tmp_path / "form.pdf"
    form.write_bytes(b"%PDF-1.4 signed")
    ending("Amina Diallo", 400, form)
    shown = page()
    click(qtbot, shown, "Amina Diallo")
    qtbot.mouseClick(button(shown.panel, "Show the signed form…"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened), timeout=LONG)
    assert opened[0].endswith(".pdf")
    with an_app._open_work() as work:
        assert "EvidenceViewed" in [line.event for line in work.history()]


def test_a_form_that_vanished_is_explained_and_nothing_is_lost(qtbot, page, ending, an_app, tmp_path):
    form = tmp_path / "form.pdf"
    form.write_bytes(b"%PDF-1.4 signed")
    consent = ending("Amina Diallo", 400, form)
    an_app.store.path(consent.evidence[0].place).unlink()
    shown = page()
    click(qtbot, shown, "Amina Diallo")
    button(shown.panel, "Show the signed form…").click()
    qtbot.waitUntil(lambda: "form.pdf is missing from the library." in said(shown.toast), timeout=LONG)
    assert "The consent itself is untouched." in shown.toast.text


def test_a_proof_that_is_no_picture_or_paper_is_not_opened_itself(qtbot, page, ending, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    odd = tmp_path / "signature.bat"
    odd.write_bytes(b"del *")
    ending("Amina Diallo", 400, odd)
    shown = page()
    click(qtbot, shown, "Amina Diallo")
    button(shown.panel, "Show the signed form…").click()
    qtbot.waitUntil(lambda: bool(opened), timeout=LONG)
    assert not opened[0].endswith(".bat")


def test_a_receipt_is_saved_as_word_and_json(qtbot, page, ending, tmp_path, monkeypatch):
    from ui.board import papers

    consent = ending("Amina Diallo", 400)
    to = tmp_path / "receipt.docx"
    monkeypatch.setattr(papers.QFileDialog, "getSaveFileName", lambda *_: (str(to), ""))
    shown = page()
    click(qtbot, shown, "Amina Diallo")
    save = next(b for b in shown.panel.agreements[consent.code].findChildren(QPushButton) if "receipt" in b.text())
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The receipt is saved: receipt.docx · receipt.json" in said(shown.toast), timeout=LONG)
    assert json.loads(to.with_suffix(".json").read_text("utf-8"))["consent_code"] == consent.code
    assert Document(str(to)).paragraphs


def test_a_story_of_the_person_opens_from_the_side(qtbot, page):
    shown = page()
    click(qtbot, shown, "Amina Diallo")
    with qtbot.waitSignal(shown.story_asked):
        button(shown.panel, "S-0001 · Trust before medicine").click()


def test_the_board_follows_what_happens_elsewhere(qtbot, page, an_app, ending):
    shown = page()
    click(qtbot, shown, "Amina Diallo")
    ending("Amina Diallo", 20)
    qtbot.waitUntil(lambda: row_of(shown, "Amina Diallo").place is Place.WITHIN_30)
    qtbot.waitUntil(lambda: "C-0005" in shown.panel.agreements)


def test_an_empty_library_says_what_to_do_next(qtbot, tmp_path):
    from storybank.words import Words
    from ui import theme
    from ui.board.page import ConsentPage
    from ui.parts.bridge import Bridge
    from ui.wiring import create_app

    app = create_app(tmp_path / "empty", "Voices")
    bridge = Bridge(app.hub)
    empty = ConsentPage(app, Words("en"), theme.LIGHT, bridge)
    qtbot.addWidget(empty)
    empty.refresh()
    empty.show()
    assert empty._list.currentWidget() is empty._nobody
    assert not empty.tiles.isVisible()
    bridge.close()
    app.close()


def test_three_hundred_people_are_shown_and_only_those_in_sight_are_painted(page, an_app, monkeypatch):
    for number in range(300):
        an_app.people.add(f"Person {number:03} of a rather long name that has no room anywhere")
    painted, paint = [], RowPaint.paint

    def counting(self, painter, option, index):
        painted.append(index.row())
        paint(self, painter, option, index)

    monkeypatch.setattr(RowPaint, "paint", counting)
    shown = page()
    assert len(names(shown)) == 304
    shown.people.viewport().grab()
    assert 0 < len(set(painted)) < 40


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_cut_off_in_the_smallest_window(qtbot, page, language):
    shown = page(language)
    window = shown.window()
    window.resize(1000, 640)
    click(qtbot, shown, "Amina Diallo")
    qtbot.waitUntil(lambda: window.width() == 1000)
    cut = [b.text() for b in shown.findChildren(QPushButton) if b.isVisible() and b.text()
           and b.width() < b.fontMetrics().horizontalAdvance(b.text())]
    assert not cut
    assert shown.people.height() > 150
