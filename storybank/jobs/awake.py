"""Awake: keeps the machine from going to sleep while there is long work; where that cannot be had, it does without."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


@contextmanager
def awake() -> Iterator[None]:
    """Keep the machine awake, if it lets us; the screen may go dark. Never fails and never prints."""
    let_sleep = _hold()
    try:
        yield
    finally:
        let_sleep()


def _hold() -> Callable[[], object]:
    """Ask the machine to stay awake; return how to let it sleep again."""
    try:
        from wakepy import keep  # only when a job begins: nothing else needs it
    except (ImportError, OSError) as error:
        log.info("The machine cannot be kept awake: %s", error)
        return _nothing
    logging.getLogger("wakepy").setLevel(logging.ERROR)
    mode = keep.running(on_fail="pass")
    try:
        mode.__enter__()
    except (RuntimeError, OSError, ValueError) as error:
        log.info("The machine cannot be kept awake: %s", error)
        return _nothing
    log.info("The machine is kept awake" if mode.active else "The machine cannot be kept awake here")
    return lambda: _end(mode.__exit__)


def _end(leave: Callable[..., object]) -> None:
    try:
        leave(*sys.exc_info())
    except (RuntimeError, OSError, ValueError) as error:
        log.info("The machine could not be told that it may sleep: %s", error)


def _nothing() -> None:
    """Do nothing."""
