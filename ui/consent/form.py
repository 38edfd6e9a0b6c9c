"""Form: what the forms of the consent panel share: a title, fields that scroll, and Save beside Cancel in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from storybank.errors import StorybankError
from storybank.words import Words
from ui.parts.buttons import main_button, quiet_button
from ui.parts.flow import Flow
from ui.parts.page import scrolled
from ui.parts.text import label
from ui.theme import SPACE_2, SPACE_3


class Form(QWidget):
    """A form inside a panel; it ends by saying `finished` with a sentence and details, or says what `failed`.

    Ctrl+Enter saves from anywhere in it.
    """

    finished = Signal(str, object)
    failed = Signal(object)

    def __init__(self, tr: Words, heading: str, save: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.tr_ = tr
        self.first: QWidget | None = None
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, SPACE_2, SPACE_3)
        self.column.setSpacing(SPACE_3)
        self.column.addWidget(label(heading, "strong", wrap=True))
        self.area = scrolled(inside)
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(SPACE_2)
        self.whole.addWidget(self.area, 1)
        self.save_button: QPushButton = main_button(save, self._try)
        self.save_button.setToolTip(tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save_button.click,
                      context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def add(self, widget: QWidget) -> None:
        """Put something beneath what is there."""
        self.column.addWidget(widget)

    def add_left(self, button: QPushButton) -> None:
        """Put a button beneath what is there, at its own width."""
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def end(self) -> None:
        """Put Save and Cancel beneath everything, where they stay in sight."""
        self.column.addStretch(1)
        holder = QWidget()
        holder.setObjectName("plain")
        row = Flow(holder, SPACE_2)
        row.addWidget(self.save_button)
        row.addWidget(quiet_button(self.tr_("Cancel"), lambda: self.finished.emit("", [])))
        self.whole.addWidget(holder)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        if self.first:
            self.first.setFocus()

    def save(self) -> None:
        """Do what the form is for; raise what the person must put right."""
        raise NotImplementedError

    def _try(self) -> None:
        try:
            self.save()
        except StorybankError as error:
            self.failed.emit(error)
