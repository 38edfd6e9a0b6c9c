"""Rows: the widgets of a list that is shown anew."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout


def clear(rows: QLayout) -> None:
    """Take every widget out of a layout, and let it go once nothing needs it any more."""
    while (item := rows.takeAt(0)) is not None:
        if old := item.widget():
            old.hide()
            old.deleteLater()
