"""Files out of the Quotes page and into it: asked in the page, written as jobs, told, looked at before they change."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from storybank.words import Words
from tests.ui.story_library import NOW
from ui import theme
from ui.app import application
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.quotes.page import QuotesPage
from ui.quotes.ways_out import WAYS, Wish
from ui.wiring import open_app

WAY = {way.key: way for way in WAYS}


@pytest.fixture
def page(sample_library, tmp_path, qtbot):
    """The page of quotes on a copy of the library: Amina agreed, Margaret withdrew."""
    theme.apply(application(), theme.LIGHT)
    app = open_app(shutil.copytree(sample_library, tmp_path / "library"), clock=lambda: NOW)
    made = QuotesPage(app, Words("en"), theme.LIGHT, Bridge(app.hub), History())
    qtbot.addWidget(made)
    made.resize(1100, 860)
    made.show()
    qtbot.waitUntil(lambda: any("may be used" in one.text() for one in made.findChildren(QLabel)), timeout=30_000)
    yield made
    made.bridge.close()
    app.close()


@pytest.fixture
def website(page):
    """A use that Amina said yes to."""
    return next(use.key for use in page.app.browsing.uses()
                if page.app.exporting.select(None, [use.key], None).cleared)


def chosen(monkeypatch, file: Path, kind: str = ""):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all, **_named: (str(file), kind))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_all, **_named: (str(file), kind))


def told(page, qtbot):
    qtbot.waitUntil(lambda: not page.toast.isHidden() and "You can go on" not in page.toast.text, timeout=30_000)
    return page.toast.text


def act(page, *names):
    return [button for button in page.toast._actions if button.text() in names]


def wrote(page, qtbot, key, wish, to):
    page.exchange.write(WAY[key], wish, to)
    return told(page, qtbot)


def test_every_way_out_and_in_stands_in_a_menu(page):
    offered = [act.text() for act in page.exchange.out.menu().actions()]
    assert offered == [way.says for way in WAYS] and len(offered) == 6
    assert len(page.exchange.into.menu().actions()) == 3


def test_the_strip_asks_with_the_usual_use_and_what_is_said_there_counts(page, qtbot, monkeypatch, tmp_path, website):
    page.exchange.ask(WAY["dossier"])
    strip = page.exchange.strip
    assert strip.use.key == "government_brief"
    strip.use.choose(website)
    strip.recipient.setText("Ministry of Health")
    strip.language.choose("fr")
    strip.ticks["notes"].setChecked(True)
    assert strip.wish == Wish(website, "Ministry of Health", "fr", notes=True)
    chosen(monkeypatch, tmp_path / "dossier")
    strip.go_on.click()
    assert "is ready: dossier.docx" in told(page, qtbot) and page.exchange.strip is None
    assert Document(str(tmp_path / "dossier.docx")).paragraphs
    assert page.app.exporting.exports()[0].recipient == "Ministry of Health"


def test_escape_puts_the_strip_away(page, qtbot):
    page.exchange.ask(WAY["table"])
    qtbot.keyClick(page.exchange.strip.recipient, Qt.Key.Key_Escape)
    assert page.exchange.strip is None


def test_a_table_tells_how_many_quotes_it_holds_and_unfolds_who_was_left_out(page, qtbot, tmp_path, website):
    text = wrote(page, qtbot, "table", Wish(website), tmp_path / "q.csv")
    rows = list(csv.DictReader((tmp_path / "q.csv").read_text("utf-8-sig").splitlines()))
    assert f"{len(rows)} quotes" in text and "1 left out" in text and "\n" not in text
    (why,) = act(page, "What was left out, and why")
    why.click()
    assert "\n" in page.toast.text and "Q-0003" in page.toast.text


def test_a_spreadsheet_data_a_catalogue_a_codebook_and_a_project_are_written(page, qtbot, tmp_path, website):
    wrote(page, qtbot, "table", Wish(website), tmp_path / "q.xlsx")
    assert load_workbook(tmp_path / "q.xlsx").active.max_row > 2
    wrote(page, qtbot, "data", Wish(website), tmp_path / "q.json")
    assert json.loads((tmp_path / "q.json").read_text("utf-8"))
    assert "1 story" in wrote(page, qtbot, "catalogue", Wish(website), tmp_path / "s.jsonld")
    assert json.loads((tmp_path / "s.jsonld").read_text("utf-8"))
    assert "Codes:" in wrote(page, qtbot, "codebook", Wish(""), tmp_path / "c.qdc")
    assert "<CodeBook" in (tmp_path / "c.qdc").read_text("utf-8")
    text = wrote(page, qtbot, "project", Wish(website), tmp_path / "p.qdpx")
    assert "1 story, 2 quotes" in text and (tmp_path / "p.qdpx").stat().st_size


@pytest.mark.parametrize("key", [way.key for way in WAYS])
def test_a_file_that_is_there_is_never_written_over(page, qtbot, tmp_path, website, key):
    there = WAY[key].placed(str(tmp_path / "there"))
    there.write_text("ours")
    assert "exists" in wrote(page, qtbot, key, Wish(website), there)
    assert there.read_text() == "ours"


def test_a_use_that_nobody_agreed_to_writes_nothing_and_says_so(page, qtbot, tmp_path):
    nobody = next(use.key for use in page.app.browsing.uses()
                  if not page.app.exporting.select(None, [use.key], None).cleared)
    assert "is ready" not in wrote(page, qtbot, "table", Wish(nobody), tmp_path / "q.csv")
    assert not (tmp_path / "q.csv").exists()


def test_a_name_without_an_ending_gets_that_of_the_kind_that_was_chosen():
    table = WAY["table"]
    assert table.placed("/tmp/mine", "Excel (*.xlsx)").name == "mine.xlsx"
    assert table.placed("/tmp/mine.v2", "").name == "mine.v2.csv"
    assert table.placed("/tmp/mine.XLSX", "CSV (*.csv)").name == "mine.XLSX"


def test_a_table_that_came_back_is_looked_at_first_then_done_and_undone(page, qtbot, monkeypatch, tmp_path):
    quote = page.app.quoting.all()[0]
    other = next(code.key for code in page.app.codebooks.codes() if code.codable and code.key not in quote.codes)
    file = tmp_path / "back.csv"
    file.write_text(f"quote,codes\n{quote.code},{other}\nQ-9999,{other}\n", "utf-8")
    chosen(monkeypatch, file)
    page.exchange.into.menu().actions()[0].trigger()
    text = told(page, qtbot)
    assert "1 quote would change" in text and "Row 3" in text
    assert page.app.quoting.get(quote.id).codes == quote.codes
    act(page, "Take it in")[0].click()
    assert page.app.quoting.get(quote.id).codes == {other} and "1 quote was changed" in page.toast.text
    act(page, "Undo")[0].click()
    assert page.app.quoting.get(quote.id).codes == quote.codes


def test_a_catalogue_that_came_back_is_looked_at_first_then_done_and_undone(page, qtbot, tmp_path):
    story = page.app.browsing.cards()[0].line
    before = page.app.browsing.story(story.code).story.recorded_on
    file = tmp_path / "back.csv"
    file.write_text(f"identifier,date\n{story.code},2024-02-29\n", "utf-8")
    page.exchange.read_back("catalogue", file)
    text = told(page, qtbot)
    assert "1 story would change" in text, text
    act(page, "Take it in")[0].click()
    assert page.app.browsing.story(story.code).story.recorded_on == "2024-02-29"
    page.history.undo()
    assert page.app.browsing.story(story.code).story.recorded_on == before


def test_a_file_that_changes_nothing_says_so_and_offers_nothing(page, qtbot, tmp_path):
    quote = page.app.quoting.all()[0]
    file = tmp_path / "same.csv"
    file.write_text(f"quote,codes\n{quote.code},{'; '.join(quote.codes)}\n", "utf-8")
    page.exchange.read_back("table", file)
    assert "Nothing would change" in told(page, qtbot) and not act(page, "Take it in")


def test_what_is_no_table_is_explained_and_changes_nothing(page, qtbot, tmp_path):
    (tmp_path / "x.xlsx").write_text("no")
    page.exchange.read_back("table", tmp_path / "x.xlsx")
    assert told(page, qtbot) and not act(page, "Take it in")
