"""Old documents dropped on the window: what in them is ours, and whether it may stay."""

from __future__ import annotations

import zipfile

import pytest
from docx import Document
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from storybank import places
from storybank.domain.commission import Brief
from storybank.domain.document import Finding, Standing
from storybank.services.checking import Report
from storybank.services.withdrawing import Stop
from storybank.words import Words
from tests.ui.conftest import TODAY, said
from tests.ui.story_library import Quiet
from ui.checking.dropped import sort_out
from ui.checking.said import summary

LONG = 60_000


@pytest.fixture
def brief(an_app, tmp_path):
    """A brief that left the house with two quotes of Amina's."""
    to = tmp_path / "brief.docx"
    an_app.exporting.make_brief(Brief("Fund link workers", "Ministry", ("Fund them.",)), None, ["website"], to, Quiet())
    return to


def drop(window, files):
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, told, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))


def texts(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_dropped_brief_is_checked_and_all_of_it_may_stay(qtbot, window, brief):
    drop(window, [brief])
    assert window.pages.shown == "check"
    page = window.pages.check()
    qtbot.waitUntil(lambda: len(page.reports) == 1, timeout=LONG)
    assert page.reports[0].summary.text() == "✓ 2 quotes were found, and all may stay."
    assert {card.badge.word for card in page.reports[0].findings} == {"Fine"}


def test_after_a_withdrawal_the_same_brief_may_not_be_used_any_more(qtbot, window, brief, an_app):
    an_app.withdrawing.withdraw(Stop(an_app.people.find("Amina Diallo").id))
    drop(window, [brief])
    page = window.pages.check()
    qtbot.waitUntil(lambda: len(page.reports) == 1, timeout=LONG)
    report = page.reports[0]
    assert report.summary.text() == "✕ 2 of 2 quotes may not be used any more."
    assert {card.badge.word for card in report.findings} == {"Withdrawn"}
    assert "Amina Diallo withdrew their consent on" in texts(report)
    assert "paragraph" in texts(report)


def test_changed_words_stand_beside_those_that_were_said(qtbot, window, brief, an_app, tmp_path):
    with an_app._open_work() as work:
        quote = next(quote for quote in work.quotes.all() if len(quote.text.split()) > 8)
    changed = Document()
    words = quote.text.split()
    changed.add_paragraph(" ".join([*words[:4], "never", *words[4:]]))
    changed.save(str(tmp_path / "report.docx"))
    drop(window, [tmp_path / "report.docx"])
    page = window.pages.check()
    qtbot.waitUntil(lambda: len(page.reports) == 1, timeout=LONG)
    card = page.reports[0].findings[0]
    assert card.finding.quote_code == quote.code
    assert "never" in texts(card)
    assert quote.text in texts(card)


def test_a_mixed_drop_imports_the_recording_and_checks_the_document(qtbot, window, brief):
    window.pages.stories()
    drop(window, [places.demo() / "media" / "marie-intervenante.mp4", brief])
    page, stories = window.pages.check(), window.pages.stories()
    assert window.pages.shown == "check"
    qtbot.waitUntil(lambda: len(page.reports) == 1, timeout=LONG)
    qtbot.waitUntil(lambda: "1 added" in said(stories.toast), timeout=LONG)


def test_a_document_without_our_words_says_so(qtbot, window, tmp_path):
    plain = Document()
    plain.add_paragraph("Minutes of the meeting of the garden committee.")
    plain.save(str(tmp_path / "minutes.docx"))
    drop(window, [tmp_path / "minutes.docx"])
    page = window.pages.check()
    qtbot.waitUntil(lambda: len(page.reports) == 1, timeout=LONG)
    assert page.reports[0].summary.text() == "None of our quotes was found in it."


def test_a_document_that_cannot_be_read_is_explained(qtbot, window, tmp_path):
    (tmp_path / "broken.docx").write_bytes(b"not a Word file at all")
    drop(window, [tmp_path / "broken.docx"])
    page = window.pages.check()
    qtbot.waitUntil(lambda: "broken.docx" in said(page.toast), timeout=LONG)
    assert not page.reports


@pytest.mark.parametrize("came_from", ["consent", "exports"])
def test_the_button_leads_to_the_page_and_back(qtbot, window, came_from):
    window.pages.show_page(came_from)
    page = window.pages.consent() if came_from == "consent" else window.pages.exports()
    qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    assert window.pages.shown == "check"
    window.pages.check().back.emit()
    assert window.pages.shown == came_from


def test_a_drop_is_told_apart_by_endings_and_by_what_lies_inside(tmp_path):
    kit = tmp_path / "kit"
    (kit / "_manifest").mkdir(parents=True)
    (kit / "_manifest" / "manifest-sha256.txt").write_text("ab  clip.mp4")
    (kit / "clip.mp4").write_bytes(b"x")
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    (recordings / "amina.mp4").write_bytes(b"x")
    (recordings / "notes.docx").write_bytes(b"x")
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "brief.pdf").write_bytes(b"x")
    packed_kit, packed_films = tmp_path / "kit.zip", tmp_path / "films.zip"
    with zipfile.ZipFile(packed_kit, "w") as made:
        made.writestr("kit/_rights/consent-manifest.json", "{}")
        made.writestr("kit/clip.mp4", "x")
    with zipfile.ZipFile(packed_films, "w") as made:
        made.writestr("amina.mp4", "x")
    table, pdf = tmp_path / "details.csv", tmp_path / "Brief.PDF"
    dropped = sort_out([kit, recordings, papers, packed_kit, packed_films, table, pdf])
    assert dropped.documents == [kit, papers, packed_kit, pdf]
    assert dropped.others == [recordings, packed_films, table]


@pytest.mark.parametrize(("standings", "said_"), [
    ([Standing.WITHDRAWN, Standing.LAPSED, *[Standing.FINE] * 7], "2 of 9 quotes may not be used any more."),
    ([Standing.BEYOND_SCOPE, Standing.FINE], "1 of 2 quotes may not be used any more."),
    ([Standing.LAPSED], "Its one quote may not be used any more."),
    ([Standing.ALTERED, Standing.FINE], "1 of 2 quotes do not say what was said."),
    ([Standing.FINE], "1 quote was found, and it may stay."),
    ([], "None of our quotes was found in it."),
])
def test_one_sentence_says_how_it_stands(standings, said_):
    findings = tuple(Finding(standing, f"Q-{number:04}", (), ()) for number, standing in enumerate(standings))
    assert summary(Report("old.docx", TODAY, (), findings), Words("en"))[0] == said_
