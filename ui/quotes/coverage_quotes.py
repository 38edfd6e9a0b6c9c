"""The quotes of one cell of the coverage matrix: the words, whose they are, what may be done with them, how used.

A card is dragged to a draft in the tray; P, or its button, asks into which.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.coverage import Entry, Matrix
from storybank.words import Words
from ui.consent.said import reasons_said, usable_said
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.chips import HEIGHT
from ui.parts.flow import Flow
from ui.parts.reason import ReasonBadge, with_reason
from ui.parts.rows import clear
from ui.parts.text import label, note, section
from ui.quotes.coverage_said import age_said, used_said
from ui.quotes.tray import drag_quotes
from ui.story.moments import quoted, span
from ui.story.signs import StarButton
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

AT_ONCE = 30
"""Cards made at a time; more come when asked for."""


class CoverageCard(Card):
    """A quote. A press plays it; it can be dragged."""

    played = Signal(str, int)
    starred = Signal(str, bool)
    put_asked = Signal(object, object)
    """Codes of quotes to be put into a draft, and where that was asked."""

    def __init__(self, tr: Words, tokens: Tokens, entry: Entry, matrix: Matrix, labels: Mapping[str, str]) -> None:
        super().__init__(pressable=True, pad=SPACE_3)
        self.entry = entry
        quote = entry.quote
        word, tone = usable_said(entry.answer.verdict, tr)
        reason = reasons_said(entry.answer, tr)
        self.badge = ReasonBadge(tokens, word, tone, reason)
        self.star = StarButton(tr, tokens, quote.important)
        self.body.setSpacing(SPACE_2)
        self.body.addWidget(label(quoted(quote.text, quote.language), wrap=True))
        self.body.addWidget(note(self._source(tr, labels)))
        facts = Flow(gap=SPACE_2, between_rows=SPACE_1)
        facts.addWidget(self.badge)
        for text, tone_of in ((used_said(entry, matrix, tr), "warn" if entry.is_overused else ""),
                              (age_said(entry, matrix, tr), "warn" if entry.is_stale(matrix.on) else "")):
            if text:
                fact = label(text[:1].upper() + text[1:], "note", tone=tone_of)
                fact.setMinimumHeight(HEIGHT)
                facts.addWidget(fact)
        self.put = link_button(tr("Put in…"), lambda: self.put_asked.emit([quote.code], self.put))
        self.put.setAccessibleName(tr("Put {code} into a draft", code=quote.code))
        row = QHBoxLayout()
        row.addLayout(facts, 1)
        row.addWidget(self.put, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.star, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self._pressed_at: QPoint | None = None
        self.body.addWidget(with_reason(self.badge, reason))
        self.setAccessibleName(tr("Quote {code}: {text}", code=quote.code, text=quote.text))
        self.setToolTip(tr("Press to play this quote"))
        self.pressed.connect(lambda: self.played.emit(entry.story_code, quote.start_ms))
        self.star.clicked.connect(lambda on: self.starred.emit(quote.id, on))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_P:
            self.put.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        away = event.position().toPoint() - self._pressed_at if self._pressed_at else QPoint()
        if self._pressed_at is not None and away.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            drag_quotes(self, [self.entry.quote.code])

    def _source(self, tr: Words, labels: Mapping[str, str]) -> str:
        """Return who says it, as they may be named, and where it is said."""
        entry, quote = self.entry, self.entry.quote
        roles = ", ".join(labels[key] for key in sorted(quote.codes) if key in labels)
        who = entry.named or roles or tr("Without a name")
        where = [entry.story_title] if entry.story_title != who else []
        return " · ".join([who, *where, span(quote.start_ms, quote.end_ms), quote.code])


class CoverageQuotes(QWidget):
    """The cards of a cell, and what there is to know of all of them."""

    played = Signal(str, int)
    starred = Signal(str, bool)
    put_asked = Signal(object, object)

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._tokens = tr, tokens
        self.usable: list[str] = []
        self.cards: list[CoverageCard] = []
        self._title, self.told = section(), note()
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE_3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE_1, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self.told)
        self.put_all = link_button("", lambda: self.put_asked.emit(self.usable, self.put_all))
        self.put_all.hide()
        column.addWidget(self.put_all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._column)
        column.addStretch(1)

    @property
    def title(self) -> str:
        """Return what is said above the cards."""
        return self._title.text()

    def show_cell(self, title: str, told: str, entries: list[Entry], matrix: Matrix,
                  labels: Mapping[str, str]) -> None:
        """Show a cell's quotes."""
        self._title.setText(title)
        self.told.setText(told)
        clear(self._column)
        self.cards = []
        self.usable = [entry.quote.code for entry in entries if entry.is_usable]
        self.put_all.setText(self._tr.many("Put {n} in…", "Put all {n} in…", len(self.usable)))
        self.put_all.setVisible(bool(self.usable))
        self._add(entries, matrix, labels)

    def _add(self, entries: list[Entry], matrix: Matrix, labels: Mapping[str, str]) -> None:
        for entry in entries[:AT_ONCE]:
            card = CoverageCard(self._tr, self._tokens, entry, matrix, labels)
            card.played.connect(self.played)
            card.starred.connect(self.starred)
            card.put_asked.connect(self.put_asked)
            self.cards.append(card)
            self._column.addWidget(card)
        if rest := entries[AT_ONCE:]:
            more = link_button(self._tr("Show {n} more", n=len(rest)))

            def go_on() -> None:
                more.hide()
                more.deleteLater()
                self._add(rest, matrix, labels)

            more.clicked.connect(go_on)
            self._column.addWidget(more)
