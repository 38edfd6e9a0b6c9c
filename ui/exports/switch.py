"""Switch: which language of a draft is shown, and what the other one still lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from storybank.words import Words
from ui.exports.writing import LANGUAGES, said_language
from ui.parts.buttons import segment_button
from ui.theme import SPACE_2

_NAMED = 6


class LanguageSwitch(QFrame):
    """EN and FR side by side; what a language lacks is counted on its side and named when one rests on it."""

    chosen = Signal(str)
    asked = Signal(str, str)

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self.setObjectName("well")
        self._tr = tr
        self.language, self._is_short = "en", False
        self._missing: Mapping[str, Sequence[tuple[str, str]]] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        group = QButtonGroup(self)
        self.sides = {}
        for language in LANGUAGES:
            side = segment_button(language.upper(), partial(self.chosen.emit, language))
            group.addButton(side)
            row.addWidget(side)
            self.sides[language] = side

    def turn(self) -> None:
        """Show the other language."""
        self.chosen.emit("en" if self.language == "fr" else "fr")

    def set_short(self, short: bool) -> None:
        """Count what is missing without saying that it is, where room is short; to rest on it still tells."""
        if short is not self._is_short:
            self._is_short = short
            self.show_state(self.language, self._missing)

    def show_state(self, language: str, missing: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Show which language is shown, and what each one lacks that the draft is made in."""
        tr, self.language, self._missing = self._tr, language, missing
        for one, side in self.sides.items():
            lacking = [name for _place, name in missing.get(one, ())]
            side.setChecked(one == language)
            short = one.upper()
            said = tr("{language} · {n} missing", language=short, n=len(lacking))
            side.setText(short if not lacking else f"{short} · {len(lacking)}" if self._is_short else said)
            named = said_language(one, tr)
            if one not in missing:
                told = tr("{language}: the draft is not made in it.", language=named)
            elif lacking:
                more = ", …" if len(lacking) > _NAMED else ""
                names = ", ".join(lacking[:_NAMED]) + more
                told = tr("{language}: still missing: {names}", language=named, names=names)
            else:
                told = tr("{language}: nothing is missing.", language=named)
            side.setToolTip(told)
            side.setAccessibleName(told)


def column_of(*parts: QWidget) -> QWidget:
    """Return parts one under another; the last takes the room that is left."""
    holder = QWidget()
    holder.setObjectName("plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE_2)
    for part in parts[:-1]:
        row = QHBoxLayout()
        row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
    column.addWidget(parts[-1], 1)
    return holder
