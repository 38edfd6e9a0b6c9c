"""Desk: what outlives a change of language or theme: the open library, its news, its jobs and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.jobs.book import JobBook
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
        self.history = History()

    def close(self) -> None:
        """Stop every job and close the library."""
        self.bridge.close()
        self.app.close()
