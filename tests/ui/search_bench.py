"""A bench for the Search page: it stands open on a small library, and can be asked."""

from __future__ import annotations

import shutil

import pytest
import shiboken6
from PySide6.QtWidgets import QListView

from storybank.words import Words
from tests.ui.story_library import NOW, add_quotes, build_library
from ui import theme
from ui.parts.bridge import Bridge
from ui.parts.undo import History
from ui.search.page import SearchPage
from ui.wiring import open_app

SLUGS = ("amina-link-worker", "margaret-participant", "marie-intervenante", "samuel-conseiller", "george-physician")


@pytest.fixture(scope="session")
def searched_library(tmp_path_factory):
    """Make the library once."""
    folder = tmp_path_factory.mktemp("search")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYBANK_HOME", str(folder / "home"))
        app = build_library(folder / "library", SLUGS)
        add_quotes(app, app.browsing.story("amina-link-worker").story, {1: ("bridges",)})
        app.close()
    return folder / "library"


@pytest.fixture
def library(searched_library, tmp_path):
    """A copy of its own for each test: hits are tagged in it."""
    app = open_app(shutil.copytree(searched_library, tmp_path / "library"), clock=lambda: NOW)
    yield app
    app.close()


@pytest.fixture(scope="module")
def shared_library(searched_library, tmp_path_factory):
    """One copy for tests that only look."""
    app = open_app(shutil.copytree(searched_library, tmp_path_factory.mktemp("shared") / "library"),
                   clock=lambda: NOW)
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
