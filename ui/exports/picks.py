"""Picks: a line of codes with a menu of what may stand in it, so that no code need be known by heart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from storybank.words import Words
from ui.parts.buttons import link_button
from ui.theme import SPACE_2


def with_picks(tr: Words, line: QLineEdit, offered: Callable[[], Sequence[tuple[str, str]]]) -> QWidget:
    """Return the line with a button beside it; what is picked comes into the line, or goes if it is there."""
    holder, menu = QWidget(), QMenu(line)
    holder.setObjectName("plain")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_2)

    def turn(key: str) -> None:
        there = _codes(line.text())
        line.setText(", ".join([one for one in there if one != key] if key in there else [*there, key]))
        line.textEdited.emit(line.text())
        line.editingFinished.emit()

    def offer() -> None:
        menu.clear()
        there = _codes(line.text())
        for key, said in offered():
            act = menu.addAction(said.replace("&", "&&"), partial(turn, key))
            act.setCheckable(True)
            act.setChecked(key in there)
        if menu.isEmpty():
            menu.addAction(tr("No quotes yet")).setEnabled(False)

    menu.aboutToShow.connect(offer)
    button = link_button(tr("Choose…"), lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
    button.setAccessibleName(tr("{title}: {message}", title=line.accessibleName(), message=tr("Choose…")))
    row.addWidget(line, 1)
    row.addWidget(button)
    return holder


def _codes(text: str) -> list[str]:
    return text.upper().replace(",", " ").split()
