"""Pictures: opens the window on a library without a screen and takes every page, in both languages and themes."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from storybank import places
from storybank.settings import Settings
from ui.app import application, let_qt_speak, words_for
from ui.desk import Desk
from ui.theme import apply, tokens_for
from ui.window import Window
from ui.wiring import open_app

if TYPE_CHECKING:
    from ui.wiring import App

SIZE = (1440, 900)
LANGUAGES, THEMES = ("en", "fr"), ("light", "dark")
SETTLE_MS = 700
"""How long a page may take to fetch what it shows beside the first paint, such as a waveform."""

CHECK_MS = 30_000
"""How long a document may take to be read, in a process of its own."""

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m ui.pictures", description=__doc__)
    parser.add_argument("--library", type=Path, default=places.default_library())
    parser.add_argument("--to", type=Path, default=places.PROJECT / "docs" / "pictures")
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for file in take(open_app(asked.library), asked.to):
        log.info(file)
    return 0


def take(app: App, to: Path, size: tuple[int, int] = SIZE) -> Iterator[Path]:
    """Yield the files PAGE-LANGUAGE-THEME.png as they are taken, and close the library."""
    to.mkdir(parents=True, exist_ok=True)
    qt, desk = application(), Desk(app)
    try:
        for theme in THEMES:
            apply(qt, tokens_for(theme))
            for language in LANGUAGES:
                let_qt_speak(qt, language)
                window = _window(desk, Settings(language=language, theme=theme), size)
                for page, show in PAGES.items():
                    show(window)
                    _settle(qt)
                    file = to / f"{page}-{language}-{theme}.png"
                    window.grab().save(str(file))
                    yield file
                window.close()
                window.deleteLater()
    finally:
        desk.close()


def _window(desk: Desk, chosen: Settings, size: tuple[int, int]) -> Window:
    """Return the window open on the library, as it was chosen."""
    window = Window(words_for(chosen), tokens_for(chosen.theme), chosen)
    window.resize(*size)
    window.furnish(desk)
    window.show()
    return window


def _settle(qt: QApplication, most_ms: int = SETTLE_MS) -> None:
    """Let the window do what it has queued, and its players and jobs what they began."""
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < most_ms:
        qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _stories(_window: Window) -> None:
    """Show the page the window opens on."""


def _first(window: Window) -> str:
    assert window.pages
    return next((card.line.id for card in window.pages.stories().all if card.line.quotes), "")


def _story(window: Window) -> None:
    if window.pages and (story := _first(window)):
        window.pages.show_story(story)


def _search(window: Window) -> None:
    if window.pages:
        window.pages.search_for("health" if window.tr_.language == "en" else "santé")


def _exports(window: Window) -> None:
    if window.pages:
        window.pages.show_page("exports")
        order = window.pages.exports().making.order
        order.uses["government_brief"].setChecked(True)


def _ledger(window: Window) -> None:
    if window.pages:
        window.pages.show_page("exports")
        window.pages.exports().filters.choose("ledger")


def _consent(window: Window) -> None:
    if window.pages:
        window.pages.show_page("consent")


def _person(window: Window) -> None:
    if window.pages:
        window.pages.show_page("consent")
        page = window.pages.consent()
        for one in page.all[:1]:
            page.people.choose(one.person.id)
            page.show_person(one)


def _forms(window: Window) -> None:
    if window.pages:
        window.pages.show_page("consent")
        page = window.pages.consent()
        page.close_side()
        page.filters.choose("forms")


def _withdrawal(window: Window) -> None:
    """Show what it would mean if somebody said stop; nothing is withdrawn."""
    if window.pages:
        window.pages.show_page("consent")
        page = window.pages.consent()
        one = next((one for one in page.all if one.live), None)
        page.ask_withdrawal(one.person if one else None)
        if one and page.form:
            page.form.next()
            page.form.next()


def _check(window: Window) -> None:
    """Check the brief that lies beside the library, where one does."""
    if window.pages and window.desk:
        if page := window.pages.consent().form:
            page.leave()
        window.pages.show_page("check")
        checks, brief, clock = window.pages.check(), window.desk.app.folder.parent / "brief.docx", QElapsedTimer()
        clock.start()
        if brief.exists():
            checks.check([brief])
            while not checks.reports and clock.elapsed() < CHECK_MS:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _who_may(window: Window) -> None:
    if window.pages and (story := _first(window)):
        window.pages.show_page("stories")
        window.pages.stories().show_consent(story)


def _answer(window: Window) -> None:
    """Open the questions by which a person's answer is changed; nothing is changed."""
    _who_may(window)
    if window.pages:
        window.pages.stories().panel.ask_consent()


def _settings(window: Window) -> None:
    if window.pages:
        window.pages.show_page("settings")


PAGES: dict[str, Callable[[Window], None]] = {
    "stories": _stories, "story": _story, "search": _search, "exports": _exports, "ledger": _ledger,
    "story-consent": _who_may, "consent": _consent, "person": _person, "forms": _forms, "withdrawal": _withdrawal,
    "check": _check, "answer": _answer, "settings": _settings,
}

if __name__ == "__main__":
    sys.exit(main())
