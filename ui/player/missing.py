"""Missing: the line under the picture that says what is wrong with the file, and the way to find it again."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.text import label, restyle
from ui.theme import SPACE_2


class FileLine(QWidget):
    """A line of words; for a recording that was moved, with “Find it…” beside it. Hidden while all is well."""

    file_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self._words = label("", "note", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.finder = quiet_button(tr("Find it…"))
        self.finder.setToolTip(tr("Choose the file, or a folder to look in"))
        menu = QMenu(self.finder)
        menu.addAction(tr("Choose the file…")).triggered.connect(self.file_wanted)
        menu.addAction(tr("Look in a folder…")).triggered.connect(self.folder_wanted)
        self.finder.setMenu(menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._words)
        column.addWidget(self.finder, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def text(self) -> str:
        """Return what it says; nothing while it is away."""
        return "" if self.isHidden() else self._words.text().replace("\u200b", "")

    @property
    def missing(self) -> bool:
        """Tell whether it offers to find the file."""
        return not self.isHidden() and not self.finder.isHidden()

    def say(self, words: str, tone: str = "warn") -> None:
        """Say what is the matter."""
        self._show(words, tone, find=False)

    def say_missing(self, file: Path) -> None:
        """Say that the file is not where it was, and offer to find it."""
        said = self._tr("The recording is not where it was: {path}. Its transcript and quotes are safe.",
                        path=_breakable(file))
        self._show(said, "warn", find=True)

    def say_beside(self, words: str) -> None:
        """Say why a file that was chosen is not the one, and go on offering."""
        self._show(words, "stop", find=True)

    def _show(self, words: str, tone: str, *, find: bool) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        restyle(self._words, tone=tone)
        self.finder.setVisible(find)
        self.show()


def _breakable(file: Path) -> str:
    """Return a path that may go on in the next line after each of its folders, and within a name of any length."""
    return re.sub(r"[^/\\]{24}(?=[^/\\.])|[/\\]", lambda found: found.group() + "\u200b", str(file))
