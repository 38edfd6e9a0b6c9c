"""Help: what the Search page says while nothing is asked, and when nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.query import Term
from storybank.words import Words
from ui.parts.buttons import link_button, quiet_button
from ui.parts.page import scrolled
from ui.parts.text import label, section, soft
from ui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5


class Help(QWidget):
    """A few words and things to press."""

    chosen = Signal(str)
    """A text to search for."""
    unfiltered = Signal()

    def __init__(self, tr: Words) -> None:
        super().__init__()
        self._tr = tr
        self.text = ""
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, SPACE_5, 0, SPACE_4)
        self._column.setSpacing(SPACE_2)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inner))
        self.show_examples()

    def show_examples(self) -> None:
        """Say what can be asked."""
        tr = self._tr
        self._begin(tr("Find any sentence again"),
                    tr("Words are found in all their forms, in English and in French, with or without accents."))
        for example, meaning in (
            (tr("prescription"), tr("a word and its forms")),
            (tr('"community garden"'), tr("words that stand together")),
            (tr("med*"), tr("words that begin so")),
            (tr("=train"), tr("exactly this word")),
        ):
            self._offer(example, meaning)
        self._column.addWidget(soft(tr("The lists at the left narrow it down: by building block, by who speaks, by "
                                       "place, or to what may be used."), wrap=True))
        self._column.addStretch(1)

    def show_no_hits(self, alone: Sequence[tuple[Term, int]], *, filtered: bool) -> None:
        """Say that nothing was found, which word is to blame, and what else to try."""
        tr = self._tr
        self._begin(tr("Nothing was found"), self._blame(alone, filtered=filtered))
        for term, count in alone:
            if count and (len(alone) > 1 or filtered):
                text = _typed(term)
                self._offer(text, tr.many("{n} passage without the rest", "{n} passages without the rest", count))
        for term, count in alone:
            if not count and not term.prefix and len(term.surface[-1]) > 4:
                self._offer(f"{term.surface[-1][:4]}*", tr("words that begin so"))
        if filtered:
            self._column.addWidget(quiet_button(tr("Search without filters"), self.unfiltered.emit), 0,
                                   Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def _blame(self, alone: Sequence[tuple[Term, int]], *, filtered: bool) -> str:
        missing = [_typed(term) for term, count in alone if not count]
        if missing:
            return self._tr("Nobody says {words}.", words=", ".join(missing))
        if filtered:
            return self._tr("The filters leave nothing.")
        return self._tr("Each of the words is said, but not together in one passage.")

    def _begin(self, title: str, text: str) -> None:
        while (item := self._column.takeAt(0)) is not None:
            _drop(item.widget(), item.layout())
        self.text = f"{title} {text}"
        self._column.addWidget(section(title))
        words = label(text, "soft", wrap=True)
        self._column.addWidget(words)
        self._column.addSpacing(SPACE_3)

    def _offer(self, text: str, meaning: str) -> None:
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        button = link_button(text, lambda: self.chosen.emit(text))
        button.setMinimumWidth(180)
        button.setStyleSheet("text-align: left;")
        row.addWidget(button)
        row.addWidget(soft(meaning), 1)
        self.text = f"{self.text} {text} {meaning}"
        self._column.addWidget(holder)


def _typed(term: Term) -> str:
    """Return a term as one would type it."""
    words = " ".join(term.surface)
    if len(term.words) > 1:
        return f'"{words}"'
    return f"={words}" if term.exact else f"{words}*" if term.prefix else words


def _drop(widget: QWidget | None, _layout: object) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
