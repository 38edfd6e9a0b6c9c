"""What it means: everything a stop reaches, to be read aloud, before the one button that does it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from storybank.domain.recall import Affected, CaseFile
from ui.parts.text import label, note
from ui.theme import SPACE_2
from ui.withdrawal.said import at_once, export_said, inside, out_for_good
from ui.withdrawal.step import Step, Told

FILES_SHOWN = 8


class Meaning(Step):
    """Nothing has been done while this is shown; the button under it does it at once."""

    key = "meaning"

    def __init__(self, told: Told) -> None:
        super().__init__(told, told.tr("This is what it means"))
        self._part: QWidget | None = None
        self.file: CaseFile | None = None
        self._fresh()
        self.column.addStretch(1)

    @property
    def next_words(self) -> str:
        return self.tr_("Withdraw now")

    def keep(self) -> None:
        """Withdraw: in one transaction everything is blocked and the case is opened."""
        told = self.told
        assert told.stop
        told.case = told.app.withdrawing.withdraw(told.stop).case
        told.app.refresh_sites_soon()

    def _fresh(self) -> None:
        assert self.told.stop
        self.file = self.told.app.withdrawing.reach(self.told.stop)
        self._part = self.put(self._fill, self._part)

    def _fill(self, column: QVBoxLayout) -> None:
        tr, file = self.tr_, self.file
        assert file
        uses = {use.key: use for use in self.told.app.browsing.uses()}
        column.addWidget(label(tr("At once"), "strong"))
        for sentence in at_once(file, uses, tr):
            column.addWidget(label(sentence, "reading", wrap=True))
        column.addSpacing(SPACE_2)
        column.addWidget(label(tr("What has left the house already"), "strong"))
        if not file.affected:
            column.addWidget(label(tr("Nothing of it has left the house yet."), "reading", wrap=True))
        for affected in file.affected:
            column.addWidget(self._export(affected))
        lost = out_for_good(file, uses)
        if lost:
            column.addWidget(label(tr(
                "What was printed, broadcast or handed in cannot be called back: {exports}. We say so to {name}.",
                exports=", ".join(export.title for export in lost), name=file.person.name), "reading", wrap=True))
        column.addSpacing(SPACE_2)
        column.addWidget(label(tr("What stays"), "strong"))
        column.addWidget(label(tr(
            "The proof that consent was given and taken back stays. What becomes of the recordings is decided in a"
            " moment. Agreements that are withdrawn cannot be brought back: who changes their mind agrees anew."),
            "reading", wrap=True))

    def _export(self, affected: Affected) -> QFrame:
        tr, export, (frame, inside_) = self.tr_, affected.export, self.well()
        inside_.addWidget(label(export_said(export, tr), "strong", wrap=True))
        if export.recipient:
            inside_.addWidget(label(tr("Given to {recipient}", recipient=export.recipient), wrap=True))
        inside_.addWidget(note(inside(affected, tr)))
        names = [file.path for file in affected.files]
        for name in names[:FILES_SHOWN]:
            inside_.addWidget(note(breakable(name)))
        if len(names) > FILES_SHOWN:
            inside_.addWidget(note(tr("and {n} more", n=len(names) - FILES_SHOWN)))
        inside_.addWidget(note(breakable(export.place)))
        return frame


def breakable(path: str) -> str:
    """Return a path that may be broken into lines after each folder."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
