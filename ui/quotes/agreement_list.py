"""Where coders differ: a list that plays, and the buttons and keys that settle it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.coding import Coder
from storybank.domain.transcript import Span
from storybank.services.compared import Differing
from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.flow import Flow
from ui.parts.said import timecode
from ui.parts.table import Column, Rows, Table
from ui.parts.text import note, section
from ui.quotes.agreement_table import coder_name
from ui.theme import SPACE_2, Tokens

SHORT = 34
"""Signs of what a button may say of somebody's name."""


class DisagreementList(QWidget):
    """Enter plays; 1 to 9 keep the code as the first, the second… gave it; 0 leaves it out."""

    play_asked = Signal(object)
    settle_asked = Signal(object, object)
    """A `Differing`, and what to keep: a span, or False."""

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        self.heading = section(tr("Where they differ"))
        self.rows = Rows[Differing](self._columns(), lambda one: one.id)
        self.table = Table(self.rows, tokens, tr("Where coders differ"))
        self.table.doubleClicked.connect(lambda _index: self._play())
        self.table.installEventFilter(self)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._offer())
        self._buttons = Flow(gap=SPACE_2)
        self.keys = note(tr(
            "Enter plays it. 1, 2… keep the code as that coder gave it, 0 leaves it out; Ctrl+Z undoes."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.heading)
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons)
        column.addWidget(self.keys)

    def put(self, found: Sequence[Differing]) -> None:
        """Show these; the place in the list stays where it was, so that one goes through them."""
        tr, at = self._tr, self.table.currentIndex().row()
        self.rows.put(found)
        self.heading.setText(tr.many("Where they differ: {n} place", "Where they differ: {n} places", len(found)))
        if found and not self.table.chosen():
            self.table.selectRow(min(max(at, 0), len(found) - 1))
        self.keys.setVisible(bool(found))
        self._offer()

    def leave_out(self, *, narrow: bool) -> None:
        """Leave out who did not give it, where room is short: all others did."""
        self.table.setColumnHidden(4, narrow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._play()
                return True
            if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
                self._settle(key - Qt.Key.Key_0)
                return True
        return super().eventFilter(watched, event)

    def _columns(self) -> list[Column[Differing]]:
        tr = self._tr
        return [
            Column(tr("Story"), lambda one: one.story_code, width=78),
            Column(tr("At"), lambda one: timecode(one.disagreement.span.start_ms),
                   lambda one: one.disagreement.span.start_ms, width=64),
            Column(tr("Code"), lambda one: one.code.short(tr.language), width=124),
            Column(tr("Given by"), lambda one: self._names(one.gave), width=116),
            Column(tr("Not by"), lambda one: ", ".join(coder_name(who, tr) for who in one.gave_not)
                   or tr("other borders"), width=116),
            Column(tr("Words"), lambda one: one.words),
        ]

    def _names(self, gave: Sequence[tuple[Coder, Span]]) -> str:
        return ", ".join(dict.fromkeys(coder_name(who, self._tr) for who, _span in gave))

    def _offer(self) -> None:
        """Show the buttons for the chosen one."""
        tr, made = self._tr, []
        for one in self.table.chosen()[:1]:
            made.append(quiet_button(tr("Play from there"), self._play))
            for number, (who, span) in enumerate(one.gave[:9], 1):
                name = coder_name(who, tr)[:SHORT]
                said = tr("{number}  Keep as {name}: {start}–{end}", number=number, name=name,
                          start=timecode(span.start_ms), end=timecode(span.end_ms))
                made.append(quiet_button(said, partial(self._settle, number)))
            made.append(quiet_button(tr("0  Leave it out"), lambda: self._settle(0)))
        self._buttons.show_only(made)

    def _play(self) -> None:
        for one in self.table.chosen()[:1]:
            self.play_asked.emit(one)

    def _settle(self, number: int) -> None:
        for one in self.table.chosen()[:1]:
            if number <= len(one.gave):
                self.settle_asked.emit(one, one.gave[number - 1][1] if number else False)
