"""Queueing: what is to be heard, in which order, and taking one after the other until nothing waits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from storybank.domain import names
from storybank.domain.events import Event, QueueChanged
from storybank.domain.queue import QueueEntry, QueueState, moved
from storybank.domain.speech import Listening
from storybank.domain.transcript import RunState, Span
from storybank.domain.use import Act
from storybank.errors import Refused, StorybankError
from storybank.ports import Clock, OpenWork, Ticket, UnitOfWork
from storybank.services.circles import may_be_processed
from storybank.services.queue_views import Queued, name_of, queued
from storybank.services.transcribing import Transcribing
from storybank.services.turns import Outcome, Turns
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A recording that was not put into the queue, and why."""

    recording_id: str
    name: str
    error: StorybankError


@dataclass(frozen=True, slots=True)
class Added:
    """What came of asking for several recordings."""

    entries: tuple[QueueEntry, ...]
    left_out: tuple[LeftOut, ...]


class Queueing:
    """Everything one can do with the queue. One recording is heard at a time."""

    def __init__(self, open_work: OpenWork, transcribing: Transcribing, clock: Clock, tell: Callable[[Event], None],
                 awake: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        self._open_work = open_work
        self._clock = clock
        self._turns = Turns(open_work, transcribing, clock, tell, awake)

    # ---- what is in it ---------------------------------------------------------------------------------------

    def add(self, recording_ids: Sequence[str], how: Listening, model: str = "", only: Span | None = None, *,
            again: bool = False) -> Added:
        """Queue recordings, or a stretch of one; what is there, heard or not allowed is left out with the reason.

        One that was paused or went wrong waits again, to be heard as it is asked for now.
        """
        entries, left_out = [], []
        with self._open_work() as work:
            for recording_id in recording_ids:
                try:
                    entries.append(self._queue(work, recording_id, how, model, only, again=again))
                except StorybankError as error:
                    left_out.append(LeftOut(recording_id, name_of(work, recording_id), error))
            if entries:
                work.record(QueueChanged())
                work.commit()
        return Added(tuple(entries), tuple(left_out))

    def entries(self) -> list[Queued]:
        """Return the queue with what is known of each: what is being heard first, the others in their order."""
        with self._open_work() as work:
            found = queued(work, work.queue.all())
        found = [self._turns.seen(one) for one in found]
        return sorted(found, key=lambda one: (one.entry.state is not QueueState.RUNNING, one.entry.position))

    def held(self) -> bool:
        """Tell whether somebody paused all of it."""
        with self._open_work() as work:
            return work.queue.held()

    def next_one(self, among: Collection[str] | None = None) -> Queued | None:
        """Return what is heard next, if anything waits; of entries that are named, even while all is paused."""
        with self._open_work() as work:
            entry = self._turns.first(work, among)
            return queued(work, [entry])[0] if entry else None

    def waits(self) -> bool:
        """Tell whether something is to be heard now."""
        with self._open_work() as work:
            return self._turns.first(work, None) is not None

    def title(self) -> Sentence:
        """Return what a job for the next one is called."""
        following = self.next_one()
        return say("Transcribing {name}", name=following.title if following else "")

    # ---- its order -------------------------------------------------------------------------------------------

    def move(self, entry_id: str, before: str | None = None) -> None:
        """Put an entry before another, or last."""
        self._reorder(entry_id, lambda _order: before)

    def move_to_front(self, entry_id: str) -> None:
        """Put an entry before all others."""
        self._reorder(entry_id, lambda order: next((one for one in order if one != entry_id), None))

    def shift(self, entry_id: str, by: int) -> None:
        """Move an entry up (-1) or down (1); at either end it stays."""

        def before(order: list[str]) -> str | None:
            at = order.index(entry_id)
            others = [one for one in order if one != entry_id]
            to = max(0, min(len(others), at + by))
            return others[to] if to < len(others) else None

        self._reorder(entry_id, before)

    # ---- stopping and going on -------------------------------------------------------------------------------

    def pause(self, entry_id: str) -> None:
        """Stop hearing an entry, or let it not begin, until it is resumed; what was heard is kept."""
        self._change(entry_id, lambda entry: replace(entry.waiting(), state=QueueState.PAUSED))
        self._turns.stop(entry_id)

    def resume(self, entry_id: str) -> None:
        """Let an entry wait for its turn again; it goes on where it was."""
        self._change(entry_id, lambda entry: entry if entry.state is QueueState.RUNNING else entry.waiting())

    def retry(self, entry_id: str, model: str | None = None) -> None:
        """Try an entry that went wrong once more, with another model where one is named."""
        self._change(entry_id, lambda entry: replace(entry.waiting(), model=entry.model if model is None else model))

    def pause_all(self) -> None:
        """Hear nothing until all of it is resumed, however often the library is opened in between."""
        self._hold(True)
        self._turns.stop()

    def resume_all(self) -> None:
        """Go on with all of it, with what was paused by itself too."""
        self._hold(False)

    def let_go(self) -> None:
        """Go on with the queue where all of it was paused; what was paused by itself stays so."""
        if self.held():
            self._hold(False, among=())

    def take_out(self, entry_id: str) -> None:
        """Take an entry out of the queue; what was heard of it stays and can be worked with."""
        with self._open_work() as work:
            work.queue.get(entry_id)
            work.queue.remove(entry_id)
            work.record(QueueChanged())
            work.commit()
        self._turns.stop(entry_id)

    # ---- the work --------------------------------------------------------------------------------------------

    def work(self, ticket: Ticket) -> list[Outcome]:
        """Hear one after the other until nothing waits; return what came of each."""
        outcomes = []
        while outcome := self.hear_next(ticket):
            outcomes.append(outcome)
        return outcomes

    def hear_next(self, ticket: Ticket, among: Collection[str] | None = None) -> Outcome | None:
        """Hear what is next and return what came of it; None when nothing waits. See `Turns.take`."""
        return self._turns.take(ticket, among)

    # ---- one change, one transaction -------------------------------------------------------------------------

    def _queue(self, work: UnitOfWork, recording_id: str, how: Listening, model: str, only: Span | None, *,
               again: bool) -> QueueEntry:
        recording = work.recordings.get(recording_id)
        only = _whole_lines(work, recording_id, only) if only else None
        order = work.queue.all()
        same = next((one for one in order if (one.recording_id, one.only) == (recording_id, only)), None)
        if same is not None and same.state is QueueState.RUNNING:
            raise Refused(say("{name} is being heard now.", name=recording.original_name))
        if same is not None and same.state is QueueState.WAITING:
            raise Refused(say("{name} is in the queue already.", name=recording.original_name))
        self._check(work, recording_id, only, again=again)
        position = order[-1].position + 1 if order else 1.0
        entry = same or QueueEntry(names.new_id(), recording_id, position, QueueState.WAITING, how,
                                   added_at=self._clock().isoformat())
        entry = replace(entry.waiting(), how=how, model=model, only=only, again=again)
        work.queue.save(entry)
        return entry

    def _check(self, work: UnitOfWork, recording_id: str, only: Span | None, *, again: bool) -> None:
        recording = work.recordings.get(recording_id)
        answer = may_be_processed(work, recording.story_id, Act.TRANSCRIBE, self._clock().date())
        if not answer.allowed:
            raise Refused(answer.reasons[0], hint=say("It was not put into the queue."))
        whole = any(run.state is RunState.DONE and run.only is None for run in work.transcripts.runs_of(recording_id))
        if whole and only is None and not again:
            raise Refused(say("{name} has a transcript already.", name=recording.original_name),
                          hint=say("Ask for it again if you want a new one; the old one is kept."))

    def _change(self, entry_id: str, change: Callable[[QueueEntry], QueueEntry]) -> None:
        with self._open_work() as work:
            work.queue.save(change(work.queue.get(entry_id)))
            work.record(QueueChanged())
            work.commit()

    def _reorder(self, entry_id: str, before: Callable[[list[str]], str | None]) -> None:
        with self._open_work() as work:
            order = work.queue.all()
            work.queue.get(entry_id)
            for entry in moved(order, entry_id, before([one.id for one in order])):
                work.queue.save(entry)
            work.record(QueueChanged())
            work.commit()

    def _hold(self, held: bool, among: Collection[QueueState] = (QueueState.PAUSED,)) -> None:
        with self._open_work() as work:
            work.queue.hold(held)
            for entry in work.queue.all() if not held else ():
                if entry.state in among:
                    work.queue.save(entry.waiting())
            work.record(QueueChanged())
            work.commit()


def _whole_lines(work: UnitOfWork, recording_id: str, only: Span) -> Span:
    """Return a stretch widened to the lines it touches: an engine that begins in a word hears another one."""
    touched = [line for line in work.transcripts.lines(recording_id)
               if line.start_ms < only.end_ms and only.start_ms < line.end_ms]
    return Span(min([only.start_ms, *(line.start_ms for line in touched)]),
                max([only.end_ms, *(line.end_ms for line in touched)]))
