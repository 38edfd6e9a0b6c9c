"""Asking: runs searches beside the window, one at a time; an answer that comes too late is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from storybank.domain.query import Query, Term
from storybank.errors import StorybankError
from storybank.services.searching import Results

if TYPE_CHECKING:
    from ui.wiring import App


class Asking(QObject):
    """Asks the library a question at a time."""

    answered = Signal(object)
    """The `Results` of the latest question."""
    failed = Signal(object)
    _came = Signal(int, object)

    def __init__(self, app: App, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._number = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    def ask(self, query: Query) -> None:
        """Ask; `answered` brings the results, unless something else is asked meanwhile."""
        self._number += 1
        number = self._number
        self._pool.start(lambda: self._find(number, query))

    def close(self) -> None:
        """Wait for the question that is being answered, and forget it."""
        self._number += 1
        self._pool.waitForDone()

    def alone(self, query: Query) -> list[tuple[Term, int]]:
        """Return how much each term finds by itself: help for a question without an answer."""
        find = self._app.searching.find
        return [(term, find(Query(terms=(term,)), 1).total) for term in query.terms]

    def _find(self, number: int, query: Query) -> None:
        if number != self._number:
            return
        try:
            answer: Results | StorybankError = self._app.searching.find(query)
        except StorybankError as error:
            answer = error
        self._came.emit(number, answer)

    def _on_came(self, number: int, answer: Results | StorybankError) -> None:
        if number != self._number:
            return
        if isinstance(answer, StorybankError):
            self.failed.emit(answer)
        else:
            self.answered.emit(answer)
