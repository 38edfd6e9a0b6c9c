"""Copying: words with their citation go to the clipboard, or places to a table, for a use that the gate allows."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from exports.attribution import credit, withheld, words_of
from exports.spreadsheets import write_csv
from exports.typography import clean
from storybank.domain.clearance import LeftOut
from storybank.domain.use import Use
from storybank.services.citing import Cited, CitedPlaces
from storybank.services.placing import put_in_place_last
from storybank.words import Words
from ui.parts.buttons import link_button, main_button
from ui.parts.fields import Choice
from ui.parts.said import timecode
from ui.parts.text import label
from ui.story.moments import quoted
from ui.theme import SPACE_2, Tokens


@dataclass(frozen=True, slots=True)
class Copied:
    """What goes out, and how much of it and why the rest does not."""

    text: str
    count: int
    left_out: tuple[str, ...]
    """Reasons, each once."""


def cited_text(cited: Cited, tr: Words) -> Copied:
    """Return quotes as they are cited: the words, who says them as far as they allowed, the story and the moment."""
    parts = [
        f"{quoted(words_of(one), one.quote.language)}\n— {credit(one, tr.language, cited.codes).text} "
        f"({one.story.code}, {timecode(one.quote.start_ms)})" for one in cited.cleared
    ]  # fmt: skip
    return Copied("\n\n".join(parts), len(parts), _reasons(cited.left_out, tr))


def save_places(cited: CitedPlaces, to: Path, tr: Words) -> Copied:
    """Write the places of a concordance as a table; one whose company says what may not be told is left out."""
    rows, hidden = [], 0
    for row, one in cited.cleared:
        whole = f"{row.left} {row.node} {row.right}"
        if withheld(whole, one, one.quote.language) != _untouched(whole):
            hidden += 1
            continue
        rows.append((row.story_code, timecode(row.moment_ms), credit(one, tr.language, cited.codes).text, row.left,
                     row.node, row.right))
    with put_in_place_last(to) as aside:
        write_csv(aside, (tr("Story"), tr("Time"), tr("Speaker"), tr("before"), tr("found"), tr("after")), rows)
    reasons = _reasons(cited.left_out, tr)
    if hidden:
        reasons += (tr("A name or a place that may not be told is said near it."),)
    return Copied("", len(rows), reasons)


def _untouched(text: str) -> str:
    """Return a text as `withheld` leaves one in which nothing has to be withheld."""
    return unicodedata.normalize("NFC", clean(text))


def _reasons(left_out: Sequence[LeftOut], tr: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tr.sentence(reason) for one in left_out for reason in one.reasons[:1]))


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
