"""Pictures: opens the window on a library without a screen and takes every page, in both languages and themes."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from storybank import places
from storybank.domain.change import ChangeKind
from storybank.domain.speech import Listening
from storybank.domain.transcript import DOUBTFUL_BELOW
from storybank.settings import Settings
from ui import coding_pictures, draft_pictures
from ui.app import application, let_qt_speak, words_for
from ui.desk import Desk
from ui.theme import apply, tokens_for
from ui.transcript.spans import Place
from ui.window import Window
from ui.wiring import open_app

if TYPE_CHECKING:
    from storybank.services.browsing import StoryView
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
    with tempfile.TemporaryDirectory() as folder:
        for file in take(open_app(_copied(asked.library, Path(folder))), asked.to):
            log.info(file)
    return 0


def _copied(library: Path, to: Path) -> Path:
    """Return a copy of the library, with the brief beside it: what a picture needs is done to the copy."""
    if (brief := library.parent / "brief.docx").exists():
        shutil.copy(brief, to)
    return Path(shutil.copytree(library, to / library.name))


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
                _tidy(desk)
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


def _writing(window: Window) -> None:
    """Open a line for correction; nothing is typed, so nothing is changed."""
    _story(window)
    if window.pages and (lines := window.pages.story().view.script.lines):
        view = window.pages.story().view
        window.activateWindow()
        view.setFocus()
        view.cursor_.go(Place(min(2, len(lines) - 1), 0))
        view.edit_here()


def _history(window: Window) -> None:
    """Show the most corrected transcript as its engine wrote it, beside who changed what."""
    _show_richest(window, _corrections)
    if window.pages and (story := window.pages.story()).story:
        story.side.open(3)
        story.tools.revisions.show_then(0)


def _doubts(window: Window) -> None:
    """Walk to a doubtful word, in a transcript whose lines count as unread until the window is put away."""
    _show_richest(window, lambda app, story: _doubtful(story) - _corrections(app, story))
    if window.pages and (page := window.pages.story()).story:
        page.words.close_bars()
        page.side.open(0)
        for line in page.view.script.lines:
            page.hands.review(line.id, reviewed=False)
        walk = next(act for act in page.words.menu.actions() if act.shortcut() == QKeySequence("F4"))
        walk.trigger()
        _settle(application())  # what may have been meant is looked up
        page.player.pause()


def _corrections(app: App, story: StoryView) -> int:
    changes = app.correcting.changes(story.recordings[0].id)
    return sum(change.kind not in (ChangeKind.REVIEWED, ChangeKind.UNDONE) for change in changes)


def _doubtful(story: StoryView) -> int:
    return sum((word.probability or 1) < DOUBTFUL_BELOW for line in story.lines for word in line.words)


def _show_richest(window: Window, riches: Callable[[App, StoryView], int]) -> None:
    """Show the story that has most of something."""
    if window.pages and window.desk:
        app = window.desk.app
        stories = [app.browsing.story(card.line.id) for card in window.pages.stories().all]
        if found := max(stories, key=lambda story: riches(app, story), default=None):
            window.pages.show_story(found.story.code)


def _jobs(window: Window) -> None:
    """Show three recordings in the queue, one of them paused; none of them is heard."""
    if window.pages and window.desk:
        desk = window.desk
        _story(window)
        cards = window.pages.stories().all[:3]
        desk.app.queueing.add([desk.app.browsing.story(card.line.id).recordings[0].id for card in cards], Listening(),
                              again=True)
        desk.queue.read()
        for entry in desk.queue.waiting[-1:]:
            desk.app.queueing.pause(entry.entry.id)
        desk.queue.read()
        window.show_jobs()


def _tidy(desk: Desk) -> None:
    """Take back what was done for a picture, so that the next window begins as this one did."""
    for one in desk.app.queueing.entries():
        desk.app.queueing.take_out(one.entry.id)
    while desk.history.canUndo():
        desk.history.undo()


def _search(window: Window) -> None:
    if window.pages:
        window.pages.search_for("health" if window.tr_.language == "en" else "santé")


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
    "stories": _stories, "story": _story, "search": _search, **draft_pictures.PAGES,
    "story-consent": _who_may, "consent": _consent, "person": _person, "forms": _forms, "withdrawal": _withdrawal,
    "check": _check, "answer": _answer, "settings": _settings,
    **coding_pictures.PAGES, "editor": _writing, "transcript-history": _history, "doubts": _doubts, "jobs": _jobs,
}

if __name__ == "__main__":
    sys.exit(main())
