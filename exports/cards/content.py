"""Content: what a card tells, already permitted, whatever it will look like."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a card shows."""

    text: str
    language: str
    """Of the text; its quotation marks follow from it."""
    credit: tuple[str, ...]
    """Who says it, in lines, exactly as permitted."""
    label: str
    colour: str
    """Of the building block."""
    foot: str
    """The series, the quote's number and “Used with permission”: on every card."""
    face: Image.Image | None = None
    """A still of the person; only where the picture may be used."""
    notice: str = ""
    """Labels of the communities that must stand beside the quote, by name."""
    mark: str = ""
    """What must be told of the words themselves: that they are a translation."""
