"""Freshness: reads again what happened to a story: lines alone and at once, the rest when nobody is typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from storybank.domain.events import Event, MemoChanged
from storybank.errors import StorybankError
from ui.story.fresh_quotes import show_changed
from ui.story.news import OF_QUOTES, concerns

if TYPE_CHECKING:
    from ui.story.page import StoryPage

CALM_MS = 700
"""How long nobody types before what stands around the words is read again."""

BETWEEN_KEYS_MS = 120
"""How long nobody types before lines that changed elsewhere are shown, while one writes in a line."""

MANY = 40
"""Quotes that are read one by one; where more changed at once, everything around the words is."""


class Freshness(QObject):
    """Keeps a page of a story as the library is."""

    def __init__(self, page: StoryPage) -> None:
        super().__init__(page)
        self._page, self._reading = page, page.reading
        self._all, self._around = QTimer(self, singleShot=True), QTimer(self, singleShot=True)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._lines = QTimer(self, singleShot=True, interval=BETWEEN_KEYS_MS)
        self._quotes = QTimer(self, singleShot=True)
        self._changed: dict[str, None] = {}
        self._quotes.timeout.connect(self._show_changed_quotes)
        self._lines.timeout.connect(self.catch_up)
        self._all.timeout.connect(page.refresh)
        self._around.timeout.connect(self.look_around)
        self._calm.timeout.connect(self.look_around)

    def on_happened(self, event: Event) -> None:
        """Read again what an event concerns: the lines that changed, all but the lines, or everything."""
        story = self._reading.story
        if isinstance(event, MemoChanged):
            self._page.quotes.read_memos(event.about_id)
            self._page.aside.on_memo(event.about_id)
            self._page.at_quote.on_memo(event.about_id)
            return
        if story is None or not concerns(event, story) or self._reading.is_known(event):
            return
        if self._reading.tells_of_lines(event) and self._page.view.editor:
            self._lines.start()
        elif self._reading.tells_of_lines(event):
            self.catch_up()
        elif isinstance(event, OF_QUOTES):
            self._changed[event.quote_id] = None
            self._quotes.start()
        else:
            self._all.start()

    @property
    def waits(self) -> bool:
        """Tell whether something has happened that is still to be read."""
        return any(timer.isActive() for timer in (self._all, self._around, self._lines, self._quotes))

    def catch_up(self) -> None:
        """Show the lines that changed, and no more; the rest follows when nobody types."""
        self._lines.stop()
        if changed := self._reading.changes():
            self._page.show_changes(changed)
            self._calm.start()

    def show_quotes(self, quote_ids: Sequence[str]) -> None:
        """Show some quotes as they are in the library now, and leave everything else as it is."""
        try:
            fresh, gone = self._reading.quotes(quote_ids)
        except StorybankError as error:
            self._page.explain(error)
            return
        if fresh or gone:
            show_changed(self._page, fresh, gone)

    def _show_changed_quotes(self) -> None:
        changed, self._changed = list(self._changed), {}
        if len(changed) > MANY:
            self._around.start()
        else:
            self.show_quotes(changed)

    def wait_for_calm(self) -> None:
        """Read nothing around the words while somebody types."""
        for timer in (self._lines, self._calm):
            if timer.isActive():
                timer.start()

    def look_around(self) -> None:
        """Read what may have changed with the lines: quotes, consent, history."""
        self._calm.stop()
        try:
            story = self._reading.read_around()
        except StorybankError as error:
            self._page.explain(error)
        else:
            if story:
                self._page.show_read(story)
