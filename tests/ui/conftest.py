"""What the tests of the window stand on: a small library of real recordings, and the window open on it."""

from __future__ import annotations

import gc
import shutil
from datetime import date
from pathlib import Path

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.consent import ConsentState
from storybank.settings import Settings
from storybank.words import Words, say
from tests.ui.story_library import NOW, Quiet, add_interview, add_quotes, build_library
from ui import theme
from ui.app import application
from ui.desk import Desk
from ui.parts.toast import Toast
from ui.sweeping import sweep
from ui.window import Window
from ui.wiring import open_app

SAMPLES = ("amina-link-worker", "margaret-participant", "samuel-conseiller")


@pytest.fixture(autouse=True)
def swept_here():
    """Collect garbage as the window does, between tests and never on the thread of a job."""
    gc.disable()
    yield
    sweep()


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory):
    """Make a library once: Amina agreed and has quotes, Margaret withdrew, Samuel was asked, Daniel waits."""
    folder = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYBANK_HOME", str(folder / "home"))
        app = build_library(folder / "library")
        stories = {slug: add_interview(app, slug) for slug in SAMPLES[1:]}
        stories["amina-link-worker"] = next(iter(_stories(app)))
        stories["daniel-program-director"] = add_interview(app, "daniel-program-director", transcribed=False)
        samuel = app.people.find("Samuel Roy")
        app.consenting.record(samuel.id, [], Attribution.ANONYMOUS, Quiet(), state=ConsentState.REQUESTED)
        add_quotes(app, stories["amina-link-worker"], {1: ("bridges",), 4: ("measure",)})
        add_quotes(app, stories["margaret-participant"], {1: ("bridges",)})
        app.close()
    return folder / "library"


@pytest.fixture
def an_app(sample_library: Path, tmp_path: Path):
    """Open a copy of that library."""
    app = open_app(shutil.copytree(sample_library, tmp_path / "library"), clock=lambda: NOW)
    yield app
    app.close()


def _stories(app):
    with app._open_work() as work:
        return work.stories.all()


@pytest.fixture
def open_window(qtbot, an_app):
    """Open the window on the library, in a language and a theme."""
    desks = []

    def opened(language: str = "en", name: str = "light") -> Window:
        tokens = theme.tokens_for(name)
        theme.apply(application(), tokens)
        window = Window(Words(language), tokens, Settings(language=language, theme=name))
        qtbot.addWidget(window)
        desks.append(Desk(an_app))
        window.furnish(desks[-1])
        window.show()
        return window

    yield opened
    for desk in desks:
        desk.bridge.close()


@pytest.fixture
def window(open_window):
    """The window in English."""
    return open_window()


@pytest.fixture
def stories(window):
    """The page of the stories."""
    return window.pages.stories()


@pytest.fixture
def cards(stories):
    """The cards by whom they show."""
    return lambda: {card.story.line.people[0]: card for card in stories.cards.values()}


@pytest.fixture
def no_pages(monkeypatch):
    """A machine without LibreOffice: nothing waits for pages, and everything else works."""
    from exports.pages.office import OfficePages

    monkeypatch.setattr(OfficePages, "why_not", lambda self: say("LibreOffice is not installed."))


def said(toast: Toast) -> str:
    """Return what a line in the page says, or nothing while it is away."""
    return "" if toast.isHidden() else toast.text


TODAY = date(2026, 3, 2)
