"""Queue book: the queue as the window knows it, kept up by the news, and everything one can do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from storybank.domain.events import (
    ContributorSaved,
    QueueChanged,
    StoryDescribed,
    StoryErased,
    TranscriptEnded,
    TranscriptGrew,
    TranscriptStarted,
)
from storybank.domain.queue import QueueState
from storybank.errors import StorybankError
from storybank.services.queue_views import Queued
from storybank.services.transcribing import Remarked
from storybank.words import Sentence
from ui.jobs.book import Job, JobBook
from ui.parts.bridge import Bridge

if TYPE_CHECKING:
    from ui.wiring import App

AT_OPENING_MS = 300
"""After the first paint: the rooms that hear are loaded for it."""
_NEWS = (QueueChanged, TranscriptGrew, TranscriptStarted, TranscriptEnded, StoryDescribed, StoryErased,
         ContributorSaved)


class QueueBook(QObject):
    """Knows the queue; says `changed` when there is more to show, and `failed` when something could not be done."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, app: App, bridge: Bridge, book: JobBook) -> None:
        super().__init__()
        self._app, self._book = app, book
        self.entries: list[Queued] = []
        self.held = False
        self.remarks: list[Sentence] = []
        """What people should know about how a recording is heard, each once, the latest last."""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.read)
        QTimer.singleShot(AT_OPENING_MS, self, self._begin)
        bridge.happened.connect(self._note)
        book.changed.connect(self.changed)

    @property
    def running(self) -> Queued | None:
        """Return what is being heard."""
        return next((one for one in self.entries if one.entry.state is QueueState.RUNNING), None)

    @property
    def waiting(self) -> list[Queued]:
        """Return what waits for its turn, in its order."""
        return [one for one in self.entries if one.entry.state is QueueState.WAITING]

    @property
    def failures(self) -> list[Queued]:
        """Return what went wrong and waits for somebody to decide."""
        return [one for one in self.entries if one.entry.state is QueueState.FAILED]

    @property
    def job(self) -> Job | None:
        """Return the job that hears."""
        return next((job for job in self._book.active if job.runs and self.is_of_queue(job)), None)

    def is_of_queue(self, job: Job) -> bool:
        """Tell whether a job is the queue's own, which its entries show already."""
        return job.id in self._app.hearing.jobs

    def pause(self, entry_id: str) -> None:
        """Pause an entry."""
        self._do(lambda: self._app.queueing.pause(entry_id))

    def resume(self, entry_id: str) -> None:
        """Let an entry go on when its turn comes."""
        self._do(lambda: self._app.queueing.resume(entry_id))

    def retry(self, entry_id: str) -> None:
        """Try once more what went wrong."""
        self._do(lambda: self._app.queueing.retry(entry_id))

    def take_out(self, entry_id: str) -> None:
        """Take an entry out; what was heard is kept."""
        self._do(lambda: self._app.queueing.take_out(entry_id))

    def shift(self, entry_id: str, by: int) -> None:
        """Let an entry have its turn earlier (-1) or later (1)."""
        self._do(lambda: self._app.queueing.shift(entry_id, by))

    def pause_all(self) -> None:
        """Pause all of it."""
        self._do(self._app.queueing.pause_all)

    def resume_all(self) -> None:
        """Go on with all of it."""
        self._do(self._app.queueing.resume_all)

    def read(self) -> None:
        """Read the queue again."""
        try:
            self.entries, self.held = self._app.queueing.entries(), self._app.queueing.held()
        except StorybankError:
            self.entries = []  # the library was closed meanwhile
        self.changed.emit()

    def _begin(self) -> None:
        """Go on with what waited when the library was closed, unless all of it was paused."""
        self.read()
        if self.waiting and not self.held:
            self._do(lambda: None)

    def _do(self, does: Callable[[], None]) -> None:
        try:
            does()
            self._app.hearing.go()
        except StorybankError as error:
            self.failed.emit(error)

    @Slot(object)
    def _note(self, event: object) -> None:
        if isinstance(event, Remarked) and event.remark not in self.remarks:
            self.remarks.append(event.remark)
            self.changed.emit()
        elif isinstance(event, _NEWS):
            self._soon.start()
