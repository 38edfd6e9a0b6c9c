"""Queue row: a recording in the queue, how far it is, and what one can do with it, by keyboard too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from storybank.domain.queue import QueueState
from storybank.services.queue_views import Queued
from storybank.words import Words
from ui.jobs.book import time_left
from ui.jobs.queue_book import QueueBook
from ui.parts.buttons import link_button
from ui.parts.said import timecode
from ui.parts.text import cut, note, restyle
from ui.theme import SPACE_1

LINK_PAD = 6
"""How much room a link keeps at its sides, so that its word stands under the title."""


class QueueRow(QWidget):
    """`Amina Diallo · 4 min left` over a thin bar, and under it the words for what can be done."""

    def __init__(self, tr: Words, queue: QueueBook, one: Queued) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tr, self._queue, self._id = tr, queue, one.entry.id
        self._title, self._state, self._bar = cut("", "strong"), note(), bar(one.title)
        self.pause_button = link_button(tr("Pause"), lambda: queue.pause(self._id))
        self.resume_button = link_button(tr("Go on"), lambda: queue.resume(self._id))
        self.retry_button = link_button(tr("Try again"), lambda: queue.retry(self._id))
        self.cancel_button = link_button(tr("Cancel"), lambda: queue.take_out(self._id))
        self.up_button = link_button(tr("Earlier"), lambda: queue.shift(self._id, -1))
        self.down_button = link_button(tr("Later"), lambda: queue.shift(self._id, 1))
        self._buttons = (self.pause_button, self.resume_button, self.retry_button, self.up_button, self.down_button,
                         self.cancel_button)
        self._build()

    def show_entry(self, one: Queued, *, first: bool, last: bool) -> None:
        """Show how it stands; `first` and `last` tell where it is among those that wait."""
        state = one.entry.state
        self._title.setText(self._named(one))
        said = self._said(one)
        self._state.setText(said)
        restyle(self._state, tone="stop" if state is QueueState.FAILED else "")
        self._bar.setValue(round(1000 * self._fraction(one)))
        self._bar.setVisible(state is QueueState.RUNNING or one.fraction > 0)
        waits = state is QueueState.WAITING
        for button, shown in ((self.pause_button, (waits and not self._queue.held) or state is QueueState.RUNNING),
                              (self.resume_button, state is QueueState.PAUSED),
                              (self.retry_button, state is QueueState.FAILED),
                              (self.up_button, waits and not first), (self.down_button, waits and not last)):
            button.setVisible(shown)
        for button in self._buttons:
            button.setAccessibleName(f"{button.text()}: {one.title}")
        self.setAccessibleName(f"{self._title.text()}. {said}")
        self._entry = one.entry

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._queue.shift(self._id, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._queue.take_out(self._id)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._turn()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        """Do what the row's first word says: pause, go on, or try again."""
        does = {QueueState.PAUSED: self._queue.resume, QueueState.FAILED: self._queue.retry}
        does.get(self._entry.state, self._queue.pause)(self._id)

    def _named(self, one: Queued) -> str:
        if only := one.entry.only:
            return self._tr("{name}, {begin} to {end}", name=one.title, begin=timecode(only.start_ms),
                            end=timecode(only.end_ms))
        return one.title

    def _said(self, one: Queued) -> str:
        tr, entry = self._tr, one.entry
        if entry.state is QueueState.FAILED:
            return " ".join(map(tr.sentence, (entry.problem, entry.hint))).strip()
        if entry.state is QueueState.PAUSED:
            return self._joined(tr("Paused"), self._far(one))
        if entry.state is QueueState.WAITING:
            held = tr("paused with the queue") if self._queue.held else tr("waiting for its turn")
            return self._joined(held, self._far(one), time_left(one.seconds_left, tr))
        job = self._queue.job
        left = job.seconds_left if job is not None and job.seconds_left is not None else one.seconds_left
        heard = f"“{job.note.strip()}”" if job is not None and job.note.strip() else ""
        return self._joined(tr("{percent} %", percent=round(100 * self._fraction(one))), time_left(left, tr), heard)

    def _fraction(self, one: Queued) -> float:
        """Return how far it is; of what is being heard, as of the last word."""
        job = self._queue.job if one.entry.state is QueueState.RUNNING else None
        return max(one.fraction, job.fraction) if job is not None else one.fraction

    def _far(self, one: Queued) -> str:
        return self._tr("On file: {percent} %", percent=round(100 * one.fraction)) if one.fraction > 0.005 else ""

    def _joined(self, *parts: str) -> str:
        return " · ".join(part for part in parts if part)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for part in (self._title, self._bar, self._state):
            column.addWidget(part)
        words = QHBoxLayout()
        words.setContentsMargins(-LINK_PAD, 0, 0, 0)
        words.setSpacing(SPACE_1)
        for button in self._buttons:
            words.addWidget(button)
        words.addStretch(1)
        column.addLayout(words)


def bar(name: str) -> QProgressBar:
    """Return a thin bar of a thousand steps."""
    made = QProgressBar()
    made.setRange(0, 1000)
    made.setTextVisible(False)
    made.setAccessibleName(name)
    return made
