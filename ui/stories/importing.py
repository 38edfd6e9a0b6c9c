"""Importing: asks which files, brings them in as a job, and tells in the page what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from storybank.domain.lists import StoryLine
from storybank.jobs.runner import JobTicket, Lane
from storybank.services.collecting import MEDIA_SUFFIXES, ImportReport, Outcome
from storybank.words import Words, say
from ui.ask import explain
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.toast import Action, Toast

if TYPE_CHECKING:
    from ui.wiring import App

SHOWN = 8
"""How many refused files are named in the page; more are counted."""


class Importing(QObject):
    """The ways to bring recordings in, and the report on them."""

    ended = Signal()

    def __init__(self, app: App, tr: Words, bridge: Bridge, page: QWidget, toast: Toast,
                 transcribe: Callable[[], object], waiting: Callable[[], list[StoryLine]]) -> None:
        super().__init__(page)
        self._app, self._tr, self._page, self._toast = app, tr, page, toast
        self._transcribe, self._waiting = transcribe, waiting
        self._errands = Errands(app.runner, bridge, self)
        self._stay = QAction(tr("Leave files where they are"), self)
        self._stay.setCheckable(True)

    def menu(self) -> QMenu:
        """Return the other ways to import."""
        menu = QMenu(self._page)
        menu.addAction(self._tr("Import files…"), self.ask_files)
        menu.addAction(self._tr("Import a folder…"), self.ask_folder)
        menu.addAction(self._tr("Import with a details file (CSV)…"), self.ask_details)
        menu.addSeparator()
        menu.addAction(self._stay)
        return menu

    def leave_in_place(self, stay: bool) -> None:
        """Leave the files where they are from now on, or copy them in again."""
        self._stay.setChecked(stay)

    def ask_files(self) -> None:
        """Ask for files, and import them."""
        endings = " ".join(f"*{suffix}" for suffix in sorted(MEDIA_SUFFIXES))
        media, everything = self._tr("Video and audio"), self._tr("All files")
        chosen, _kind = QFileDialog.getOpenFileNames(
            self._page, self._tr("Import recordings"), "", f"{media} ({endings});;{everything} (*)")
        if chosen:
            self.bring_in([Path(name) for name in chosen])

    def ask_folder(self) -> None:
        """Ask for a folder, and import every recording in it."""
        chosen = QFileDialog.getExistingDirectory(self._page, self._tr("Import a folder"))
        if chosen:
            self.bring_in([Path(chosen)])

    def ask_details(self) -> None:
        """Ask for a details file, and import the recordings that it names."""
        chosen, _kind = QFileDialog.getOpenFileName(self._page, self._tr("Choose the details file"), "",
                                                    f"{self._tr('Details')} (*.csv)")
        if chosen:
            self.bring_in([], details=Path(chosen))

    def bring_in(self, paths: Sequence[Path], details: Path | None = None) -> None:
        """Import as a job; a CSV among the paths is the details file."""
        tables = [path for path in paths if path.suffix.lower() == ".csv"]
        media = [path for path in paths if path not in tables]
        details = details or (tables[0] if tables else None)
        stay = self._stay.isChecked()

        def work(ticket: JobTicket) -> ImportReport:
            return self._app.collecting.bring_in(media, ticket, details=details, leave_in_place=stay)

        self._toast.say(self._tr("Importing… You can go on working."))
        self._errands.start(Lane.FILES, say("Importing recordings"), work, self._report, self._failed)

    def _report(self, report: ImportReport) -> None:
        added, known, refused = (report.that(became) for became in ("added", "known", "refused"))
        counts = [
            self._tr.many("{n} added", "{n} added", len(added)) if added else "",
            self._tr.many("{n} already here", "{n} already here", len(known)) if known else "",
            self._tr.many("{n} refused", "{n} refused", len(refused)) if refused else "",
        ]
        lines = [self._line(outcome) for outcome in refused[:SHOWN]]
        if len(refused) > SHOWN:
            lines.append(self._tr("and {n} more", n=len(refused) - SHOWN))
        if added:
            lines.append(self._tr("Importing never implies consent: record it on each story before you use it."))
        tone = "warn" if refused else "good"
        text = self._tr("Import") + ": " + " · ".join(part for part in counts if part)
        self._toast.say(text, tone, details=lines, actions=self._next())
        self.ended.emit()

    def _line(self, outcome: Outcome) -> str:
        reason, hint = self._tr.sentence(outcome.reason), self._tr.sentence(outcome.hint)
        return f"{outcome.file.name}: {reason} {hint}".rstrip()

    def _next(self) -> list[Action]:
        count = len(self._waiting())
        if not count:
            return []
        text = self._tr.many("Transcribe {n} recording now", "Transcribe {n} recordings now", count)
        return [(text, self._transcribe)]

    def _failed(self, error: Exception) -> None:
        explain(self._toast, self._tr, error)
        self.ended.emit()
