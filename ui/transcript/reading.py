"""Reading: what the page knows of its story; lines that change are read alone, the rest when nobody is typing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storybank.domain.events import Event, TranscriptChanged
from storybank.domain.transcript import Line
from storybank.services.browsing import StoryView
from ui.transcript.script import with_changes

if TYPE_CHECKING:
    from ui.wiring import App


class Reading:
    """A story as it was read, and how far its transcript has come since."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.story: StoryView | None = None
        self._run_id, self._number = "", 0

    def read(self, code: str) -> StoryView:
        """Read everything about a story."""
        self.story = story = self._app.browsing.story(code)
        self._run_id, self._number = story.shown, story.change
        return story

    def read_around(self) -> StoryView | None:
        """Read everything about the story but its lines, which are known."""
        if self.story is not None:
            self.story = self._app.browsing.story(self.story.story.code, self.story.lines)
        return self.story

    def changes(self) -> list[Line]:
        """Return the lines that changed since they were read, gone or not, and know them from now on."""
        if self.story is None or not self._run_id:
            return []
        number, changed = self._app.correcting.changed_since(self._run_id, self._number)
        self._number = number
        if changed:
            self.story = replace(self.story, lines=with_changes(self.story.lines, changed))
        return changed

    def tells_of_lines(self, event: Event) -> bool:
        """Tell whether an event says no more than that lines of the transcript shown here changed."""
        return isinstance(event, TranscriptChanged) and event.run_id == self._run_id

    def is_known(self, event: Event) -> bool:
        """Tell whether what an event tells was read already."""
        return isinstance(event, TranscriptChanged) and (
            event.number <= self._number if event.run_id == self._run_id else bool(self._run_id))
