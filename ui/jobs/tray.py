"""Tray: the foot of the rail says what runs; a press opens the jobs, each with its end in sight and a Cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from storybank.errors import StorybankError
from storybank.words import Words
from ui.jobs.book import Job, JobBook, time_left
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
    """`Transcribing 1 of 3 · 4 min left` over a thin bar; hidden while nothing runs."""

    pressed = Signal()

    def __init__(self, tr: Words, book: JobBook) -> None:
        super().__init__()
        self._tr, self._book = tr, book
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_1, SPACE_2, SPACE_1, SPACE_2)
        column.setSpacing(SPACE_1 + 2)
        self._words, self._bar = note(), _bar(self._tr("Progress"))
        column.addWidget(self._words)
        column.addWidget(self._bar)
        book.changed.connect(self.refresh)
        self.refresh()

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._words.text()

    def refresh(self) -> None:
        """Say how it stands now."""
        active = self._book.active
        self.setVisible(bool(active))
        if not active:
            return
        running = next((job for job in active if job.runs), active[0])
        text = " · ".join(part for part in (self._heading(active), time_left(running.seconds_left, self._tr)) if part)
        self._words.setText(text)
        self.setAccessibleName(text)
        batch = self._book.batch
        self._bar.setValue(round(1000 * sum(1.0 if job.ended else job.fraction for job in batch) / len(batch)))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def _heading(self, active: list[Job]) -> str:
        kinds = {job.title.text for job in active}
        batch = [job for job in self._book.batch if job.title.text in kinds]
        if len(batch) == 1:
            return self._tr.sentence(active[0].title)
        at = min(len(batch), sum(job.ended for job in batch) + 1)
        if kinds == {TRANSCRIBING}:
            return self._tr("Transcribing {at} of {total}", at=at, total=len(batch))
        return self._tr("Job {at} of {total}", at=at, total=len(batch))


class JobPanel(Card):
    """The list of jobs; lies over the page beside the rail, and goes away with Escape."""

    def __init__(self, tr: Words, book: JobBook, cancel: Callable[[int], None], parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        self._tr, self._book, self._cancel = tr, book, cancel
        self._rows: dict[int, JobRow] = {}
        self._build()
        self._lift()
        book.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show every job as it stands now."""
        jobs = self._book.jobs[:SHOWN]
        self._none.setVisible(not jobs)
        for gone in set(self._rows) - {job.id for job in jobs}:
            self._rows.pop(gone).deleteLater()
        for place, job in enumerate(jobs):
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
        return 96 + sum(78 if not job.ended else 52 for job in self._book.jobs[:SHOWN])

    def _lift(self) -> None:
        """Let it float over the page."""
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(36)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(section(self._tr("Jobs")))
        head.addStretch(1)
        self.close_button = link_button(self._tr("Close"), self.hide)
        head.addWidget(self.close_button)
        self.body.addLayout(head)
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
        self._words, self._state, self._bar = label(title, "strong", wrap=True), note(), _bar(title)
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


def _bar(name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 1000)
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    return bar
