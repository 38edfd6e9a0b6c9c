"""Keys: all one can do in a draft without the mouse, in the page, at F1."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from storybank.words import Words
from ui.parts.said import N_
from ui.parts.text import label, section
from ui.theme import SPACE_2, SPACE_5

KEYS = (
    (N_("Outline, quotes, look, versions"), "Alt+1 … Alt+4"),
    (N_("Show the other language"), "Alt+L"),
    (N_("Add quotes"), "Alt+Q"),
    (N_("Go to the quote above or below"), "Up, Down"),
    (N_("Move a quote up or down"), "Alt+Up, Alt+Down"),
    (N_("Put a quote first, or not"), "L"),
    (N_("Take a quote out"), "Del"),
    (N_("Turn the pages of the preview"), "PgUp, PgDown"),
    (N_("Show pages larger, smaller, as wide as there is room"), "Ctrl++, Ctrl+-, Ctrl+0"),
    (N_("Undo, do again"), "Ctrl+Z, Ctrl+Shift+Z"),
    (N_("Show all keys, or hide them"), "F1"),
)
_KEY = re.compile(r"\w+(?:\+(?:\w+|[+-]))*")


class KeysView(QWidget):
    """The table, where the outline usually is."""

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(SPACE_2)
        grid.setHorizontalSpacing(SPACE_5)
        grid.setColumnStretch(0, 1)
        grid.addWidget(section(tr("All keys")), 0, 0)
        for row, (says, keys) in enumerate(KEYS, start=1):
            grid.addWidget(label(tr(says), wrap=True), row, 0)
            grid.addWidget(label(_native(keys), "strong"), row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setRowStretch(len(KEYS) + 1, 1)


def _native(keys: str) -> str:
    """Return keys as they are called on this machine, in the language of the window."""
    return _KEY.sub(lambda found: QKeySequence(found[0]).toString(QKeySequence.SequenceFormat.NativeText), keys)
