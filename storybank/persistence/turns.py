"""Taking turns: every thread works on the library's one connection, and only one does at a time."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, Engine

from storybank.errors import Unavailable
from storybank.words import say


class Turns:
    """Hands out the connection to one thread after the other; a thread has at most one turn at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.RLock()
        self._taken = False
        self._over = False

    def take(self) -> Connection:
        """Wait until no other thread works on the library, and return its connection; `end` gives it back."""
        self._turn.acquire()
        try:
            if self._over:
                raise Unavailable(say("The library is closed."), hint=say("Open it again."))
            if self._taken:
                raise RuntimeError("this thread has a unit of work open already; finish it first")
            connection = self._engine.connect()
            self._taken = True
        except BaseException:
            self._turn.release()
            raise
        return connection

    def end(self, connection: Connection) -> None:
        """Give the connection back, undoing what was not committed, and let the next thread work."""
        try:
            connection.close()
        finally:
            self._taken = False
            self._turn.release()

    def close(self) -> bool:
        """Wait for the turn that is on, let nobody have another, and tell whether this was the first time."""
        with self._turn:
            first, self._over = not self._over, True
            if first:
                self._engine.dispose()
        return first
