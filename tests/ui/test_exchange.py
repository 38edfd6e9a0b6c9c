"""Projects in the window: taken out and in from the Quotes page, looked at before they are kept."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtWidgets import QLabel

from storybank.words import Words
from tests.ui.story_library import NOW
from ui import theme
from ui.app import application
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.quotes.page import QuotesPage
from ui.wiring import open_app


@pytest.fixture
def page(sample_library, tmp_path, qtbot):
    theme.apply(application(), theme.LIGHT)
    app = open_app(shutil.copytree(sample_library, tmp_path / "library"), clock=lambda: NOW)
    made = _page(app, qtbot)
    qtbot.waitUntil(lambda: any("may be used" in one.text() for one in made.findChildren(QLabel)), timeout=30_000)
    yield made
    made.bridge.close()
    app.close()


def _page(app, qtbot, language="en"):
    made = QuotesPage(app, Words(language), theme.LIGHT, Bridge(app.hub), History())
    qtbot.addWidget(made)
    made.resize(1100, 860)
    made.show()
    return made


def test_the_words_for_it_stand_at_the_right_of_the_page(page):
    shown = [button.text() for button in (page.exchange.out, page.exchange.into)]
    assert shown == ["Export…", "Take in…"]
    assert all(button.isVisible() for button in (page.exchange.out, page.exchange.into))


def test_what_may_not_leave_is_told_in_a_line(page, qtbot, tmp_path):
    page.exchange.take_out(tmp_path / "p")
    qtbot.waitUntil(lambda: "Exporting" not in page.toast.text, timeout=30_000)
    assert "research" in page.toast.text or "E-0" in page.toast.text


def test_a_project_is_looked_at_before_it_is_taken_in(page, qtbot, tmp_path):
    from tests.exports.quirky import TEXT, package, plain, project, text_source

    file = package(tmp_path / "q.qdpx", project(text_source(plain(1, 0, 7, "Bonjour"))), files={"t.txt": TEXT})
    before = len(page.app.quoting.all())
    page.exchange.take_in(file)
    qtbot.waitUntil(lambda: "would bring in" in page.toast.text, timeout=30_000)
    assert "1 quote" in page.toast.text and len(page.app.quoting.all()) == before
    page.grab().save(str(tmp_path / "page.png"))
    page.exchange.take_in(file, for_good=True)
    qtbot.waitUntil(lambda: "brought in" in page.toast.text, timeout=30_000)
    assert len(page.app.quoting.all()) == before + 1
    page.exchange.take_in(file)
    qtbot.waitUntil(lambda: "here already" in page.toast.text, timeout=30_000)


def test_what_is_no_project_is_explained(page, qtbot, tmp_path):
    (tmp_path / "x.qdpx").write_text("no")
    page.exchange.take_in(tmp_path / "x.qdpx")
    qtbot.waitUntil(lambda: "not even a zip" in page.toast.text, timeout=30_000)
