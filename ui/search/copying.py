"""Copying: words with their citation go to the clipboard, for a use that the gate allows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from exports.attribution import credit, words_of
from storybank.domain.use import Use
from storybank.services.citing import Cited
from storybank.words import Words
from ui.parts.buttons import link_button, main_button
from ui.parts.fields import Choice
from ui.parts.said import timecode
from ui.parts.text import label
from ui.search.places import Copied, reasons_of
from ui.story.moments import quoted
from ui.theme import SPACE_2, Tokens


def cited_text(cited: Cited, tr: Words) -> Copied:
    """Return quotes as they are cited: the words, who says them as far as they allowed, the story and the moment."""
    parts = [
        f"{quoted(words_of(one), one.quote.language)}\n— {credit(one, tr.language, cited.codes).text} "
        f"({one.story.code}, {timecode(one.quote.start_ms)})" for one in cited.cleared
    ]  # fmt: skip
    return Copied("\n\n".join(parts), len(parts), reasons_of(cited.left_out, tr))


class CopyBar(QWidget):
    """A line of the page that asks what words are wanted for, before they are copied."""

    chosen = Signal(str)
    """Key of the use."""
    left = Signal()

    def __init__(self, tr: Words, tokens: Tokens, uses: Sequence[Use]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._about = label("", "strong")
        self.uses = Choice(tokens, tr("What is it for?"), [(use.key, use.label(tr.language)) for use in uses])
        self._do = main_button(tr("Copy"), self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self._about)
        row.addWidget(self.uses)
        row.addStretch(1)
        row.addWidget(link_button(tr("Cancel"), self._leave))
        row.addWidget(self._do)
        self.hide()

    def ask(self, about: str, what: str, use: str) -> None:
        """Ask; the use that was chosen last is offered."""
        self._about.setText(about)
        self._do.setText(what)
        self._do.setAccessibleName(what)
        if use:
            self.uses.choose(use)
        self.show()
        self.uses.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        self.hide()
        self.chosen.emit(self.uses.key)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
