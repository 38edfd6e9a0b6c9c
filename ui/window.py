"""Window: the rail, the pages, and what holds for all of them: keys, dropped files, jobs, and closing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from storybank.settings import Settings
from storybank.words import Words
from ui.ask import explain
from ui.parts.focus import FocusRing
from ui.parts.text import soft
from ui.parts.toast import Toast
from ui.rail import Rail
from ui.theme import RAIL_WIDTH, Tokens

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.pages import Pages


class Window(QMainWindow):
    """Storybank's window. It can be shown before any library is open; `furnish` fills it."""

    settings_changed = Signal(object)
    library_asked = Signal(object)
    library_wanted = Signal(object, str)
    """A library of that name is to be made in that folder."""

    def __init__(self, tr: Words, tokens: Tokens, settings: Settings) -> None:
        super().__init__()
        self.tr_, self.tokens, self.settings = tr, tokens, settings
        self.desk: Desk | None = None
        self.pages: Pages | None = None
        self._closing = False
        self.setWindowTitle("Storybank")
        self.setMinimumSize(1000, 640)
        self.resize(1440, 900)
        self.setAcceptDrops(True)
        self._build()
        self._ring = FocusRing(self, tokens)

    def furnish(self, desk: Desk, page: str = "stories") -> None:
        """Fill the window with the library that was opened."""
        from ui.jobs.tray import JobPanel, Tray  # after the first paint, like everything that needs the library
        from ui.pages import Pages

        self.desk = desk
        self.setWindowTitle(f"{desk.app.title} – Storybank")
        self.rail.set_library(desk.app.title)
        self.tray = Tray(self.tr_, desk.book, desk.queue)
        self.tray.pressed.connect(self.show_jobs)
        self.rail.add_tray(self.tray)
        self.job_panel = JobPanel(self.tr_, desk.book, desk.queue, desk.app.runner.cancel, self)
        desk.book.changed.connect(self._close_if_idle)
        self.pages = Pages(self, desk)
        self.job_panel.check_asked.connect(self.pages.check_computer)
        self.rail.chosen.connect(self.pages.show_page)
        self._listen()
        self.pages.show_page(page)

    def welcome(self, folder: Path) -> None:
        """Offer to make a library in this folder or to open another; nothing else can be done yet."""
        from ui.welcome import Welcome

        page = Welcome(self.tr_, folder, exists=(folder / "library.db").exists())
        page.made.connect(self.library_wanted)
        page.asked.connect(self.library_asked)
        self.rail.offer_pages(False)
        self.put(page)
        page.begin()

    def put(self, page: QWidget) -> None:
        """Bring a page to the front; the keyboard begins on it, but in no field nobody asked for."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if self.focusWidget() is getattr(page, "search", page):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, error: BaseException) -> None:
        """Say what went wrong, above whatever page is shown."""
        explain(self.toast, self.tr_, error)

    def show_jobs(self) -> None:
        """Open or close the list of jobs."""
        if self.job_panel.isVisible():
            self.job_panel.hide()
            return
        self.job_panel.refresh()
        self._place_jobs()
        self.job_panel.show()
        self.job_panel.raise_()
        self.job_panel.close_button.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.pages and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if self.pages and paths:
            event.acceptProposedAction()
            self.pages.bring_in(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.desk:
            self._place_jobs()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ring.listen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ring.rest()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing or not self.desk or not self.desk.book.active:
            super().closeEvent(event)
            return
        event.ignore()
        count = len(self.desk.book.active)
        self.toast.say(
            self.tr_.many("{n} job is still running.", "{n} jobs are still running.", count), "warn",
            details=[self.tr_("What a transcript has heard so far is kept, and it goes on from there next time.")],
            actions=[(self.tr_("Stop and close"), self._stop_and_close),
                     (self.tr_("Close when done"), self._close_when_done)],
            away=self.tr_("Keep working"),
        )

    def _build(self) -> None:
        paper = QWidget()
        paper.setObjectName("paper")
        row = QHBoxLayout(paper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(self.tr_)
        self.rail.choose("stories")
        self.toast = Toast(self.tr_)
        self.toast.setProperty("outer", True)
        self.stack = QStackedWidget()
        self.stack.setObjectName("paper")
        self._opening = soft(self.tr_("Opening the library…"))
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self._opening)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.toast)
        column.addWidget(self.stack, 1)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(paper)

    def _listen(self) -> None:
        pages = self.pages
        assert pages is not None
        for keys, do in (
            ("Ctrl+K", pages.focus_search), ("Ctrl+I", pages.ask_import), ("Ctrl+Z", self._undo),
            ("Ctrl+Shift+Z", self._redo), ("Ctrl+,", lambda: pages.show_page("settings")),
            ("Ctrl+1", lambda: pages.show_page("stories")), ("Ctrl+2", lambda: pages.show_page("search")),
            ("Ctrl+3", lambda: pages.show_page("quotes")), ("Ctrl+4", lambda: pages.show_page("consent")),
            ("Ctrl+5", lambda: pages.show_page("exports")),
            ("Ctrl+J", self.show_jobs),
        ):
            QShortcut(QKeySequence(keys), self, do)

    def _undo(self) -> None:
        if self.desk:
            self._go(self.desk.history.undo, self.tr_("Undone: {what}."), self.desk.history.undoText())

    def _redo(self) -> None:
        if self.desk:
            self._go(self.desk.history.redo, self.tr_("Done again: {what}."), self.desk.history.redoText())

    def _go(self, step: Callable[[], None], said: str, what: str) -> None:
        from storybank.errors import StorybankError

        if not what:
            self.toast.say(self.tr_("There is nothing to undo here."))
            return
        try:
            step()
        except StorybankError as error:
            self.tell(error)
        else:
            self.toast.say(said.format(what=self.tr_(what)))

    def _place_jobs(self) -> None:
        high = max(140, min(self.job_panel.wanted_height, 520, self.height() - 80))
        self.job_panel.setGeometry(RAIL_WIDTH + 8, self.height() - high - 16, 420, high)

    def _stop_and_close(self) -> None:
        if self.desk:
            for job in self.desk.book.active:
                self.desk.app.runner.cancel(job.id)
        self._close_when_done()

    def _close_when_done(self) -> None:
        self._closing = True
        self.toast.say(self.tr_("The window closes when the jobs have ended."))
        self._close_if_idle()

    def _close_if_idle(self) -> None:
        if self._closing and self.desk and not self.desk.book.active:
            QTimer.singleShot(0, self, self.close)
