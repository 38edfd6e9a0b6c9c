"""Book: every job of this sitting, how far it is and how it ended, kept up by the news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from storybank.errors import Cancelled
from storybank.jobs.runner import JobEnded, JobProgressed, JobQueued, JobTicket, Lane, Runner
from storybank.words import Sentence, Words
from ui.parts.bridge import Bridge

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]
Ended = Callable[[], object]

KEPT = 30
"""How many finished jobs the list remembers."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the list shows it."""

    id: int
    title: Sentence
    fraction: float = 0.0
    note: str = ""
    began: float = 0.0
    """On the monotonic clock; 0 while it waits for its turn."""
    seconds_left: float | None = None
    ended: bool = False
    error: Exception | None = None

    @property
    def runs(self) -> bool:
        """Tell whether it has begun and not ended."""
        return bool(self.began) and not self.ended

    @property
    def stopped(self) -> bool:
        """Tell whether somebody asked it to stop."""
        return isinstance(self.error, Cancelled)


class JobBook(QObject):
    """Knows every job; says `changed` when one of them moves."""

    changed = Signal()

    def __init__(self, bridge: Bridge, now: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._now = now
        self._jobs: dict[int, Job] = {}
        self._batch: list[int] = []
        bridge.happened.connect(self._note)

    @property
    def jobs(self) -> list[Job]:
        """Return every job: the active ones in their order, then the others, the latest first."""
        return [*self.active, *(job for job in reversed(self._jobs.values()) if job.ended)]

    @property
    def active(self) -> list[Job]:
        """Return the jobs that wait or run, in their order."""
        return [job for job in self._jobs.values() if not job.ended]

    @property
    def batch(self) -> list[Job]:
        """Return the jobs since there was last nothing to do."""
        return [self._jobs[number] for number in self._batch if number in self._jobs]

    @Slot(object)
    def _note(self, event: object) -> None:
        if isinstance(event, JobQueued):
            self._begin(Job(event.job_id, event.title))
        elif isinstance(event, JobProgressed) and event.job_id in self._jobs:
            self._progress(self._jobs[event.job_id], event)
        elif isinstance(event, JobEnded) and event.job_id in self._jobs:
            self._jobs[event.job_id] = replace(self._jobs[event.job_id], ended=True, error=event.error)
        else:
            return
        self.changed.emit()

    def _begin(self, job: Job) -> None:
        if not self.active:
            self._batch = []
        self._batch.append(job.id)
        self._jobs[job.id] = job
        for old in [one.id for one in self._jobs.values() if one.ended][:-KEPT]:
            del self._jobs[old]

    def _progress(self, job: Job, event: JobProgressed) -> None:
        began, now = job.began or self._now(), self._now()
        spent = now - began
        left = spent / event.fraction * (1 - event.fraction) if event.fraction > 0.02 and spent > 1 else None
        self._jobs[job.id] = replace(job, fraction=event.fraction, note=event.note or job.note, began=began,
                                     seconds_left=left)


class Errands(QObject):
    """Starts jobs for a page and tells it on the window's thread what came of them."""

    def __init__(self, runner: Runner, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._waiting: dict[int, tuple[list[object], Done, Failed | None, Ended | None]] = {}
        bridge.happened.connect(self._note)

    def start(self, lane: Lane, title: Sentence, work: Callable[[JobTicket], object], done: Done,
              failed: Failed | None = None, ended: Ended | None = None) -> int:
        """Queue `work`; call `done` with what it returned, or `failed` with the error; a stop calls neither.

        `ended` is called first, whichever way it ended.
        """
        result: list[object] = []
        number = self._runner.start(lane, lambda ticket: result.append(work(ticket)), title)
        self._waiting[number] = (result, done, failed, ended)
        return number

    @Slot(object)
    def _note(self, event: object) -> None:
        if not isinstance(event, JobEnded) or event.job_id not in self._waiting:
            return
        result, done, failed, ended = self._waiting.pop(event.job_id)
        if ended:
            ended()
        if event.error is None:
            done(result[0] if result else None)
        elif failed and not isinstance(event.error, Cancelled):
            failed(event.error)


def time_left(seconds: float | None, tr: Words) -> str:
    """Return `4 min left`; nothing while nobody can know."""
    if seconds is None:
        return ""
    if seconds < 60:
        return tr("under 1 min left")
    return tr("{minutes} min left", minutes=round(seconds / 60))
