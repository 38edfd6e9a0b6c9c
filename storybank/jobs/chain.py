"""Chain: a job that is done again and again while there is more; others in its lane get their turn in between."""

from __future__ import annotations

import threading
from collections.abc import Callable

from storybank.jobs.runner import JobTicket, Lane, Runner
from storybank.words import Sentence


class Chain:
    """One job at a time, and after it the next, until nothing is left or somebody stopped it."""

    def __init__(self, runner: Runner, lane: Lane, step: Callable[[JobTicket], object], more: Callable[[], bool],
                 title: Callable[[], Sentence]) -> None:
        self._runner, self._lane = runner, lane
        self._step, self._more, self._title = step, more, title
        self._turn = threading.Lock()
        self._job: int | None = None
        self.jobs: set[int] = set()
        """The numbers of its jobs, so that a list can tell them from others."""

    def go(self) -> None:
        """See that it is being worked on, if there is anything to do; asking twice is asking once."""
        with self._turn:
            if (self._job is None or not self._runner.is_on(self._job)) and self._more():
                self._start()

    def _start(self) -> None:
        self._job = self._runner.start(self._lane, self._link, self._title())
        self.jobs.add(self._job)

    def _link(self, ticket: JobTicket) -> None:
        """Do one step; the next is queued before this one is told to be over, so that nothing looks finished."""
        self.jobs.add(ticket.job_id)
        try:
            self._step(ticket)
        except BaseException:
            with self._turn:
                self._job = None
            raise
        with self._turn:
            self._job = None
            if not ticket.stop.is_set() and self._more():
                self._start()
