"""Tagging: from selected words to a tagged quote, and from a quote to other tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from storybank.domain.quote import Anchor, Quote
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.story.hands import Hands
from ui.story.moments import quoted
from ui.story.tags import HEIGHT, WIDTH, TagPalette
from ui.theme import Tokens
from ui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from ui.wiring import App


class Tagging(QObject):
    """Opens the palette for the words or the quote one is at, and makes what was chosen so."""

    def __init__(self, page: QWidget, app: App, tr: Words, tokens: Tokens, hands: Hands, view: TranscriptView) -> None:
        super().__init__(page)
        self._page = page
        self._app = app
        self._tr = tr
        self._hands = hands
        self._view = view
        self._story: StoryView | None = None
        self._target: Quote | Anchor | None = None
        self.palette = TagPalette(page, tr, tokens)
        self.palette.applied.connect(self._apply)
        self.palette.new_code.connect(self._add_code)
        self.palette.left.connect(self._view.setFocus)

    def show_story(self, story: StoryView) -> None:
        """Tag in this story."""
        self._story = story
        if not self.palette.isHidden():
            self.palette.offer(story.codes)

    def tag_here(self) -> None:
        """Tag the selected words; with none selected, the quote one is in, or else the line."""
        if self._story is None or not self._view.script.count:
            return
        cursor, script = self._view.cursor_, self._view.script
        span = script.span_at(cursor.place)
        if cursor.selection is None and span is None:
            cursor.select_line()
            self._view.changed()
        if cursor.selection is None and span is not None:
            self.tag_quote(span.quote)
            return
        first, last = cursor.selection or (cursor.place, cursor.place)
        same = next((s.quote for s in script.spans if (s.first, s.last) == (first, last)), None)
        if same is not None:
            self.tag_quote(same)
            return
        self._ask(script.anchor(first, last), script.text(first, last), self._own_codes())

    def tag_quote(self, quote: Quote) -> None:
        """Give a quote other tags."""
        self._ask(quote, quote.text, quote.codes)

    def keep_quote(self) -> None:
        """Keep the selected words, or the line one is in, as a quote."""
        if self._story is None or not self._view.script.count:
            return
        cursor = self._view.cursor_
        if cursor.selection is None:
            cursor.select_line()
        first, last = cursor.selection or (cursor.place, cursor.place)
        self._target = self._view.script.anchor(first, last)
        self._apply(frozenset())

    def _own_codes(self) -> frozenset[str]:
        """Return the stakeholder that the speaker speaks as."""
        people = self._story.people if self._story else ()
        return frozenset(person.stakeholder for person in people[:1] if person.stakeholder)

    def _ask(self, target: Quote | Anchor, text: str, chosen: frozenset[str]) -> None:
        if self._story is None:
            return
        self._target = target
        shown = text if len(text) <= 90 else f"{text[:88].rsplit(' ', 1)[0]}…"
        self._place()
        self.palette.ask(quoted(shown, self._story.story.language), self._story.codes, chosen)

    def _place(self) -> None:
        """Lay the palette beside the words, inside the page."""
        rect = self._view.rect_of(self._view.cursor_.place).toRect()
        at = self._view.viewport().mapTo(self._page, QPoint(rect.left(), rect.bottom() + 10))
        left = max(8, min(at.x(), self._page.width() - WIDTH - 8))
        top = max(8, min(at.y(), self._page.height() - HEIGHT - 8))
        self.palette.move(left, top)

    def _apply(self, codes: frozenset[str]) -> None:
        target, self._target = self._target, None
        if self._story is None or target is None:
            return
        if isinstance(target, Quote):
            self._hands.retag(target.id, codes)
        else:
            self._hands.pick(self._story.recordings[0].id, target, codes)
        self._view.cursor_.clear()
        self._view.setFocus()
        self._view.viewport().update()

    def _add_code(self, name: str) -> None:
        code = self._hands.add_code(name)
        if code is None:
            return
        self.palette.offer(self._app.quoting.codes())
        if code.key not in self.palette.chosen:
            self.palette.choose(code.key)
