"""Times: moments of a recording as people type them, such as 1:05, read into milliseconds."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from storybank.errors import Invalid
from storybank.words import say
from ui.parts.fields import line_field
from ui.parts.said import timecode


def time_field(name: str, at_ms: int | None = None) -> QLineEdit:
    """Return a field for a moment of a recording."""
    return line_field(name, timecode(at_ms) if at_ms is not None else "", "00:19")


def moment_in(field: QLineEdit) -> int:
    """Return the moment in a field in milliseconds; raise `Invalid` saying how to write one."""
    return moment_of(field.text())


def moment_of(text: str) -> int:
    """Return a moment that somebody typed, in milliseconds; raise `Invalid` saying how to write one."""
    parts = text.strip().replace(",", ".").split(":")
    try:
        seconds = [float(part) for part in parts]
        if not 1 <= len(seconds) <= 3 or min(seconds) < 0:
            raise ValueError
    except ValueError as error:
        raise Invalid(say("“{time}” is not a moment of a recording.", time=text.strip()),
                      hint=say("Write minutes and seconds, as 1:05.")) from error
    whole = 0.0
    for part in seconds:
        whole = whole * 60 + part
    return round(whole * 1000)
