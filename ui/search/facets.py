"""The facets: what narrows a search, as check lists; the use is one of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.fields import tick
from ui.parts.page import scrolled
from ui.parts.text import label
from ui.theme import SPACE_2, SPACE_3, SPACE_4

Choice = tuple[str, str]
GROUPS = ("usable_for", "blocks", "stakeholders", "provinces", "languages")
"""The facets by the names that a query calls them."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is checked, by facet."""

    checked: dict[str, frozenset[str]] = field(default_factory=dict)

    def filters(self) -> dict[str, frozenset[str] | str]:
        """Return the filters as a query takes them."""
        found: dict[str, frozenset[str] | str] = {
            name: keys for name, keys in self.checked.items() if keys and name != "usable_for"}
        if use := next(iter(self.checked.get("usable_for", ())), ""):
            found["usable_for"] = use
        return found


class Facets(QWidget):
    """Check lists under one another."""

    changed = Signal()

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self._tr = tr
        self._boxes: dict[str, dict[str, QCheckBox]] = {name: {} for name in GROUPS}
        self._offered: dict[str, Sequence[Choice]] = {}
        self._quiet = False
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, SPACE_2, SPACE_4)
        self._column.setSpacing(0)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inner))
        self._clear = link_button(tr("Clear all filters"), self.clear)

    def offer(self, choices: dict[str, Sequence[Choice]]) -> None:
        """Show these choices, each a key and its name; what is checked stays checked."""
        if choices == self._offered:
            return
        self._offered = choices
        checked = self.narrowing().checked
        self._empty()
        names = {"usable_for": self._tr("Usable for…"), "blocks": self._tr("Building block"),
                 "stakeholders": self._tr("Stakeholder"), "provinces": self._tr("Province or territory"),
                 "languages": self._tr("Language")}
        for name in GROUPS:
            self._add_group(name, names[name], choices.get(name, ()), checked.get(name, frozenset()))
        self._column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_clear()
        self._column.addStretch(1)

    def narrowing(self) -> Narrowing:
        """Return what is checked."""
        return Narrowing({
            name: frozenset(key for key, box in boxes.items() if box.isChecked())
            for name, boxes in self._boxes.items()
        })

    def named(self) -> list[tuple[str, str, str]]:
        """Return what is checked as facet, key and name; a use is named as what it asks for."""
        return [(name, key, self._tr("usable for {use}", use=box.text()) if name == "usable_for" else box.text())
                for name, boxes in self._boxes.items() for key, box in boxes.items() if box.isChecked()]

    def check(self, name: str, key: str, checked: bool = True) -> None:
        """Check a box, or no longer, as a click would."""
        self._boxes[name][key].setChecked(checked)

    def clear(self) -> None:
        """Check nothing."""
        self._quiet = True
        for boxes in self._boxes.values():
            for box in boxes.values():
                box.setChecked(False)
        self._quiet = False
        self._show_clear()
        self.changed.emit()

    def _add_group(self, name: str, heading: str, choices: Sequence[Choice], checked: frozenset[str]) -> None:
        self._boxes[name] = {}
        if not choices:
            return
        self._column.addWidget(label(heading, "strong"))
        for key, text in choices:
            box = tick(text, on=key in checked)
            box.setToolTip(text)
            box.toggled.connect(lambda on, name=name, key=key: self._on_toggled(name, key, on))
            self._boxes[name][key] = box
            self._column.addWidget(box)
        self._column.addSpacing(SPACE_3)

    def _on_toggled(self, name: str, key: str, on: bool) -> None:
        if self._quiet:
            return
        if name == "usable_for" and on:
            self._quiet = True
            for other, box in self._boxes[name].items():
                box.setChecked(other == key)
            self._quiet = False
        self._show_clear()
        self.changed.emit()

    def _show_clear(self) -> None:
        self._clear.setVisible(bool(self.named()))

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is self._clear:
                widget.hide()
            elif widget:
                widget.hide()
                widget.deleteLater()
