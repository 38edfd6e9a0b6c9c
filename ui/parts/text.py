"""Text: labels that show plain text only, whatever a file or a person put into it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget


def label(text: str = "", role: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """Return a label; `role` is `page`, `section`, `name`, `reading`, `strong`, `soft` or `note`."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


class CutLabel(QLabel):
    """A line that ends in an ellipsis where room is short, and says the whole when one rests on it."""

    _whole = ""
    """What was cut off when it was painted last."""

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.text()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        if shown != whole or self.toolTip() == self._whole:
            self._whole = whole if shown != whole else ""
            self.setToolTip(self._whole)
        if shown == whole:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()


def cut(text: str = "", role: str = "") -> CutLabel:
    """Return a label of one line that gives way where room is short."""
    made = CutLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("role", role)
    return made


def title(text: str = "") -> QLabel:
    """Return the title of a page."""
    return label(text, "page")


def section(text: str = "") -> QLabel:
    """Return the title of a part of a page."""
    return label(text, "section")


def note(text: str = "", *, wrap: bool = True) -> QLabel:
    """Return a few words in second text."""
    return label(text, "note", wrap=wrap)


def soft(text: str = "", *, wrap: bool = False) -> QLabel:
    """Return interface text in the colour of second text."""
    return label(text, "soft", wrap=wrap)


def hairline() -> QFrame:
    """Return a line for where space alone cannot divide."""
    line = QFrame()
    line.setObjectName("hair")
    return line


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Change what the style sheet looks at, and dress the widget again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
