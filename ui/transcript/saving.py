"""Saving: writes that nobody waits for, one after another in the order they were asked, while one goes on typing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from storybank.errors import Refused, StorybankError
from storybank.services.correcting import Correcting
from storybank.services.edits import Edit
from storybank.words import Sentence, say

Plan = Callable[[], Edit]
SHORT_TURN = 0.0005
"""Seconds that the writing thread may work while the window's waits."""


class Saving(QObject):
    """A queue of writes. What is in it is not lost: closing waits for it, and so does whoever needs it done."""

    failed = Signal(object, object)
    """Why a write failed, and what wanted it; said on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue = ThreadPoolExecutor(1, thread_name_prefix="saving")
        self._last: Future[None] | None = None

    def later(self, write: Callable[[], None], wanted_by: object = None) -> None:
        """Write soon, after everything that was asked before."""
        self._last = self._queue.submit(self._write, write, wanted_by)

    def settle(self) -> None:
        """Wait until everything that was asked is written, or has failed and said so."""
        if self._last is not None:
            self._last.result()
            self._last = None

    @property
    def waits(self) -> bool:
        """Tell whether anything is still to be written."""
        return self._last is not None and not self._last.done()

    def _write(self, write: Callable[[], None], wanted_by: object) -> None:
        try:
            with _short_turns():
                write()
        except StorybankError as error:
            self.failed.emit(error, wanted_by)


@contextmanager
def _short_turns() -> Iterator[None]:
    """Let the window's thread have its turn at once: Python's usual 5 ms are a third of what a key may take."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SHORT_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


class LaterEdit:
    """An edit that is planned and made in the queue; the way back waits for it."""

    def __init__(self, saving: Saving, label: Sentence, plan: Plan) -> None:
        self._saving, self._plan = saving, plan
        self._made: Edit | None = None
        self.edit = Edit(label, self._do, self._undo)

    def _do(self) -> None:
        self._saving.later(self._make, self)

    def _make(self) -> None:
        made = self._plan()
        made.do()
        self._made = made

    def _undo(self) -> None:
        self._saving.settle()
        if self._made is None:
            raise Refused(say("This change could not be saved, so there is nothing to undo."))
        self._made.undo()


class Stay:
    """What one writes into a line from opening it to leaving it: saved again and again, and one step to undo."""

    def __init__(self, saving: Saving, correcting: Correcting, line_id: str) -> None:
        self._saving, self._correcting = saving, correcting
        self.line_id, self.text = line_id, ""
        self._plan: Callable[[str], Edit] | None = None
        self._made: Edit | None = None
        self.taken_back = False
        self.edit = Edit(say("Correct line"), self._do, self._undo)

    def write(self, text: str) -> None:
        """Save the line as it now reads, soon."""
        self.text = text
        self._saving.later(lambda: self._write(text), self)

    def _write(self, text: str) -> None:
        if self._plan is None:
            begun = self._correcting.line(self.line_id)
            self._plan = lambda said: self._correcting.reword_since(begun, said)
        made = self._plan(text)
        made.do()
        self._made = made

    def _do(self) -> None:
        self.taken_back = False
        self.write(self.text)

    def _undo(self) -> None:
        self._saving.settle()
        self.taken_back = True
        if self._made is None:
            raise Refused(say("This change could not be saved, so there is nothing to undo."))
        self._made.undo()
