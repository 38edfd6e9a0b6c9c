"""Chosen: the quotes of a draft in their order, each with the gate's answer; moved by keys or by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.clearance import Verdict
from storybank.domain.draft import Chosen
from storybank.services.building import QuoteAnswer
from storybank.words import Words
from ui.consent.said import stopped, usable_said
from ui.exports.writing import TwinField
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.chips import Tone
from ui.parts.fields import Choice, tick
from ui.parts.reason import ReasonBadge, with_reason
from ui.parts.rows import clear
from ui.parts.text import label, note
from ui.story.answer_offer import answer_offer
from ui.story.moments import quoted
from ui.theme import SPACE_1, SPACE_2, SPACE_3, Tokens

MIME = "application/x-storybank-chosen"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a quote may stand: keys with their words, the first for where its own block is."""

    known: Sequence[tuple[str, str]]


def answer_said(answer: QuoteAnswer | None, tr: Words) -> tuple[str, Tone, str]:
    """Return the gate's answer as a word, a sign and its reasons."""
    if answer is None:
        return tr("Asking…"), "plain", tr("The gate is being asked.")
    reasons = " ".join(dict.fromkeys(stopped(tr.sentence(one)) for one in answer.reasons))
    if answer.verdict is None:
        return tr("Gone"), "stop", reasons or tr("This quote is no longer in the library.")
    word, tone = usable_said(answer.verdict, tr)
    if not answer.allowed and tone == "good":
        word, tone = usable_said(Verdict.DENY, tr)
    return word, tone, reasons


class ChosenCard(Card):
    """A quote in its place. Arrows walk, Alt with arrows moves, Delete takes out, L puts it first."""

    moved = Signal(int)
    walked = Signal(int)
    removed = Signal()
    placed = Signal(str)
    led = Signal(bool)
    noted = Signal(object)
    left = Signal()
    answered = Signal(bool)
    """What somebody said who wanted to be asked first."""

    def __init__(self, tr: Words, tokens: Tokens, one: Chosen, places: Places) -> None:
        super().__init__(pad=SPACE_3)
        self.one = one
        self.answer: QuoteAnswer | None = None
        self._tr, self._tokens = tr, tokens
        self._pressed_at: QPoint | None = None
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text, self.who = label("", wrap=True), note()
        self._head = QVBoxLayout()
        self._head.setSpacing(SPACE_1)
        self.badge = ReasonBadge(tokens, "", "plain", "")
        self.body.addWidget(self.text)
        self.body.addWidget(self.who)
        self._build_ways()
        self.body.addLayout(self._head)
        self._build_place(tokens, places)
        self.language = "en"
        self._note: TwinField | None = None

    @property
    def note(self) -> TwinField:
        """Return the field that introduces it, which is there once somebody wants one."""
        if self._note is None:
            self._note = TwinField(self._tr, self._tr("How it is introduced"), quiet=True)
            self._note.typed.connect(self.noted)
            self._note.left.connect(self.left)
            self.body.addWidget(self._note)
            self._note.show_twin(self.one.note, self.language)
        return self._note

    @property
    def stops(self) -> list[QWidget]:
        """Return where Tab stops, in the order one sees it."""
        ways = [self, self.badge, self.up, self.down, self.add_note, self.take_out, self.place, self.lead]
        return [*ways, self._note.field] if self._note else ways

    def show_chosen(self, one: Chosen, language: str) -> None:
        """Show where it stands and what is said to introduce it."""
        self.one = one
        for widget, value in ((self.lead, one.lead),):
            widget.blockSignals(True)
            widget.setChecked(value)
            widget.blockSignals(False)
        self.place.blockSignals(True)
        self.place.choose(one.place)
        self.place.blockSignals(False)
        self.language = language
        if self._note is None and not one.note:
            return
        self.note.show_twin(one.note, language)
        self.note.setVisible(bool(one.note) or self.note.field.hasFocus())
        self.add_note.setVisible(self.note.isHidden())

    def show_answer(self, answer: QuoteAnswer | None, may_ask: Callable[[str], bool]) -> None:
        """Show its words and the gate's answer; the reason is one press away."""
        if answer is not None and answer == self.answer:
            return
        self.answer = answer
        word, tone, reason = answer_said(answer, self._tr)
        clear(self._head)
        self._ways.removeWidget(self.badge)
        self.badge.hide()
        self.badge.deleteLater()
        self.badge = ReasonBadge(self._tokens, word, tone, reason)
        self._ways.insertWidget(0, self.badge)
        QWidget.setTabOrder(self, self.badge)
        offer = None
        if answer and answer.verdict is Verdict.ASK_FIRST and may_ask(answer.quote):
            offer = answer_offer(self._tr, self.answered.emit)
        line = with_reason(self.badge, reason, offer)
        for part in (line, offer):
            if part:
                self._head.addWidget(part)
        text = quoted(answer.text, answer.language) if answer and answer.text else self.one.quote
        self.text.setText(text)
        credit = answer.credit if answer else ""
        self.who.setText(" · ".join(part for part in (credit, self.one.quote) if part))
        self.setAccessibleName(f"{self.one.quote}. {text} {word}. {reason}")

    def _build_place(self, tokens: Tokens, places: Places) -> None:
        tr = self._tr
        self.place = Choice(tokens, tr("Where it stands"), places.known)
        self.place.activated.connect(lambda _n: self.placed.emit(self.place.key))
        self.lead = tick(tr("First"))
        self.lead.setToolTip(tr("It stands on page 1, or first in a kit"))
        self.lead.clicked.connect(self.led)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.place, 1)
        row.addWidget(self.lead)
        self.body.addLayout(row)
        self.place.setVisible(len(places.known) > 1)

    def _build_ways(self) -> None:
        tr, row = self._tr, QHBoxLayout()
        self._ways = row
        row.setSpacing(0)
        row.addWidget(self.badge)
        row.addStretch(1)
        self.up = link_button(tr("Up"), lambda: self.moved.emit(-1))
        self.down = link_button(tr("Down"), lambda: self.moved.emit(1))
        self.add_note = link_button(tr("Introduce it"), self._begin_note)
        self.take_out = link_button(tr("Take out"), self.removed.emit)
        for button in (self.up, self.down, self.add_note):
            row.addWidget(button)
        row.addWidget(self.take_out)
        self.body.addLayout(row)

    def _begin_note(self) -> None:
        self.note.show()
        self.add_note.hide()
        self.note.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif step:
            self.walked.emit(step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() == Qt.Key.Key_L:
            self.led.emit(not self.one.lead)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = QApplication.startDragDistance()
        away = event.position().toPoint() - self._pressed_at if self._pressed_at else QPoint()
        if self._pressed_at is not None and away.manhattanLength() >= far:
            self._pressed_at = None
            drag, told = QDrag(self), QMimeData()
            told.setData(MIME, self.one.quote.encode())
            drag.setMimeData(told)
            drag.setPixmap(self.grab().scaledToWidth(260, Qt.TransformationMode.SmoothTransformation))
            drag.exec(Qt.DropAction.MoveAction)


def drop_place(cards: Sequence[QWidget], y: int) -> int:
    """Return before which of the cards something that is let go at this height belongs."""
    return sum(card.geometry().center().y() < y for card in cards)
