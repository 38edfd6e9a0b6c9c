"""Turns: a recording is heard when its turn comes; what stops or fails is put back or kept with the reason."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from storybank.domain.events import Event, QueueChanged
from storybank.domain.queue import QueueEntry, QueueState
from storybank.domain.transcript import RunState, TranscriptRun
from storybank.errors import Cancelled, Died, StorybankError
from storybank.ports import Clock, OpenWork, Ticket, UnitOfWork
from storybank.services.queue_views import Queued, title_of, was_withdrawn
from storybank.services.transcribing import Remarked, Transcribing
from storybank.words import say


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a recording's turn: a finished run, or why there is none."""

    entry: QueueEntry
    run: TranscriptRun | None = None
    error: StorybankError | None = None


class _Turn:
    """The ticket of the entry that is being heard: it stops with the job's own, or when the entry is to stop."""

    def __init__(self, entry: QueueEntry, ticket: Ticket, clock: Clock) -> None:
        self.entry = entry
        self._ticket, self._clock, self._since = ticket, clock, clock()
        self._first: float | None = None
        self._fraction = 0.0
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Tell whether this entry was to stop, and not the whole job."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Let it stop at its next look."""
        self._stop.set()

    def report(self, fraction: float, note: str = "") -> None:
        """Say how far it is."""
        self._first = fraction if self._first is None else self._first
        self._fraction = fraction
        self._ticket.report(fraction, note)

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop."""
        self._ticket.check()
        if self.stopped:
            raise Cancelled(say("Stopped on request."))

    def seen(self, one: Queued) -> Queued:
        """Return what is known of the entry, with how far it is this very moment."""
        done, spent = self._fraction - (self._first or 0.0), (self._clock() - self._since).total_seconds()
        left = spent / done * (1 - self._fraction) if done > 0.02 and spent > 1 else one.seconds_left
        return replace(one, fraction=max(one.fraction, self._fraction), seconds_left=left)


class Turns:
    """Gives turns, one at a time."""

    def __init__(self, open_work: OpenWork, transcribing: Transcribing, clock: Clock, tell: Callable[[Event], None],
                 awake: Callable[[], AbstractContextManager[None]]) -> None:
        self._open_work = open_work
        self._transcribing = transcribing
        self._clock = clock
        self._tell = tell
        self._awake = awake
        self._turn: _Turn | None = None

    def stop(self, entry_id: str | None = None) -> None:
        """End the turn that is on, whosever it is or if it is that entry's."""
        turn = self._turn
        if turn is not None and entry_id in (None, turn.entry.id):
            turn.stop()

    def seen(self, one: Queued) -> Queued:
        """Return what is known of an entry; of the one that is being heard, as of this moment."""
        turn = self._turn
        return turn.seen(one) if turn is not None and one.entry.id == turn.entry.id else one

    def take(self, ticket: Ticket, among: Collection[str] | None = None) -> Outcome | None:
        """Hear what is next and return what came of it; None when nothing waits.

        What goes wrong is kept with the entry. `Cancelled` is raised only when `ticket` itself was stopped: the entry
        waits then, and goes on where it was. A machine that hears stays awake.
        """
        ticket.check()
        turn = self._begin(ticket, among)
        if turn is None:
            return None
        try:
            with self._awake():
                return Outcome(turn.entry, self._hear(turn))
        except Cancelled as stopped:
            self._put_back(turn.entry.id)
            if not turn.stopped:
                raise
            return Outcome(turn.entry, error=stopped)
        except StorybankError as error:
            self._fail(turn.entry, error)
            return Outcome(turn.entry, error=error)
        except BaseException:
            self._put_back(turn.entry.id)
            raise
        finally:
            self._turn = None

    def _begin(self, ticket: Ticket, among: Collection[str] | None) -> _Turn | None:
        with self._open_work() as work:
            entry = self.first(work, among)
            if entry is None:
                return None
            entry = replace(entry.waiting(), state=QueueState.RUNNING)
            work.queue.save(entry)
            work.record(QueueChanged())
            self._turn = turn = _Turn(entry, ticket, self._clock)  # before anybody can ask to stop it
            work.commit()
        return turn

    def first(self, work: UnitOfWork, among: Collection[str] | None) -> QueueEntry | None:
        """Return what is next: in a library that one program changes, what seems to run and has no turn waits."""
        if among is None and work.queue.held():
            return None
        heard = self._turn.entry.id if self._turn else ""
        return next((entry for entry in work.queue.all() if entry.id != heard
                     and entry.state in (QueueState.WAITING, QueueState.RUNNING)
                     and (among is None or entry.id in among)), None)

    def _hear(self, turn: _Turn) -> TranscriptRun:
        """Hear an entry; an engine that dies is started again, unless it died at the same place before."""
        entry, died_at = turn.entry, -1
        while True:
            try:
                return self._transcribing.transcribe(entry.recording_id, entry.how, turn, model=entry.model or None,
                                                     again=entry.again, only=entry.only)
            except Died as died:
                reached = self._reached(entry)
                if reached <= died_at:
                    raise
                died_at = reached
                self._tell(Remarked(entry.recording_id, say("{what} It was started again, from what is kept.",
                                                            what=died.message)))
                turn.check()

    def _reached(self, entry: QueueEntry) -> int:
        runs = [run for run in self._transcribing.runs(entry.recording_id)
                if run.only == entry.only and run.state is not RunState.DONE]
        return sum(run.chunks for run in runs)

    def _put_back(self, entry_id: str) -> None:
        """Let an entry that was stopped wait, unless it was paused or taken out meanwhile."""
        with self._open_work() as work:
            entry = next((one for one in work.queue.all() if one.id == entry_id), None)
            if entry is not None and entry.state is QueueState.RUNNING:
                work.queue.save(entry.waiting())
                work.record(QueueChanged())
                work.commit()

    def _fail(self, entry: QueueEntry, error: StorybankError) -> None:
        """Keep what went wrong with the entry; where somebody took their consent back, it leaves with a word."""
        with self._open_work() as work:
            now = next((one for one in work.queue.all() if one.id == entry.id), None)
            if now is None:
                return
            gone = was_withdrawn(work, entry.recording_id)
            title = title_of(work, entry.recording_id)
            if gone:
                work.queue.remove(entry.id)
            else:
                work.queue.save(now.failed(error.message, error.hint))
            work.record(QueueChanged())
            work.commit()
        if gone:
            self._tell(Remarked(entry.recording_id, say("{title} left the queue: {reason}", title=title,
                                                        reason=error.message)))
