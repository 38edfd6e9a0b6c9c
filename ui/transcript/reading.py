"""Reading: what the page knows of its story; lines that change are read alone, the rest when nobody is typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from storybank.domain.events import Event, TranscriptChanged
from storybank.domain.quote import Quote
from storybank.domain.transcript import Line
from storybank.services.asking import Replies
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

    def quotes(self, quote_ids: Sequence[str]) -> tuple[list[Quote], list[str]]:
        """Read some quotes again; return those that changed, and the identifiers of those that are gone."""
        story = self.story
        if story is None:
            return [], []
        there = {quote.id: quote for quote in story.quotes}
        now = {quote.id: quote for quote in self._app.quoting.those(quote_ids) if quote.story_id == story.story.id}
        fresh = [quote for quote in now.values() if there.get(quote.id) != quote]
        gone = [one for one in quote_ids if one in there and one not in now]
        if fresh or gone:
            standing = [now.pop(quote.id, quote) for quote in story.quotes if quote.id not in gone]
            standing += now.values()
            self.story = replace(story, quotes=tuple(sorted(standing, key=_as_said)))
        return fresh, gone

    def asked(self, quotes: Sequence[Quote]) -> Replies:
        """Return what everybody who is asked says to some quotes of the story."""
        story = self.story
        return self._app.asking.of_quotes(story.story.id if story else "", quotes)

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


def _as_said(quote: Quote) -> tuple[int, int, str]:
    return quote.start_ms, quote.end_ms, quote.id
