"""One window: a library and a window on it for all tests of a file, since opening one costs a second."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storybank.settings import Settings
from storybank.words import Words
from tests.ui.story_library import NOW
from ui import theme
from ui.app import application
from ui.desk import Desk
from ui.window import Window
from ui.wiring import App, open_app

SETTLED_AFTER = 5
"""Turns in which a window does what it still had in mind."""


@contextmanager
def one_window(library: Path, folder: Path) -> Iterator[tuple[App, Window]]:
    """Give a window on a copy of a library, in English and light."""
    app = open_app(shutil.copytree(library, folder / "library"), clock=lambda: NOW)
    tokens = theme.tokens_for("light")
    theme.apply(application(), tokens)
    window = Window(Words("en"), tokens, Settings(language="en", theme="light"))
    desk = Desk(app)
    window.furnish(desk)
    window.show()
    try:
        yield app, window
    finally:
        desk.bridge.close()
        window.close()
        for _turn in range(SETTLED_AFTER):
            application().processEvents()
        window.deleteLater()
        app.close()


def put_drafts_away(app: App, window: Window) -> None:
    """Leave the page of exports as a new library has it."""
    page = window.pages.exports()
    page.show_drafts()
    page.toast.hide()
    for draft in app.building.all():
        app.building.remove(draft.code).do()
    page.drafts.refresh()
    window.desk.history.clear()
