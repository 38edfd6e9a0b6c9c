"""Desk: what outlives a change of language or theme: the open library, its news, its jobs and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storybank.domain.events import CaseChanged, Event, StoryErased
from storybank.domain.withdrawal import Choice
from ui.jobs.book import JobBook
from ui.jobs.queue_book import QueueBook
from ui.parts.bridge import Bridge
from ui.parts.undo import History

if TYPE_CHECKING:
    from ui.wiring import App


class Desk:
    """An open library, with one bridge, one list of jobs and one history of edits."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.bridge = Bridge(app.hub)
        self.book = JobBook(self.bridge)
        self.queue = QueueBook(app, self.bridge, self.book)
        self.history = History()
        self.bridge.happened.connect(self._forget)

    def _forget(self, event: Event) -> None:
        """Remember no way back to words that somebody had erased or made nameless."""
        if isinstance(event, StoryErased) or (isinstance(event, CaseChanged) and self._is_carried_out(event.case_id)):
            self.history.clear()

    def _is_carried_out(self, case_id: str) -> bool:
        cases = self.app.withdrawing.cases()
        return any(case.id == case_id and case.choice is not Choice.UNDECIDED for case in cases)

    def close(self) -> None:
        """Stop every job and close the library."""
        self.bridge.close()
        self.app.close()
