"""Index of the forms: each version with its sign, then the uses people are asked about, and who answers for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.notice import Notice
from storybank.words import Words
from ui.board.form_reading import people_said, sign_of, since_said
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.chips import Badge
from ui.parts.rows import clear
from ui.parts.text import label, note, section
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_6, Tokens


class FormIndex(QWidget):
    """Cards to choose from, with the mouse or with Tab and Enter."""

    opened = Signal(str)
    another_asked = Signal()

    def __init__(self, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._tr, self._tokens = tr, tokens
        self.cards: dict[str, Card] = {}
        self._shown: object = None
        self._forms = QVBoxLayout()
        self._forms.setSpacing(SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE_3, SPACE_6)
        column.setSpacing(SPACE_2)
        column.addWidget(section(tr("Consent forms")))
        column.addLayout(self._forms)
        self.another_button = quiet_button(tr("Another form…"), self.another_asked.emit)
        column.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(SPACE_3)
        column.addWidget(section(tr("Behind the forms")))
        self._fixed = {"uses": (tr("Uses people are asked about"), tr("Their names in English and French")),
                       "owner": (tr("Who answers for this library"), tr("As receipts and letters say it"))}
        for key, (heading, about) in self._fixed.items():
            column.addWidget(self._card(key, heading, [about]))
        column.addStretch(1)

    def put(self, notices: Sequence[Notice], people: Mapping[str, int]) -> None:
        """Show these forms; what has not changed stays, and the keyboard stays on it."""
        wanted = [(notice, people.get(notice.id, 0)) for notice in notices]
        if wanted == self._shown:
            return
        self._shown = wanted
        on = next((key for key, card in self.cards.items() if card.hasFocus()), "")
        chosen = next((key for key, card in self.cards.items() if card.property("chosen")), "")
        clear(self._forms)
        self.cards = {key: self.cards[key] for key in self._fixed}
        for notice, number in wanted:
            self._forms.addWidget(self._form(notice, number))
        self._order_tabs([notice.id for notice in notices])
        self.choose(chosen)
        if on in self.cards:
            self.cards[on].setFocus()

    def choose(self, chosen: str) -> None:
        """Show which one is open."""
        for key, card in self.cards.items():
            card.set_chosen(key == chosen)

    def _order_tabs(self, forms: Sequence[str]) -> None:
        order: list[QWidget] = [*(self.cards[key] for key in forms), self.another_button,
                                *(self.cards[key] for key in self._fixed)]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _form(self, notice: Notice, people: int) -> Card:
        tr, sign = self._tr, sign_of(notice, self._tr)
        said = [f"{notice.name} · {since_said(notice, tr)}", people_said(people, tr)]
        return self._card(notice.id, notice.title, said, Badge(self._tokens, *sign) if sign else None)

    def _card(self, key: str, heading: str, said: Sequence[str], badge: Badge | None = None) -> Card:
        card = Card(pressable=True, pad=SPACE_3)
        card.body.setSpacing(SPACE_1)
        card.body.addWidget(label(heading, "strong", wrap=True))
        for line in said:
            card.body.addWidget(note(line))
        if badge:
            row = QHBoxLayout()
            row.addWidget(badge)
            row.addStretch(1)
            card.body.addLayout(row)
        card.setAccessibleName(". ".join([heading, *said, *([badge.word] if badge else [])]))
        card.pressed.connect(partial(self.opened.emit, key))
        self.cards[key] = card
        return card
