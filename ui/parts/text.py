"""Text: labels that show plain text only, whatever a file or a person put into it."""

from __future__ import annotations

from PySide6.QtCore import Qt
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
