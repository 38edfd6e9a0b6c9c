"""Step: one question of the sequence, with what may be pressed to go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from storybank.domain.contributor import Contributor
from storybank.domain.withdrawal import WithdrawalCase
from storybank.services.withdrawing import Stop
from storybank.words import Words
from ui.jobs.book import Errands
from ui.parts.text import label
from ui.theme import SPACE_1, SPACE_2, SPACE_3

if TYPE_CHECKING:
    from ui.wiring import App


@dataclass
class Told:
    """What is known so far; the steps fill it in one after the other."""

    app: App
    tr: Words
    errands: Errands
    person: Contributor | None = None
    stop: Stop | None = None
    """What is asked for, while nothing has been done yet."""
    case: WithdrawalCase | None = None
    """From the moment it was withdrawn."""

    @property
    def name(self) -> str:
        """Return whom it is about."""
        return self.person.name if self.person else ""

    @property
    def open_case(self) -> WithdrawalCase:
        """Return the case; the steps that follow a withdrawal have one."""
        assert self.case
        return self.case


class Step(QWidget):
    """A question with its answers; it says `changed` when it may be possible to go on, and `failed` with an error."""

    changed = Signal()
    failed = Signal(object)
    done = Signal()
    """It has done what it is for; the next question may come."""

    key = ""

    def __init__(self, told: Told, question: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.told, self.tr_ = told, told.tr
        self.question = question
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, SPACE_2, SPACE_3)
        self.column.setSpacing(SPACE_3)
        self.title = label(question, "section", wrap=True)
        self.column.addWidget(self.title)

    @property
    def next_words(self) -> str:
        """Return what the button that goes on says; empty where a step goes on by itself."""
        return self.tr_("Next")

    def well(self) -> tuple[QFrame, QVBoxLayout]:
        """Return a quiet ground for one thing, and the column in it."""
        frame = QFrame()
        frame.setObjectName("well")
        column = QVBoxLayout(frame)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_1)
        return frame, column

    def begin(self) -> None:
        """Read what it shows, and put the keyboard where one answers."""

    def keep(self) -> None:
        """Put the answer into what was told; raise what must be put right."""

    def put(self, fill: Callable[[QVBoxLayout], None], before: QWidget | None) -> QWidget:
        """Put a part in the place of an earlier one, filled anew."""
        made = QWidget()
        made.setObjectName("plain")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        fill(column)
        if before is None:
            self.column.addWidget(made)
        else:
            self.column.replaceWidget(before, made)
            before.hide()
            before.deleteLater()
        return made
