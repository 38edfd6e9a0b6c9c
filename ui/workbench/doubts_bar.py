"""Doubts bar: how much is left to listen to, what is odd about it, and what can be done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from storybank.words import Words
from ui.parts.buttons import link_button, quiet_button
from ui.parts.fields import line_field
from ui.parts.text import label, note
from ui.workbench.bars import Bar

MOST = 4
"""Words that are offered."""


class DoubtsBar(Bar):
    """How much is left, what is odd here, and what can be done about it."""

    def __init__(self, tr: Words) -> None:
        super().__init__(tr, tr("Doubtful words and flagged lines"))
        self.count = label("", "strong", wrap=True)
        self.before, self.next = quiet_button(tr("Before")), quiet_button(tr("Next"))
        self.add_row(self.count, self.before, self.next, stretch=self.count, closing=True)
        self.why = note("")
        self.column.addWidget(self.why)
        self.instead = line_field(tr("Write instead"), hint=tr("Write instead"))
        self.fix, self.fix_all = quiet_button(tr("Replace")), quiet_button(tr("Replace all the same"))
        self.instead.setMinimumWidth(120)
        self.offers = [link_button("") for _offer in range(MOST)]
        self.add_row(self.instead, self.fix, self.fix_all, stretch=self.instead)
        self.offered = self.add_flow(*self.offers)
        self.play, self.right = quiet_button(tr("Play it")), quiet_button(tr("It is right"))
        self.line_right, self.nobody = quiet_button(tr("The whole line is right")), quiet_button(tr("Nobody said it"))
        self.doing = self.add_flow(self.play, self.right, self.line_right, self.nobody)
        self.of_word: tuple[QWidget, ...] = (self.instead, self.fix, self.fix_all, self.right)

    def offer(self, words: list[str]) -> None:
        """Offer words to write instead."""
        for button, word in zip(self.offers, [*words, *[""] * MOST], strict=False):
            button.setText(word)
            button.setAccessibleName(word)
            button.setVisible(bool(word))
        self.offered.setVisible(bool(words))
