"""Colours: what a code is painted in, its own colour where it has one, else the one that the theme has for it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor

from storybank.domain.codebook import Code
from storybank.domain.colour import as_hex, on_dark
from ui.theme import Tokens


def colour_of(code: Code | None, tokens: Tokens) -> QColor:
    """Return the colour of a code's stripe, swatch and chip; in the dark its own colour is lit up to be read."""
    own = as_hex(code.colour) if code else ""
    if not own:
        return tokens.color(code.key if code else "soft")
    return QColor(own if tokens.name == "light" else on_dark(own))


def colours_of(codes: Iterable[Code], tokens: Tokens) -> dict[str, QColor]:
    """Return the colour of each code by its key, for those who paint many."""
    return {code.key: colour_of(code, tokens) for code in codes}
