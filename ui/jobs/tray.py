"""Tray: the foot of the rail says what runs; a press opens the jobs, each with its end in sight and a Cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget

from storybank.errors import StorybankError
from storybank.services.queue_views import Queued
from storybank.words import Words
from ui.jobs.book import Job, JobBook, time_left
from ui.jobs.queue_book import QueueBook
from ui.jobs.queue_row import QueueRow, bar
from ui.parts.buttons import link_button
from ui.parts.card import Card
from ui.parts.page import scrolled
from ui.parts.said import N_
from ui.parts.text import label, note, section, soft
from ui.theme import SPACE_1, SPACE_2, SPACE_3

TRANSCRIBING = N_("Transcribing {name}")
"""The title of a speech job, by which the tray knows one."""
SHOWN = 12
"""How many jobs the list shows at most."""


class Tray(QFrame):
    """`Transcribing 1 of 3 · 4 min left` over a thin bar; hidden while nothing runs and nothing waits for somebody."""

    pressed = Signal()

    def __init__(self, tr: Words, book: JobBook, queue: QueueBook) -> None:
        super().__init__()
        self._tr, self._book, self._queue = tr, book, queue
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_1, SPACE_2, SPACE_1, SPACE_2)
        column.setSpacing(SPACE_1 + 2)
        self._words, self._bar = note(), bar(self._tr("Progress"))
        column.addWidget(self._words)
        column.addWidget(self._bar)
        queue.changed.connect(self.refresh)  # which says so when a job moves, too
        self.refresh()

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._words.text()

    def refresh(self) -> None:
        """Say how it stands now."""
        active = self._book.active
        text = self._busy(active) if active else self._idle()
        self.setVisible(bool(text))
        self._words.setText(text)
        self.setAccessibleName(text)
        self._bar.setVisible(bool(active))
        if active:
            batch = self._book.batch
            waiting = len(self._queue.waiting)
            done = sum(1.0 if job.ended else job.fraction for job in batch)
            self._bar.setValue(round(1000 * done / (len(batch) + waiting)))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def _busy(self, active: list[Job]) -> str:
        running = next((job for job in active if job.runs), active[0])
        left = running.seconds_left
        if left is not None and self._queue.is_of_queue(running):
            rest = [one.seconds_left for one in self._queue.waiting]
            left = None if None in rest else left + sum(one for one in rest if one is not None)
        return " · ".join(part for part in (self._heading(active), time_left(left, self._tr)) if part)

    def _heading(self, active: list[Job]) -> str:
        kinds = {job.title.text for job in active}
        batch = [job for job in self._book.batch if job.title.text in kinds]
        total = len(batch) + (len(self._queue.waiting) if TRANSCRIBING in kinds else 0)
        if total == 1:
            return self._tr.sentence(active[0].title)
        at = min(len(batch), sum(job.ended for job in batch) + 1)
        if kinds == {TRANSCRIBING}:
            return self._tr("Transcribing {at} of {total}", at=at, total=total)
        return self._tr("Job {at} of {total}", at=at, total=total)

    def _idle(self) -> str:
        """Say what waits for somebody while nothing runs."""
        if self._queue.failures:
            return self._tr.many("{n} recording could not be transcribed", "{n} recordings could not be transcribed",
                                 len(self._queue.failures))
        stopped = len(self._queue.entries)
        return self._tr.many("{n} transcript is paused", "{n} transcripts are paused", stopped) if stopped else ""


class JobPanel(Card):
    """The list of jobs; lies over the page beside the rail, and goes away with Escape."""

    check_asked = Signal()
    """Something could not be transcribed, and somebody wants to know whether this computer is ready."""

    def __init__(self, tr: Words, book: JobBook, queue: QueueBook, cancel: Callable[[int], None],
                 parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        self._tr, self._book, self._queue, self._cancel = tr, book, queue, cancel
        self._rows: dict[int, JobRow] = {}
        self.queue_rows: dict[str, QueueRow] = {}
        self._build()
        self._lift()
        queue.changed.connect(self.refresh)
        queue.failed.connect(self._explain)
        self.hide()

    @property
    def said(self) -> str:
        """Return what is said above the list."""
        return "" if self._remark.isHidden() else self._remark.text()

    def refresh(self) -> None:
        """Show the queue and every other job as they stand now."""
        entries, jobs = self._queue.entries, self._jobs()
        self._none.setVisible(not jobs and not entries)
        self._show_head(entries)
        self._show_queue(entries)
        for gone in set(self._rows) - {job.id for job in jobs}:
            self._rows.pop(gone).deleteLater()
        for place, job in enumerate(jobs, start=len(entries)):
            if job.id not in self._rows:
                self._rows[job.id] = JobRow(self._tr, job, self._cancel)
            self._list.insertWidget(place, self._rows[job.id])
            self._rows[job.id].show_job(job)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    @property
    def wanted_height(self) -> int:
        """Return how high it wants to be for what it lists."""
        own = sum(78 if not job.ended else 52 for job in self._jobs())
        return 96 + own + 96 * len(self._queue.entries) + (0 if self._remark.isHidden() else 44)

    def _jobs(self) -> list[Job]:
        """Return the jobs that are not the queue's own, or ended in a way that its entries cannot show."""
        return [job for job in self._book.jobs if not self._queue.is_of_queue(job)
                or (job.error is not None and not isinstance(job.error, StorybankError))][:SHOWN]

    def _show_head(self, entries: list[Queued]) -> None:
        self.pause_button.setVisible(bool(entries) and not self._queue.held)
        self.go_on_button.setVisible(bool(entries) and self._queue.held)
        self.check_button.setVisible(bool(self._queue.failures))
        if self._queue.remarks and entries:
            self._remark.setText(self._tr.sentence(self._queue.remarks[-1]))
            self._remark.show()

    def _show_queue(self, entries: list[Queued]) -> None:
        for gone in set(self.queue_rows) - {one.entry.id for one in entries}:
            self.queue_rows.pop(gone).deleteLater()
        waiting = [one.entry.id for one in self._queue.waiting]
        for place, one in enumerate(entries):
            if one.entry.id not in self.queue_rows:
                self.queue_rows[one.entry.id] = QueueRow(self._tr, self._queue, one)
            row = self.queue_rows[one.entry.id]
            if self._list.indexOf(row) != place:
                self._list.insertWidget(place, row)
            row.show_entry(one, first=one.entry.id in waiting[:1], last=one.entry.id in waiting[-1:])

    def _explain(self, error: StorybankError) -> None:
        self._remark.setText(" ".join(map(self._tr.sentence, (error.message, error.hint))).strip())
        self._remark.show()

    def _lift(self) -> None:
        """Let it float over the page."""
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(36)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(section(self._tr("Jobs")))
        head.addStretch(1)
        self.pause_button = link_button(self._tr("Pause all"), self._queue.pause_all)
        self.go_on_button = link_button(self._tr("Go on"), self._queue.resume_all)
        self.check_button = link_button(self._tr("Check this computer"), self.check_asked.emit)
        self.close_button = link_button(self._tr("Close"), self.hide)
        for button in (self.pause_button, self.go_on_button, self.close_button):
            head.addWidget(button)
        self.body.addLayout(head)
        self._remark = note("")
        self._remark.hide()
        self.body.addWidget(self._remark)
        self.body.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeft)
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, SPACE_2, 0)
        self._list.setSpacing(SPACE_3)
        self._none = soft(self._tr("Nothing is running."))
        self._list.addWidget(self._none)
        self._list.addStretch(1)
        self.body.addWidget(scrolled(holder), 1)


