"""Closing: what came of it, once everything is done or said to be impossible."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from storybank.domain.withdrawal import TaskKind, TaskState
from storybank.errors import StorybankError
from ui.parts.buttons import link_button, main_button
from ui.parts.page import labelled
from ui.parts.said import day
from ui.parts.text import label, note
from ui.withdrawal.said import task_said
from ui.withdrawal.step import Step, Told


class Closing(Step):
    """The last question of a case."""

    key = "close"

    def __init__(self, told: Told) -> None:
        super().__init__(told, told.tr("What came of it?"))
        self._part: QWidget | None = None
        self._refresh()
        self.column.addStretch(1)

    @property
    def next_words(self) -> str:
        return ""

    def begin(self) -> None:
        self._refresh()
        if self.told.open_case.is_open:
            self.outcome.setFocus()

    def close_case(self) -> None:
        """Close the case with what was written."""
        case = self.told.open_case
        try:
            self.told.case = self.told.app.withdrawing.close(case.id, self.outcome.toPlainText())
        except StorybankError as error:
            self.failed.emit(error)
            return
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        self._part = self.put(self._fill if self.told.open_case.is_open else self._fill_closed, self._part)

    def _fill(self, column: QVBoxLayout) -> None:
        tr, case = self.tr_, self.told.open_case
        left = [task for task in case.tasks if task.state is TaskState.OPEN]
        if left:
            column.addWidget(label(tr.many("{n} thing is still to be done before the case can be closed:",
                                           "{n} things are still to be done before the case can be closed:",
                                           len(left)), wrap=True, tone="warn"))
        todo = [f"{task.about} · {task_said(task, self.told.name, tr)}".removeprefix(" · ") for task in left]
        if todo:
            column.addWidget(note("\n".join(todo)))
        if any(task.kind is TaskKind.TELL_PERSON for task in left) and len(left) == 1:
            self.told_them = link_button(tr("{name} was told", name=self.told.name), self._settle_told)
            column.addWidget(self.told_them, 0, Qt.AlignmentFlag.AlignLeft)
        self.outcome = QPlainTextEdit()
        self.outcome.setTabChangesFocus(True)
        self.outcome.setMaximumHeight(110)
        column.addWidget(labelled(tr("In a few words"), self.outcome, tr(
            "Taken down everywhere; the printed brief stays as it is, and is not printed again.")))
        self.close_button = main_button(tr("Close the case"), self.close_case)
        self.close_button.setEnabled(not left)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _fill_closed(self, column: QVBoxLayout) -> None:
        tr, case = self.tr_, self.told.open_case
        column.addWidget(label("✓ " + tr("Closed on {day}.", day=day(case.closed_at, tr.language)), "reading",
                               tone="good"))
        if case.outcome:
            column.addWidget(label(case.outcome, "reading", wrap=True))
        column.addWidget(note(tr("The letters can be written once more: the last one tells them what came of it.")))

    def _settle_told(self) -> None:
        case = self.told.open_case
        number = next(at for at, task in enumerate(case.tasks, 1) if task.kind is TaskKind.TELL_PERSON)
        try:
            self.told.case = self.told.app.withdrawing.settle(case.id, number, TaskState.DONE)
        except StorybankError as error:
            self.failed.emit(error)
            return
        self._refresh()
        self.changed.emit()
