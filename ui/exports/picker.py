"""Picker: every quote with the gate's answer for what the draft is for; those that are ticked are put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.draft import Draft
from storybank.services.answering import uses_of
from storybank.words import Words
from ui.exports.answers import Answered, QuoteRows, answered
from ui.exports.said import usual_said
from ui.parts.buttons import link_button, quiet_button
from ui.parts.page import search_field
from ui.parts.table import Table
from ui.parts.text import label, note, section
from ui.search.asking import Asking
from ui.theme import SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

ROW = 76


class Picker(QWidget):
    """Lies over the chosen quotes while one adds to them. Enter in the field goes to the first, Esc puts it away."""

    picked = Signal(object)
    """Codes of quotes to put in."""
    closed = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr = app, tr
        self.asking = Asking(app, self)
        self.rows = QuoteRows(tr)
        self.table = Table(self.rows, tokens, tr("Quotes and whether they may leave"), row_height=ROW)
        self.table.setColumnWidth(0, 152)
        self.table.setColumnWidth(2, 150)
        self._all: list[Answered] = []
        self._usual = ""
        self._build()
        self.search.textChanged.connect(self._sift)
        self.search.returnPressed.connect(self._to_table)
        self.rows.ticked_changed.connect(self._count)
        self.table.selectionModel().selectionChanged.connect(self._tell_why)

    def begin(self, draft: Draft) -> None:
        """Ask the gate about every quote that is not in the draft yet."""
        self.search.clear()
        self.rows.forget_ticks()
        self._all = []
        self._sift()
        self.told.setText(self._tr("Asking…"))
        app, tr, uses, until, known = self._app, self._tr, uses_of(draft), draft.until, set(draft.codes)
        self._usual = "" if draft.uses else usual_said(draft, app.browsing.uses(), tr)

        def ask() -> list[Answered]:
            people = {card.line.id: ", ".join(card.line.people) for card in app.browsing.cards()}
            names = {person.id: person.name for person in app.people.all()}
            rows = answered(app.exporting.select(None, uses, until), people, names, tr)
            return [row for row in rows if row.quote.code not in known]

        self.asking.beside("all", ask, self._show)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        tr = self._tr
        self.search = search_field(tr("Search quotes, people, codes"))
        self.search.setMaximumWidth(16_777_215)
        self.told, self.reason = note(), label("", "soft", wrap=True)
        self.reason.setAccessibleName(tr("Why the chosen quote may leave, or not"))
        self.put = quiet_button(tr("Put in"), self._put)
        self.every = link_button(tr("All that may be used"), self._put_all)
        self.away = link_button(tr("Close"), self.closed.emit)
        head = QHBoxLayout()
        head.addWidget(section(tr("Add quotes")), 1)
        head.addWidget(self.away)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.put)
        foot.addWidget(self.every)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addWidget(self.reason)
        column.addLayout(foot)

    def _show(self, rows: list[Answered]) -> None:
        self._all = rows
        self._sift()

    def _sift(self) -> None:
        """Show the quotes in which every word is found that was typed."""
        wanted = self.search.text().casefold().split()
        found = [row for row in self._all if all(word in _text_of(row) for word in wanted)]
        self.rows.put(found)
        self._count()

    def _count(self) -> None:
        tr, ticked = self._tr, self.rows.ticked
        usable = [row for row in self.rows.rows if row.allowed]
        found = tr("{shown} shown, {usable} may be used", shown=len(self.rows.rows), usable=len(usable))
        self.told.setText(f"{found}. {self._usual}" if self._usual else found)
        self.put.setText(tr.many("Put {n} in", "Put {n} in", len(ticked)) if ticked else tr("Put in"))
        self.put.setEnabled(bool(ticked))
        self.every.setEnabled(bool(usable))
        self._tell_why()

    def _tell_why(self) -> None:
        chosen: Sequence[Answered] = self.table.chosen()[:1]
        self.reason.setText("".join(f"{row.quote.code}: {row.reason}" for row in chosen))
        self.reason.setVisible(bool(chosen))

    def _to_table(self) -> None:
        if self.rows.rows:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self) -> None:
        self.picked.emit(self.rows.ticked)

    def _put_all(self) -> None:
        self.picked.emit([row.quote.code for row in self.rows.rows if row.allowed])


def _text_of(row: Answered) -> str:
    return f"{row.quote.text} {row.speaker} {row.quote.code} {' '.join(row.quote.codes)}".casefold()
