"""Papers: saves a receipt for a person to keep, and shows the proof of an agreement, which is written down."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from storybank.domain.consent import Consent
from storybank.domain.contributor import Contributor
from storybank.jobs.runner import Lane
from storybank.words import Words, say
from ui.ask import explain
from ui.jobs.book import Errands
from ui.parts.toast import Toast

if TYPE_CHECKING:
    from ui.wiring import App

SHOWABLE = frozenset({
    ".pdf", ".png", ".jpg", ".jpeg", ".heic", ".tif", ".tiff", ".docx", ".odt", ".eml", ".txt", ".mp4", ".mov", ".m4a",
    ".mp3", ".wav", ".webm", ".mkv",
})
"""What is opened as it is; of anything else the folder is opened, because a proof may be any file at all."""


class Papers:
    """The papers of one page: its toast says what became of them."""

    def __init__(self, app: App, tr: Words, errands: Errands, toast: Toast, page: QWidget) -> None:
        self._app, self._tr, self._errands, self._toast, self._page = app, tr, errands, toast, page

    def ask_receipt(self, consent: Consent, person: Contributor) -> None:
        """Ask where a receipt is to be saved, and save it."""
        word = self._tr("Receipt")
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, self._tr("Save receipt"), f"{word} {consent.code}.docx", f"{self._tr('Word file')} (*.docx)")
        if chosen:
            self.save_receipt(consent, person, Path(chosen))

    def save_receipt(self, consent: Consent, person: Contributor, to: Path) -> None:
        """Write a receipt as a Word file, and beside it as JSON for other systems."""
        from ui.receipts import write_receipt

        title = say("Writing the receipt of {name}", name=person.name)
        self._errands.start(Lane.FILES, title, lambda _ticket: write_receipt(self._app, consent.id, to), self._saved,
                            self._failed)

    def show_proof(self, consent: Consent, number: int) -> None:
        """Check a proof and open it; that somebody looked at it goes into the history."""
        proof = consent.evidence[number - 1]
        title = say("Opening {file}", file=proof.original_name)
        self._errands.start(Lane.FILES, title, lambda _ticket: self._app.proving.view(consent.id, number), self._shown,
                            self._failed)

    def _saved(self, files: list[Path]) -> None:
        names = " · ".join(file.name for file in files)
        self._toast.say(self._tr("The receipt is saved: {files}", files=names), "good",
                        actions=[(self._tr("Open folder"), lambda: open_file(files[0].parent))])

    def _shown(self, file: Path) -> None:
        open_file(file if file.suffix.lower() in SHOWABLE else file.parent)
        self._toast.say(self._tr("Opened. That the proof was looked at is written down."))

    def _failed(self, error: Exception) -> None:
        explain(self._toast, self._tr, error)


def open_file(path: Path) -> None:
    """Open a file or a folder with whatever this machine opens it with."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
