"""Reading a form: its text as people are given it, whom they can tell, what it asks about, and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from storybank.domain.notice import Notice
from storybank.domain.use import Use
from storybank.words import Words
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.chips import Tone
from ui.parts.flow import Flow
from ui.parts.said import N_, day
from ui.parts.text import hairline, label, note
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_5

LANGUAGES = {"en": N_("English"), "fr": N_("French")}
_TO_FILL_IN = re.compile(r"\[[^\[\]]+\]")


class FormReading(Card):
    """One version of a form. It never changes; a new text is a new version."""

    word_asked = Signal(object)
    version_asked = Signal(object)
    other_asked = Signal(object)

    def __init__(self, tr: Words, notice: Notice, people: int, uses: Mapping[str, Use], other: Notice | None) -> None:
        super().__init__(pad=SPACE_5)
        self._tr, self.notice = tr, notice
        self.about = (notice, people, uses, other)
        self.body.addWidget(label(notice.title, "page", wrap=True))
        self.body.addWidget(note(" · ".join([notice.name, since_said(notice, tr), people_said(people, tr)])))
        if said := self._warning():
            self.body.addWidget(_warned(said))
        self.body.addLayout(self._ways(other))
        self.body.addWidget(hairline())
        self._lay_out_text()
        self._lay_out_list(tr("Whom to tell when one changes one's mind"), list(notice.contacts)
                           or [tr("Nobody is named yet.")])
        asked = [capital(uses[key].label(notice.language)) if key in uses else key for key in notice.uses]
        self._lay_out_list(tr("It asks about these uses, one by one"), asked)

    def _warning(self) -> str:
        tr, left = self._tr, to_fill_in(self.notice)
        if self.notice.is_template:
            return tr("This is the template that came with Storybank. Have your own organization review it, fill in "
                      "what stands in [brackets], and keep that as a new version before anybody signs.")
        if left:
            return tr("Still to be filled in: {places}. A new version can say it.", places=", ".join(left))
        return ""

    def _ways(self, other: Notice | None) -> Flow:
        tr, notice, row = self._tr, self.notice, Flow(gap=SPACE_2)
        self.word_button = quiet_button(tr("Save as Word form…"), lambda: self.word_asked.emit(notice))
        self.version_button = quiet_button(tr("New version…"), lambda: self.version_asked.emit(notice))
        self.other_button: QPushButton | None = None
        row.addWidget(self.word_button)
        row.addWidget(self.version_button)
        if notice.language in LANGUAGES:
            words = {("en", False): tr("Write it in French…"), ("fr", False): tr("Write it in English…"),
                     ("en", True): tr("Show it in French"), ("fr", True): tr("Show it in English")}
            text = words[notice.language, other is not None]
            self.other_button = quiet_button(text, lambda: self.other_asked.emit(notice))
            row.addWidget(self.other_button)
        return row

    def _lay_out_text(self) -> None:
        for kind, text in self.notice.blocks():
            if kind == "heading":
                self.body.addSpacing(SPACE_2)
                self.body.addWidget(label(text, "section", wrap=True))
            elif kind == "item":
                self.body.addLayout(_item(text))
            else:
                self.body.addWidget(label(text, "reading", wrap=True))

    def _lay_out_list(self, heading: str, items: list[str]) -> None:
        self.body.addSpacing(SPACE_3)
        self.body.addWidget(hairline())
        self.body.addWidget(label(heading, "section", wrap=True))
        for item in items:
            self.body.addLayout(_item(item))


def to_fill_in(notice: Notice) -> list[str]:
    """Return what stands in [brackets] still, each once."""
    return list(dict.fromkeys(_TO_FILL_IN.findall("\n".join([notice.title, notice.body, *notice.contacts]))))


def capital(text: str) -> str:
    """Return a text with a capital to begin with."""
    return text[:1].upper() + text[1:]


def sign_of(notice: Notice, tr: Words) -> tuple[str, Tone] | None:
    """Return the word that keeps people from handing out a form that is not ready; None where it is."""
    if notice.is_template:
        return tr("Needs your review"), "warn"
    return (tr("Not filled in"), "warn") if to_fill_in(notice) else None


def since_said(notice: Notice, tr: Words) -> str:
    """Return from when a form is used."""
    since = notice.effective_from
    return tr("from {day}", day=day(since, tr.language)) if since else tr("no first day")


def people_said(people: int, tr: Words) -> str:
    """Return how many people agreed on a form."""
    return tr.many("{n} person agreed on it", "{n} people agreed on it", people) if people else tr("nobody agreed yet")


def _warned(said: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName("notice")
    frame.setProperty("tone", "warn")
    column = QVBoxLayout(frame)
    column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
    column.addWidget(label(said, wrap=True))
    return frame


def _item(text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE_2)
    row.setContentsMargins(SPACE_1, 0, 0, 0)
    row.addWidget(label("•", "reading"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, "reading", wrap=True), 1)
    return row
