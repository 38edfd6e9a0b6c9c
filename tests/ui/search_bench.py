"""A bench for the Search page: it stands open on a small library, and can be asked."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtWidgets import QListView

from storybank.words import Words
from tests.ui.story_library import add_quotes, build_library
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.search.page import SearchPage

SLUGS = ("amina-link-worker", "margaret-participant", "marie-intervenante", "samuel-conseiller", "george-physician")


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A library of its own for each test: hits are tagged in it."""
    monkeypatch.setenv("STORYBANK_HOME", str(tmp_path / "home"))
    app = build_library(tmp_path / "library", SLUGS)
    add_quotes(app, app.browsing.story("amina-link-worker").story, {1: ("bridges",)})
    yield app
    app.close()


@pytest.fixture(scope="module")
def shared_library(tmp_path_factory):
    """One library for tests that only look."""
    app = build_library(tmp_path_factory.mktemp("search") / "library", SLUGS)
    add_quotes(app, app.browsing.story("amina-link-worker").story, {1: ("bridges",)})
    yield app
    app.close()


def opened(app, qtbot, language="en"):
    """Return the page, shown on a library, with the keyboard on it."""
    bridge = Bridge(app.hub)
    made = SearchPage(app, Words(language), theme.LIGHT, bridge, History())
    made.bridge = bridge
    made.resize(1200, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5_000)
    return made


def closed(page):
    """Put a page away for good."""
    page.asking.close()
    page.doing.put_away()
    page.hide()
    page.bridge.close()
    shiboken6.delete(page)


def ask(page, qtbot, text) -> list:
    """Search, wait for the answer, and return what is listed."""
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.search_for(text)
    return listed(page)


def listed(page) -> list:
    """Return the hits that one sees."""
    return page.hits.hits.all_found()


def narrow(page, qtbot, facet, key, checked=True) -> list:
    """Check a box, or no longer, and return what is listed then."""
    with qtbot.waitSignal(page.asking.answered, timeout=10_000):
        page.facets.check(facet, key, checked)
    return listed(page)


def stand_on(page, wanted) -> None:
    """Put the keyboard on the first hit that is wanted."""
    view: QListView = page.hits
    model = page.hits.hits
    row = next(n for n in range(model.rowCount())
               if (found := model.found(model.index(n))) is not None and wanted(found))
    view.setCurrentIndex(model.index(row))
    view.setFocus()
