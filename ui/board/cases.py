"""Withdrawals: who said stop, how long there is to answer, and what is still to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.withdrawal import Choice, TaskState, WithdrawalCase
from storybank.words import Words
from ui.board.said import deadline_said
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.chips import Badge
from ui.parts.empty import Empty
from ui.parts.page import scrolled
from ui.parts.said import N_, day
from ui.parts.text import cut, label, note, section
from ui.theme import SPACE_2, SPACE_3, SPACE_6, Tokens

CHOICES = {
    Choice.UNDECIDED: N_("recordings: not decided yet"), Choice.SEAL: N_("recordings: sealed"),
    Choice.ANONYMISE: N_("recordings: made nameless"), Choice.ERASE: N_("recordings: erased"),
}
WIDTH = 860


class Cases(QStackedWidget):
    """Open cases first, the nearest deadline on top; closed ones beneath."""

    asked = Signal(str)

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._tokens = tr, tokens
        self._area = scrolled(QWidget())
        self.addWidget(self._area)
        self.addWidget(Empty(tr("Nobody has said stop"), tr(
            "When somebody takes their consent back, the case stands here until everybody has been told.")))
        self.buttons: dict[str, QWidget] = {}

    def show_cases(self, cases: Sequence[WithdrawalCase], names: Mapping[str, str], today: date) -> None:
        """Show every case."""
        self.buttons = {}
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, SPACE_6)
        column.setSpacing(SPACE_3)
        still = sorted((case for case in cases if case.is_open), key=lambda case: case.deadline or date.max)
        closed = [case for case in reversed(cases) if not case.is_open]
        for words, those in ((self._tr("Still to be done"), still), (self._tr("Closed"), closed)):
            if those:
                column.addWidget(section(words))
            for case in those:
                column.addWidget(self._card(case, names.get(case.contributor_id, ""), today))
        column.addStretch(1)
        self._area.setWidget(inside)
        self.setCurrentIndex(0 if cases else 1)

    def _card(self, case: WithdrawalCase, name: str, today: date) -> Card:
        tr, card = self._tr, Card()
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(cut(f"{case.code} · {name}", "name"), 1)
        if case.is_open:
            row.addWidget(Badge(self._tokens, *deadline_said(case, today, tr)))
        words = tr("Go on") if case.is_open else tr("Look at it")
        button = quiet_button(words, lambda: self.asked.emit(case.code))
        button.setAccessibleName(f"{words} {case.code} {name}")
        self.buttons[case.code] = button
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        card.body.addWidget(label(" · ".join(self._said(case)), wrap=True))
        if case.outcome:
            card.body.addWidget(note(case.outcome))
        card.body.setSpacing(SPACE_2)
        return card

    def _said(self, case: WithdrawalCase) -> list[str]:
        tr, language = self._tr, self._tr.language
        done = sum(task.state is not TaskState.OPEN for task in case.tasks)
        said = [tr("Said on {day}", day=day(case.received_at, language)),
                tr("{done} of {all} things done", done=done, all=len(case.tasks)), tr(CHOICES[case.choice])]
        if case.closed_at:
            said.append(tr("closed on {day}", day=day(case.closed_at, language)))
        elif case.deadline:
            said.append(tr("answer by {day}", day=day(case.deadline, language)))
        return said
