"""The tasks of a case: each is done, or it is said why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.export import Export
from storybank.domain.withdrawal import Task, TaskKind, TaskState
from storybank.errors import StorybankError
from ui.parts.buttons import link_button, quiet_button
from ui.parts.fields import line_field
from ui.parts.flow import Flow
from ui.parts.said import day
from ui.parts.text import cut, label, note
from ui.theme import SPACE_1, SPACE_2
from ui.withdrawal.said import STATES, export_said, task_said
from ui.withdrawal.step import Step, Told

if TYPE_CHECKING:
    from storybank.words import Words

_LATER = (TaskKind.RECORDINGS,)
"""What is decided in a question of its own."""


class TaskRow(QWidget):
    """One task with its two answers."""

    settled = Signal(int, object, str)

    def __init__(self, tr: Words, number: int, task: Task, name: str, *, closed: bool) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self._number, self.task = tr, number, task
        self._said = task_said(task, name, tr)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_1, 0, SPACE_1)
        column.setSpacing(SPACE_1)
        column.addWidget(label(self._said, wrap=True))
        word, tone = STATES[task.state]
        self.state = label(self._state(tr(word)), "note", wrap=True, tone=tone)
        if task.state is not TaskState.OPEN or closed:
            column.addWidget(self.state)
        if not closed:
            column.addLayout(self._answers())

    def _state(self, word: str) -> str:
        sign = {TaskState.DONE: "✓ ", TaskState.CANNOT: "✕ "}.get(self.task.state, "")
        at = f" · {day(self.task.done_at, self._tr.language)}" if self.task.done_at else ""
        told = f" · {self.task.note}" if self.task.note else ""
        return f"{sign}{word}{at}{told}"

    def _answers(self) -> QVBoxLayout:
        tr, column, row = self._tr, QVBoxLayout(), Flow(gap=SPACE_2)
        if self.task.state is not TaskState.OPEN:
            self.again = link_button(tr("Not settled after all"), lambda: self._settle(TaskState.OPEN))
            row.addWidget(self.again)
            column.addLayout(row)
            return column
        self.done = quiet_button(tr("Done"), lambda: self._settle(TaskState.DONE))
        self.cannot = link_button(tr("Cannot be done…"), self._ask_reason)
        self.cannot.setMinimumHeight(32)
        self.reason = line_field(tr("Why it cannot be done"), hint=tr("It is printed and sent out; we stop reprints."))
        self.because = quiet_button(tr("Keep the reason"), lambda: self._settle(TaskState.CANNOT))
        for button in (self.done, self.cannot, self.because):
            button.setAccessibleName(f"{button.text()} {self._said}")
        row.addWidget(self.done)
        row.addWidget(self.cannot)
        column.addLayout(row)
        why = QHBoxLayout()
        why.addWidget(self.reason, 1)
        why.addWidget(self.because)
        column.addLayout(why)
        self.reason.returnPressed.connect(lambda: self._settle(TaskState.CANNOT))
        for widget in (self.reason, self.because):
            widget.hide()
        return column

    def _ask_reason(self) -> None:
        for widget in (self.reason, self.because):
            widget.show()
        self.reason.setFocus()

    def _settle(self, state: TaskState) -> None:
        note_ = self.reason.text().strip() if state is TaskState.CANNOT else ""
        self.settled.emit(self._number, state, note_)


class Tasks(Step):
    """Export by export, what has to be done; then what is about the library and the person."""

    key = "tasks"

    def __init__(self, told: Told) -> None:
        super().__init__(told, told.tr("What has to be done out there?"))
        self.rows: list[TaskRow] = []
        self._part: QWidget | None = None
        self._exports = {affected.export.code: affected.export
                         for affected in told.app.withdrawing.file(told.open_case.id).affected}
        self._refresh()
        self.column.addStretch(1)

    def _refresh(self) -> None:
        self._part = self.put(self._fill, self._part)

    def _fill(self, column: QVBoxLayout) -> None:
        tr, case = self.tr_, self.told.open_case
        self.rows = []
        column.addWidget(label(tr(
            "Everything is blocked in the library. These are the things that people have to do; you can leave and go"
            " on with them later, from the page of consent."), "soft", wrap=True))
        wells: dict[str, QVBoxLayout] = {}
        for number, task in enumerate(case.tasks, start=1):
            if task.kind in _LATER:
                continue
            if task.about not in wells:
                wells[task.about] = self._ground(task.about, column)
            row = TaskRow(tr, number, task, self.told.name, closed=not case.is_open)
            row.settled.connect(self._settle)
            self.rows.append(row)
            wells[task.about].addWidget(row)

    def _ground(self, about: str, column: QVBoxLayout) -> QVBoxLayout:
        frame, inside = self.well()
        column.addWidget(frame)
        export = self._exports.get(about)
        if about:
            inside.addWidget(label(export_said(export, self.tr_) if export else about, "strong", wrap=True))
        else:
            inside.addWidget(label(self.told.name, "strong", wrap=True))
        if export:
            inside.addWidget(_where(export))
        return inside

    def _settle(self, number: int, state: TaskState, reason: str) -> None:
        try:
            self.told.case = self.told.app.withdrawing.settle(self.told.open_case.id, number, state, reason)
        except StorybankError as error:
            self.failed.emit(error)
            return
        self._refresh()
        self.changed.emit()
        following = [row for row in self.rows if row.task.state is TaskState.OPEN]
        if following:
            following[0].done.setFocus()


def _where(export: Export) -> QWidget:
    made = cut(export.place, "note")
    made.setToolTip(note(export.place).text())
    return made
