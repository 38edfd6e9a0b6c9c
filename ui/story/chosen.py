"""Chosen: the quote that one is about: the one last played, tagged, clipped, or read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from storybank.domain.quote import Quote

if TYPE_CHECKING:
    from ui.story.page import StoryPage


class ChosenQuote:
    """Does what one asks of a quote, and remembers which it was."""

    def __init__(self, page: StoryPage) -> None:
        self._page = page
        self._id = ""
        self._soon = QTimer(page, singleShot=True, interval=0)  # the words are painted first
        self._soon.timeout.connect(lambda: self._page.quotes.choose(self._id))

    def forget(self) -> None:
        """Be about no quote."""
        self._id = ""

    def make_clip(self) -> None:
        """Open the clip bar for the chosen quote, or else the first."""
        page, story = self._page, self._page.story
        if story is None or not story.quotes:
            return
        quote = self._quote(self._id) or story.quotes[0]
        page.quotes.choose(quote.id)
        page.clip_bar.ask(quote, story.story.slug, story.uses, page.standings[quote.id].allowed)

    def play(self, quote_id: str) -> None:
        """Play a quote, from its first word to its last."""
        if quote := self._quote(quote_id):
            self._page.view.close_editor(keep=True)
            self._choose(quote.id)
            self._page.view.set_running(True)
            self._page.player.play_span(quote.start_ms, quote.end_ms)

    def tag(self, quote_id: str) -> None:
        """Open the tags of a quote."""
        if quote := self._quote(quote_id):
            self._page.tagging.tag_quote(quote)

    def read(self) -> None:
        """Choose the quote the reader is in."""
        script, place = self._page.view.script, self._page.view.cursor_.place
        span = script.span_at(place) if script.count else None
        if span is not None:
            self._id = span.quote.id
            self._soon.start()

    def _choose(self, quote_id: str) -> None:
        self._id = quote_id
        self._page.quotes.choose(quote_id)

    def _quote(self, quote_id: str) -> Quote | None:
        story = self._page.story
        return next((one for one in story.quotes if one.id == quote_id), None) if story else None
