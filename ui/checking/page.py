"""Page that checks old documents: which of our people's words are in them, and whether they may stay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from storybank.jobs.runner import JobTicket, Lane
from storybank.services.checking import Report
from storybank.words import Words, say
from ui.ask import explain
from ui.checking.dropped import DOCUMENTS
from ui.checking.report import ReportView
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button, main_button
from ui.parts.empty import Empty
from ui.parts.page import Page, scrolled
from ui.parts.text import soft
from ui.theme import SPACE_5, SPACE_6, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

WIDTH = 900


class CheckPage(Page):
    """The documents that were checked in this sitting, the latest on top. Nothing is changed by looking."""

    back = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__(tr, tr("Check a document"))
        self.set_subtitle(tr("A Word file, a PDF, a kit folder or a zip: may our people's words in it still be used?"))
        self._app, self._tokens = app, tokens
        self.errands = Errands(app.runner, bridge, self)
        self.reports: list[ReportView] = []
        self._waiting = 0
        self._build()

    def ask_files(self) -> None:
        """Ask for documents, and check them."""
        endings = " ".join(f"*{ending}" for ending in sorted({*DOCUMENTS, ".zip"}))
        documents, everything = self.tr_("Documents"), self.tr_("All files")
        chosen, _kind = QFileDialog.getOpenFileNames(self, self.tr_("Check a document"), "",
                                                     f"{documents} ({endings});;{everything} (*)")
        self.check([Path(name) for name in chosen])

    def ask_folder(self) -> None:
        """Ask for a kit's folder, and check it."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr_("Check a kit folder"))
        if chosen:
            self.check([Path(chosen)])

    def check(self, paths: Sequence[Path]) -> None:
        """Check each of these as a job."""
        for path in paths:
            self._waiting += 1

            def work(ticket: JobTicket, path: Path = path) -> Report:
                return self._app.checking(self.tr_).check(path, ticket)

            self.errands.start(Lane.FILES, say("Checking {file}", file=path.name), work, self._show, self._failed,
                               self._ended)
        self._say_waiting()

    def _build(self) -> None:
        tr = self.tr_
        self.folder_button = link_button(tr("Kit folder…"), self.ask_folder)
        self.check_button = main_button(tr("Choose documents…"), self.ask_files)
        self.add_action(link_button(tr("Back"), self.back.emit))
        self.add_action(self.folder_button)
        self.add_action(self.check_button)
        holder = QWidget()
        holder.setMaximumWidth(WIDTH)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, SPACE_6)
        self._column.setSpacing(SPACE_5)
        self._waits = soft("")
        self._waits.hide()
        self._column.addWidget(self._waits)
        self._column.addStretch(1)
        self._views = QStackedWidget()
        self._views.addWidget(Empty(tr("Is it still all right?"), tr(
            "Drop an old brief, a PDF, a kit folder or a zip anywhere on this window. Every quote of ours in it is"
            " found, by its code or by its words, and compared with what people agree to today.")))
        self._views.addWidget(scrolled(holder))
        self.body.addWidget(self._views, 1)

    def _show(self, report: Report) -> None:
        view = ReportView(self.tr_, self._tokens, report)
        self.reports.insert(0, view)
        self._column.insertWidget(1, view)
        self._views.setCurrentIndex(1)

    def _failed(self, error: Exception) -> None:
        explain(self.toast, self.tr_, error)

    def _ended(self) -> None:
        self._waiting -= 1
        self._say_waiting()

    def _say_waiting(self) -> None:
        self._waits.setVisible(bool(self._waiting))
        if self._waiting:
            self._waits.setText(self.tr_.many("Checking {n} document…", "Checking {n} documents…", self._waiting))
            self._views.setCurrentIndex(1)
        elif not self.reports:
            self._views.setCurrentIndex(0)
