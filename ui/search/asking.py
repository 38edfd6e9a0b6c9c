"""Asking: questions are answered beside the window; of each sort only the latest counts, late answers are dropped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from storybank.domain.query import Query, understood
from storybank.services.searching import Results

if TYPE_CHECKING:
    from ui.wiring import App

_UNFINISHED = re.compile(r"(?:^|\s)[^\W_]{2,}$")
"""A plain word at the end: one may still be typing it."""
Answer = TypeVar("Answer")
THREADS = 2
"""So that a new question need not wait for the end of one that nobody asks any more."""
AT_ONCE = 100
"""How many hits are fetched at a time; more come as one scrolls."""


class Asking(QObject):
    """Asks the library. Each sort of question has its own latest."""

    answered = Signal(object)
    """The `Results` of the latest query."""
    failed = Signal(object)
    _came = Signal(str, int, object, object)

    def __init__(self, app: App, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._numbers: defaultdict[str, int] = defaultdict(int)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._closed = False
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    def ask(self, query: Query) -> None:
        """Ask for hits; `answered` brings the results, unless something else is asked meanwhile."""
        self.forget("more", "facets", "concordance", "help")
        self.beside("hits", lambda: self._found(query), self.answered.emit)

    def beside(self, sort: str, question: Callable[[], Answer], then: Callable[[Answer], object]) -> None:
        """Answer a question beside the window and hand the answer to `then`, unless a newer one of its sort came."""
        self._numbers[sort] += 1
        number = self._numbers[sort]
        if not self._closed:
            self._pool.start(lambda: self._work(sort, number, question, then))

    def _found(self, query: Query) -> Results:
        """Return what a query finds; where its last word is not finished, what begins so, by the query that asks it."""
        results = self._app.searching.find(query, AT_ONCE)
        if results.total or not _UNFINISHED.search(query.typed):
            return results
        begun = understood(f"{query.typed}*")
        wider = replace(query, terms=begun.terms, root=begun.root, typed=begun.typed)
        return found if (found := self._app.searching.find(wider, AT_ONCE)).total else results

    def forget(self, *sorts: str) -> None:
        """Want no answer any more to questions of these sorts; to none at all where none is named."""
        for sort in sorts or list(self._numbers):
            self._numbers[sort] += 1

    def close(self) -> None:
        """Wait for what is being answered, and forget it."""
        self.forget()
        self._pool.waitForDone()

    def _work(self, sort: str, number: int, question: Callable[[], object], then: object) -> None:
        if number != self._numbers[sort]:
            return
        try:
            answer = question()
        except Exception as error:  # noqa: BLE001 - it is told in the window
            answer = error
        with suppress(RuntimeError):  # the page went meanwhile
            self._came.emit(sort, number, answer, then)

    def _on_came(self, sort: str, number: int, answer: object, then: object) -> None:
        if number != self._numbers[sort]:
            return
        if isinstance(answer, BaseException):
            self.failed.emit(answer)
        else:
            cast(Callable[[object], object], then)(answer)

