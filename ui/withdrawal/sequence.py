"""Sequence: leads from one question to the next, and lets one leave and come back to the case later."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QScrollArea, QVBoxLayout, QWidget

from storybank.domain.withdrawal import TaskState
from storybank.errors import StorybankError
from ui.parts.buttons import link_button, main_button, quiet_button, stop_button, word_button
from ui.parts.card import Card
from ui.parts.flow import Flow
from ui.parts.page import scrolled
from ui.parts.said import N_, day
from ui.parts.text import label, note
from ui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from ui.withdrawal.asking import How, What, Who
from ui.withdrawal.closing import Closing
from ui.withdrawal.letters import Letters
from ui.withdrawal.meaning import Meaning
from ui.withdrawal.recordings import Recordings
from ui.withdrawal.step import Step, Told
from ui.withdrawal.tasks import Tasks

ASKING: dict[str, Callable[[Told], Step]] = {"who": Who, "what": What, "how": How, "meaning": Meaning}
FOLLOWING: dict[str, tuple[str, Callable[[Told], Step]]] = {
    "tasks": (N_("To do"), Tasks), "recordings": (N_("Recordings"), Recordings), "letters": (N_("Letters"), Letters),
    "close": (N_("Closing"), Closing),
}


class Sequence(QWidget):
    """One question at a time. Before “Withdraw now” nothing has been done, and one may go back."""

    finished = Signal(str, list)
    failed = Signal(object)
    withdrawn = Signal()

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.told, self.tr_ = told, told.tr
        self._asking = [key for key in ASKING if key != "who" or told.person is None]
        self._made: dict[str, Step] = {}
        self.step: Step | None = None
        self._build()

    def begin(self) -> None:
        """Show the first question, or go on with a case where something is still to be done."""
        self.go("tasks" if self.told.case else self._asking[0])

    def go(self, key: str) -> None:
        """Ask one question."""
        if self.step is not None:
            self.step.hide()
        if key not in self._made or key == "meaning":
            self._forget(key)
            make = ASKING[key] if key in ASKING else FOLLOWING[key][1]
            self._made[key] = self._hear(make(self.told))
            self._place.addWidget(self._made[key])
        self.step = self._made[key]
        self.step.show()
        self._offer()
        self.step.begin()
        self._to_the_top()
        if key == "meaning":
            self.back.setFocus()  # neither Enter nor Space withdraws anything by chance

    def next(self) -> None:
        """Keep the answer and ask the next question; from “what it means”, withdraw."""
        step = self.step
        if step is None:
            return
        try:
            step.keep()
        except StorybankError as error:
            self.failed.emit(error)
            return
        if step.key in ("who", "what"):
            self._forget(*[key for key in ("what", "meaning") if key != step.key])
        if step.key == "meaning":
            self._forget(*ASKING)
            self.step = None
            self.withdrawn.emit()
        self.go(self._after(step.key))

    def leave(self) -> None:
        """Put the sequence away; what was withdrawn stays withdrawn, and the case waits."""
        tr, case = self.tr_, self.told.case
        if case is None:
            self.finished.emit("", [])
        elif case.is_open:
            left = sum(task.state is TaskState.OPEN for task in case.tasks)
            file = self.told.app.withdrawing.file(case.id)
            lines = [f"{a.export.code} · {a.export.title} · {day(a.export.made_at, tr.language)} · {a.export.place}"
                     for a in file.affected]
            todo = tr.many("{n} thing is still to be done.", "{n} things are still to be done.", left)
            self.finished.emit(" ".join([tr("Withdrawn: {name}.", name=self.told.name), todo if left else ""]).strip(),
                               lines)
        else:
            self.finished.emit(tr("Case {code} is closed.", code=case.code), [])

    def _after(self, key: str) -> str:
        keys = [*self._asking, *FOLLOWING]
        return keys[min(keys.index(key) + 1, len(keys) - 1)]

    def _go_back(self) -> None:
        keys = list(FOLLOWING) if self.told.case else self._asking
        if self.step and keys.index(self.step.key) > 0:
            self.go(keys[keys.index(self.step.key) - 1])
        else:
            self.leave()

    def _to_the_top(self) -> None:
        """Show a question from its beginning, wherever the page around it was scrolled to."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            QTimer.singleShot(0, around, partial(around.verticalScrollBar().setValue, 0))

    def _hear(self, step: Step) -> Step:
        step.failed.connect(self.failed)
        step.changed.connect(self._offer)
        step.done.connect(self.next)
        return step

    def _forget(self, *keys: str) -> None:
        for key in keys:
            if old := self._made.pop(key, None):
                self._place.removeWidget(old)
                old.hide()
                old.deleteLater()

    def _build(self) -> None:
        tr, column = self.tr_, QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_4)
        column.setSpacing(SPACE_3)
        self.heading = label("", "name", wrap=True)
        self.where = note("")
        column.addWidget(self.heading)
        column.addWidget(self.where)
        self._words = QWidget()
        self._words.setObjectName("plain")
        self._group = QButtonGroup(self)
        self.parts: dict[str, QPushButton] = {}
        row = Flow(self._words, gap=SPACE_4)
        for key, (text, _make) in FOLLOWING.items():
            button = word_button(tr(text), partial(self.go, key))
            self.parts[key] = button
            self._group.addButton(button)
            row.addWidget(button)
        column.addWidget(self._words)
        self._place = QVBoxLayout()
        column.addLayout(self._place, 1)
        ways = Flow(gap=SPACE_2)
        self.back = quiet_button(tr("Back"), self._go_back)
        self.next_button = main_button(tr("Next"), self.next)
        self.withdraw_button = stop_button(tr("Withdraw now"), self.next)
        self.away = link_button(tr("Cancel"), self.leave)
        self.away.setMinimumHeight(32)
        for button in (self.back, self.next_button, self.withdraw_button, self.away):
            ways.addWidget(button)
        column.addLayout(ways)

    def _offer(self) -> None:
        """Show what may be pressed now."""
        step, tr, case = self.step, self.tr_, self.told.case
        if step is None:
            return
        at_meaning, busy = step.key == "meaning", isinstance(step, Recordings) and step.running
        self.heading.setText(tr("{name} says stop", name=self.told.name) if self.told.name else tr("A withdrawal"))
        self._words.setVisible(case is not None)
        if case is None:
            self.where.setText(tr("Question {at} of {all}. Nothing has been done yet.",
                                  at=self._asking.index(step.key) + 1, all=len(self._asking)))
        else:
            until = tr(" · answer by {day}", day=day(case.deadline, tr.language)) if case.deadline else ""
            self.where.setText(case.code + (until if case.is_open else ""))
            self.parts[step.key].setChecked(True)
        self.back.setEnabled(not busy)
        self.back.setVisible(step.key not in ("tasks", self._asking[0]))
        self.next_button.setVisible(not at_meaning and bool(step.next_words))
        self.next_button.setText(step.next_words)
        self.next_button.setEnabled(not busy)
        self.withdraw_button.setVisible(at_meaning)
        self.away.setText(tr("Cancel") if case is None else tr("Go on later") if case.is_open else tr("Close"))
        self.away.setAccessibleName(self.away.text())


def let_go(parent: QObject, close: Callable[[], None]) -> None:
    """Call `close` when a part of the window is gone."""
    parent.destroyed.connect(lambda _gone=None: close())


def in_a_card(sequence: Sequence, width: int) -> QScrollArea:
    """Return the sequence on a card of its own that is easy to read, to be put on a page."""
    holder = QWidget()
    holder.setObjectName("plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, SPACE_6)
    card = Card(pad=SPACE_4)
    card.setMaximumWidth(width)
    card.body.addWidget(sequence)
    column.addWidget(card)
    column.addStretch(1)
    return scrolled(holder)
