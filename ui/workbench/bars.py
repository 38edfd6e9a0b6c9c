"""Bars: the rows of a tool between the head of the transcript and its words; Esc puts a bar away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.flow import Flow
from ui.parts.page import labelled
from ui.theme import SPACE_1, SPACE_2


class Bar(QWidget):
    """Rows of fields and buttons; `closed` is said when somebody puts it away."""

    closed = Signal()

    def __init__(self, tr: Words, name: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName(name)
        self._close = link_button(tr("Close"), self.close_bar)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, SPACE_1)
        self.column.setSpacing(SPACE_1)

    def add_row(self, *parts: QWidget, stretch: QWidget | None = None, closing: bool = False) -> QHBoxLayout:
        """Add a row; `stretch` takes the room that is left, `closing` puts the way out at its end."""
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        for part in (*parts, *((self._close,) if closing else ())):
            row.addWidget(part, 1 if part is stretch else 0, Qt.AlignmentFlag.AlignVCenter)
        if stretch is None:
            row.addStretch(1)
        self.column.addLayout(row)
        return row

    def add_fields(self, *fields: QWidget) -> QHBoxLayout:
        """Add fields side by side, each under its name; buttons stand at their foot."""
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        for field in fields:
            if isinstance(field, QPushButton):
                row.addWidget(field, 0, Qt.AlignmentFlag.AlignBottom)
            else:
                row.addWidget(labelled(field.accessibleName(), field), 1)
        self.column.addLayout(row)
        return row

    def add_flow(self, *parts: QWidget) -> QWidget:
        """Add things that wrap where the room is narrow."""
        holder = QWidget()
        holder.setObjectName("plain")
        flow = Flow(holder, SPACE_2, SPACE_1)
        for part in parts:
            flow.addWidget(part)
        self.column.addWidget(holder)
        return holder

    def close_bar(self) -> None:
        """Put the bar away."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)