class JobRow(QWidget):
    """A job: what it is, how far, what it says, and Cancel."""

    def __init__(self, tr: Words, job: Job, cancel: Callable[[int], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        title = tr.sentence(job.title)
        self._words, self._state, self._bar = label(title, "strong", wrap=True), note(), bar(title)
        self.cancel_button = link_button(tr("Cancel"), lambda: cancel(job.id))
        self.cancel_button.setAccessibleName(f"{tr('Cancel')}: {title}")
        head = QHBoxLayout()
        head.addWidget(self._words, 1)
        head.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._state)

    def show_job(self, job: Job) -> None:
        """Show how the job stands."""
        self.cancel_button.setVisible(not job.ended)
        self._bar.setVisible(not job.ended)
        self._bar.setValue(round(job.fraction * 1000))
        self._state.setText(self._said(job))

    def _said(self, job: Job) -> str:
        if not job.ended:
            waiting = "" if job.runs else self._tr("waiting for its turn")
            parts = (waiting, time_left(job.seconds_left, self._tr), f"“{job.note.strip()}”" if job.note else "")
            return " · ".join(part for part in parts if part)
        if job.stopped:
            return self._tr("Stopped.")
        if isinstance(job.error, StorybankError):
            return " ".join(map(self._tr.sentence, (job.error.message, job.error.hint))).strip()
        return self._tr("Something went wrong. The log has the details.") if job.error else self._tr("Done.")
