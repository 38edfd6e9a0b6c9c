"""The facets: what narrows a search, as check lists with how much there is of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from storybank.domain.found import Facet
from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.fields import BOX, Tick, paint_tick
from ui.parts.page import scrolled
from ui.parts.text import label
from ui.search.narrowing import GROUPS, UNKNOWN, USABLE_FOR, Names, Narrowing
from ui.theme import NOTE_SIZE, SPACE_2, SPACE_3, SPACE_4, TARGET, font

SHOWN = 6
"""How many values of a facet are shown before one asks for more."""


class Facets(QWidget):
    """Check lists under one another. `above` holds what stands over them."""

    changed = Signal()

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self._tr = tr
        self._narrowing = Narrowing()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, SPACE_3, SPACE_4)
        column.setSpacing(SPACE_3)
        self.above = QVBoxLayout()
        self._clear = link_button(tr("Clear all filters"), self.clear)
        self._clear.setStyleSheet("padding: 0; text-align: left;")
        self._clear.hide()
        self._groups = {name: _Group(tr, tr(heading), partial(self._on_toggled, name))
                        for name, heading in GROUPS.items()}
        column.addLayout(self.above)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        for group in self._groups.values():
            column.addWidget(group)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inner))

    @property
    def narrowing(self) -> Narrowing:
        """Return what is checked."""
        return self._narrowing

    def offer(self, counted: Mapping[str, Sequence[Facet]], names: Names) -> None:
        """Show what there is of each value; what is checked stays, though there be nothing of it."""
        for name, group in self._groups.items():
            checked = self._narrowing.checked.get(name, frozenset())
            there = list(counted.get(name, ()))
            there += [Facet(key, 0, 0) for key in sorted(checked - {facet.key for facet in there})]
            group.show_values([(facet, names.of(name, facet.key)) for facet in there], checked)

    def narrow(self, narrowing: Narrowing) -> None:
        """Check exactly these, and say so."""
        self._narrowing = narrowing
        self._clear.setVisible(bool(narrowing))
        for name, group in self._groups.items():
            group.check(narrowing.checked.get(name, frozenset()))
        self.changed.emit()

    def check(self, name: str, key: str, checked: bool = True) -> None:
        """Check a value, or no longer, as a click would."""
        self.narrow(self._narrowing.with_key(name, key, on=checked))

    def clear(self) -> None:
        """Check nothing."""
        self.narrow(Narrowing())

    def shown(self, name: str) -> dict[str, str]:
        """Return the values of a facet that one sees, with their counts as they are written."""
        return self._groups[name].shown()

    def named(self, names: Names) -> list[tuple[str, str, str]]:
        """Return what is checked as facet, key and name; a use is named as what it asks for."""
        found = []
        for name in GROUPS:
            for key in sorted(self._narrowing.checked.get(name, ())):
                said = names.of(name, key)
                found.append((name, key, self._tr("usable for {use}", use=said) if name == USABLE_FOR else said))
        return found

    def _on_toggled(self, name: str, key: str, on: bool) -> None:
        self.check(name, key, on)


class _Group(QWidget):
    """A heading and its values; the boxes stay as counts change, so that the keyboard stays where it is."""

    def __init__(self, tr: Words, heading: str, toggled: Callable[[str, bool], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._heading, self._toggled = tr, heading, toggled
        self._boxes: dict[str, CountedTick] = {}
        self._order: list[str] = []
        self._all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(label(heading, "strong"))
        self._more: QPushButton = link_button("", self._show_all)
        self._more.setStyleSheet("padding: 0; text-align: left;")
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_values(self, values: Sequence[tuple[Facet, str]], checked: frozenset[str]) -> None:
        """Show these values in this order."""
        wanted = [facet.key for facet, _name in values]
        for key in [key for key in self._boxes if key not in wanted]:
            box = self._boxes.pop(key)
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        for place, (facet, name) in enumerate(values):
            box = self._boxes.get(facet.key) or self._new_box(facet.key)
            box.tell(name, facet, self._tr)
            if self._column.indexOf(box) != place + 1:
                self._column.insertWidget(place + 1, box)
        self._order = wanted
        self.check(checked)
        self.setVisible(bool(wanted))

    def check(self, checked: frozenset[str]) -> None:
        """Check exactly these."""
        for key, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(key in checked)
            box.blockSignals(False)
        self._fold()

    def shown(self) -> dict[str, str]:
        """Return the values that are not folded away, with their counts."""
        return {key: self._boxes[key].count for key in self._order if not self._boxes[key].isHidden()}

    def _new_box(self, key: str) -> CountedTick:
        box = self._boxes[key] = CountedTick("")
        box.toggled.connect(lambda on: self._toggled(key, on))
        return box

    def _fold(self) -> None:
        """Show the first few, and whatever is checked."""
        few = len(self._order) <= SHOWN + 1
        for place, key in enumerate(self._order):
            box = self._boxes[key]
            box.setVisible(self._all or few or place < SHOWN or box.isChecked() or box.hasFocus())
        hidden = sum(self._boxes[key].isHidden() for key in self._order)
        self._more.setVisible(bool(hidden) or (self._all and not few))
        said = self._tr.many("{n} more", "{n} more", hidden) if hidden else self._tr("Fewer")
        self._more.setText(said)
        self._more.setAccessibleName(f"{self._heading}: {said}")

    def _show_all(self) -> None:
        self._all = not self._all
        self._fold()


class CountedTick(Tick):
    """A box to tick, with how many hits have it at its right end."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.count = ""
        self.setMinimumHeight(TARGET)

    def tell(self, name: str, facet: Facet, tr: Words) -> None:
        """Say what it is called, and how much there is of it."""
        hits, stories = tr.many("{n} hit", "{n} hits", facet.hits), tr.many("{n} story", "{n} stories", facet.stories)
        said = tr("{hits} in {stories}", hits=hits, stories=stories)
        known = facet.hits != UNKNOWN
        self.count = f"{facet.hits}" if known else ""
        self.setText(name)
        self.setAccessibleName(f"{name}, {said}" if known else name)
        self.setToolTip(f"{name}\n{said}" if known else name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, TARGET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, role = QPainter(self), QPalette.ColorRole
        paint_tick(painter, QRectF(1, (self.height() - BOX) / 2, BOX, BOX), self.palette(), on=self.isChecked())
        painter.setFont(font(NOTE_SIZE))
        painter.setPen(self.palette().color(role.PlaceholderText))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self.count)
        room = self.rect().adjusted(BOX + 9, 0, -painter.fontMetrics().horizontalAdvance(self.count) - SPACE_2, 0)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(role.WindowText))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()
