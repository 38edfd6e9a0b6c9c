"""Together: several works at a time, as many as this machine has cores, on one ticket."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait

from storybank.errors import Cancelled
from storybank.ports import Ticket
from storybank.words import say

_LOOK = 0.1
"""Seconds between two looks at how far everything is, and whether to stop."""

Work = Callable[[Ticket], None]


class _Part:
    """The ticket of one work among several: it says how far it is, and stops when any of them must."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self.fraction = 0.0

    def report(self, fraction: float, note: str = "") -> None:  # noqa: ARG002
        self.fraction = fraction

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled(say("Stopped."))


def at_once(works: Sequence[Work], ticket: Ticket, most: int | None = None) -> None:
    """Do all of it, several at a time; what goes wrong first, or the user's stop, ends all the others.

    The ticket is only used by the thread that called, and everything has ended when this returns or raises.
    """
    stop = threading.Event()
    parts = [_Part(stop) for _ in works]
    with ThreadPoolExecutor(max(1, min(most or cores(), len(works))), "clips") as pool:
        waiting = [pool.submit(work, part) for work, part in zip(works, parts, strict=True)]
        try:
            _watch(waiting, parts, ticket)
        finally:
            stop.set()
            for one in waiting:
                one.cancel()
    ticket.report(1.0)


def cores() -> int:
    """Return how many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _watch(waiting: Sequence[Future[None]], parts: Sequence[_Part], ticket: Ticket) -> None:
    """Tell the ticket how far everything is until it is done; raise what went wrong first."""
    unfinished = set(waiting)
    while unfinished:
        done, unfinished = wait(unfinished, _LOOK, FIRST_EXCEPTION)
        for one in done:
            one.result()
        ticket.check()
        ticket.report(sum(part.fraction for part in parts) / len(parts))
