"""Letters: to the person, to everybody who has something, and the stop-use notice that names the exact files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from storybank.errors import StorybankError
from storybank.jobs.runner import Lane
from storybank.words import say
from ui.board.papers import open_file
from ui.parts.buttons import quiet_button
from ui.parts.text import label, note
from ui.withdrawal.step import Step, Told


class Letters(Step):
    """Writes them into a folder of the case, in English and French, and opens it."""

    key = "letters"

    def __init__(self, told: Told) -> None:
        super().__init__(told, told.tr("Write the letters"))
        tr = self.tr_
        self.written: list[Path] = []
        self._part: QWidget | None = None
        self.column.addWidget(label(self._meaning(), "reading", wrap=True))
        self.write = quiet_button(tr("Write the letters into a folder…"), self.ask_folder)
        self.column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        self._part = self.put(self._fill, None)
        self.column.addStretch(1)

    def begin(self) -> None:
        self.write.setFocus()

    def ask_folder(self) -> None:
        """Ask for a folder, and write into it."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr_("Where should the letters go?"))
        if chosen:
            self.write_into(Path(chosen))

    def write_into(self, folder: Path) -> None:
        """Write the letters into a folder of their own within this one."""
        case, withdrawing = self.told.open_case, self.told.app.withdrawing
        to = folder / f"{case.code}-{self.tr_('closed')}" if case.closed_at else folder / case.code
        self.write.setEnabled(False)
        self.told.errands.start(
            Lane.FILES, say("Writing the letters of {code}", code=case.code),
            lambda _ticket: withdrawing.write_letters(case.id, to), self._done, self._failed,
            lambda: self.write.setEnabled(True))

    def _meaning(self) -> str:
        if self.told.open_case.closed_at:
            return self.tr_("The last letter tells {name} what was done, and what could not be.", name=self.told.name)
        return self.tr_(
            "One letter tells {name} what happens now, one goes to everybody who was given something, and the stop-use"
            " notice names the exact files. All are Word files in English and French, for you to read and sign.",
            name=self.told.name)

    def _fill(self, column: QVBoxLayout) -> None:
        if not self.written:
            return
        column.addWidget(label("✓ " + self.tr_.many("{n} letter is written.", "{n} letters are written.",
                                                    len(self.written)), tone="good"))
        column.addWidget(note("\n".join(file.name for file in self.written)))
        self.open = quiet_button(self.tr_("Open folder"), lambda: open_file(self.written[0].parent))
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)

    def _done(self, files: list[Path]) -> None:
        self.written = files
        self._part = self.put(self._fill, self._part)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, StorybankError):
            self.failed.emit(error)
