"""Help: what can be asked, with examples that run when they are pressed; and what to try where nothing was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from storybank.domain.found import Easing
from storybank.domain.query import Query
from storybank.words import Sentence, Words
from ui.parts.buttons import link_button, quiet_button
from ui.parts.page import scrolled
from ui.parts.rows import clear
from ui.parts.text import label, section, soft
from ui.theme import SPACE_1, SPACE_3, SPACE_4, SPACE_5
from ui.tongue import language

if TYPE_CHECKING:
    from ui.wiring import App

EXAMPLE = 170
WIDTH = 720
"""As wide as its sentences are easy to read."""


@dataclass(frozen=True, slots=True)
class NoHits:
    """Why a question has no answer, and what to ask instead."""

    reasons: tuple[Sentence, ...]
    meant: tuple[str, ...]
    easings: tuple[Easing, ...]


def no_hits(app: App, query: Query) -> NoHits:
    """Return why nothing was found. It asks the library several times."""
    named = {code.key: code.label(language()) for code in app.quoting.codes()}
    return NoHits(tuple(app.unfound.reasons(query, named)), tuple(app.completing.did_you_mean(query)),
                  tuple(app.completing.easings(query)))


class Help(QWidget):
    """A few words and things to press."""

    chosen = Signal(str)
    """A text to search for."""
    eased = Signal(object)
    """An `Easing` to ask for."""
    unfiltered = Signal()
    synonyms_wanted = Signal()

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self._tr = tr
        self.text = ""
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, SPACE_4, 0, SPACE_4)
        self._column.setSpacing(SPACE_1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inner))
        self.show_examples()

    def show_examples(self) -> None:
        """Say what can be asked, with examples that run."""
        tr = self._tr
        self._begin(tr("Find any sentence again"),
                    tr("Words are found in all their forms, in English and in French, with or without accents. "
                       "Press an example to try it."))
        self._rows([(text, meaning, self._run(text)) for text, meaning in self._words()])
        self._head(tr("Only some of it"))
        self._rows([(text, meaning, self._run(text)) for text, meaning in self._fields()])
        self._say(tr("The lists at the left narrow it down as well."))
        self._head(tr("In the list of hits"))
        self._say(tr("Enter opens the story there · Space plays it here · T tags it, 1–9 with recent tags · I marks it "
                     "as important · W tells why it may be used · Ctrl+C copies it with its citation · Shift and the "
                     "arrows choose several"))
        self._column.addSpacing(SPACE_3)
        more = quiet_button(tr("Words that mean the same…"), self.synonyms_wanted.emit)
        more.setToolTip(tr("Whoever searches for one of them finds the others too"))
        self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def show_waiting(self) -> None:
        """Say that an answer is on its way."""
        self._begin(self._tr("Searching…"), "")
        self._column.addStretch(1)

    def show_no_hits(self, why: NoHits | None, filters: Sequence[str]) -> None:
        """Say that nothing was found, which word is to blame, and what else to try, with what that finds.

        While it is not known yet why, only say that, and what it is narrowed to.
        """
        tr = self._tr
        self._begin(tr("Nothing was found"), " ".join(map(tr.sentence, why.reasons)) if why else "")
        if filters:
            self._say(tr("It is narrowed to: {filters}.", filters=" · ".join(filters)))
        if why is None:
            self._column.addStretch(1)
            return
        if why.meant:
            self._head(tr("Did you mean"))
            self._rows([(text, "", self._run(text)) for text in why.meant])
        if why.easings:
            self._head(tr("Ask for less"))
            self._rows([(tr.sentence(one.said), tr.many("{n} hit", "{n} hits", one.total), self._ease(one))
                        for one in why.easings])
        if filters and not any(not one.keep_filters for one in why.easings):
            self._column.addSpacing(SPACE_3)
            self._column.addWidget(quiet_button(tr("Search without filters"), self.unfiltered.emit), 0,
                                   Qt.AlignmentFlag.AlignLeft)
        if not filters and not why.easings and not why.meant:
            self._say(tr("Try another word for it, or the beginning of a word with a star: {example}", example="gard*"))
        self._column.addStretch(1)

    def _words(self) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            (tr("prescription"), tr("a word and its forms")),
            (tr("garden trust"), tr("both words, in one passage")),
            (tr("garden OR walk"), tr("one of them is enough")),
            (tr("garden -pain"), tr("the first without the second")),
            (tr('"community garden"'), tr("words that stand together")),
            (tr('"garden key"~8'), tr("words that stand near each other")),
            (tr("med*"), tr("words that begin so")),
            (tr("=train"), tr("exactly this word")),
        ]

    def _fields(self) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            (tr("speaker:amina"), tr("what one person says")),
            (tr("block:bridges"), tr("what is tagged with it; stakeholder: and code: likewise")),
            (tr("year:2025 lang:fr"), tr("by when and in which language; also province:, before: and after:")),
            (tr("usable:website"), tr("what may be used for it today")),
            (tr("is:important"), tr("what is marked; also is:tagged, is:untagged, has:quote and has:memo")),
        ]

    def _begin(self, title: str, text: str) -> None:
        clear(self._column)
        self.text = f"{title} {text}"
        self._column.addWidget(section(title))
        words = label(text, "soft", wrap=True)
        words.setMaximumWidth(WIDTH)
        self._column.addWidget(words)

    def _head(self, text: str) -> None:
        self.text = f"{self.text} {text}"
        head = label(text, "strong")
        head.setContentsMargins(0, SPACE_4, 0, 0)
        self._column.addWidget(head)

    def _say(self, text: str) -> None:
        self.text = f"{self.text} {text}"
        words = soft(text, wrap=True)
        words.setMaximumWidth(WIDTH)
        words.setContentsMargins(0, SPACE_3, 0, 0)
        self._column.addWidget(words)

    def _rows(self, rows: Sequence[tuple[str, str, Callable[[], None]]]) -> None:
        holder = QWidget()
        holder.setObjectName("plain")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_5)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, EXAMPLE)
        for number, (text, meaning, pressed) in enumerate(rows):
            self.text = f"{self.text} {text} {meaning}"
            button = link_button(text, pressed)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.setAccessibleDescription(meaning)
            button.setStyleSheet("padding: 0; text-align: left;")
            grid.addWidget(button, number, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(soft(meaning, wrap=True), number, 1)
        self._column.addWidget(holder)

    def _run(self, text: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(text)

    def _ease(self, one: Easing) -> Callable[[], None]:
        return lambda: self.eased.emit(one)
