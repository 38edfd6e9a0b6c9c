"""At a quote: what the keys do with the quote one is in, besides giving it tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storybank.domain.coding import Subject
from storybank.domain.quote import Quote
from storybank.errors import StorybankError
from storybank.services.shaping import Touching
from ui.story.memo_bar import MemoBar
from ui.transcript.spans import Span

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App


class AtQuote:
    """Memo, importance, boundaries, overlaps, and taking out."""

    def __init__(self, page: StoryPage, app: App) -> None:
        self._page, self._app, self._view, self._hands, self._tr = page, app, page.view, page.hands, page.tr_
        self.memo = MemoBar(app, page.tr_, page.hands.history, page.explain)
        page.words.add_bar(self.memo)
        self.memo.closed.connect(self._view.setFocus)
        self._ring: tuple[list[str], int] = ([], 0)
        self._offered: Touching | None = None

    @property
    def quote(self) -> Quote | None:
        """Return the quote one is in, or has selected."""
        span = self._page.tagging.span
        return span.quote if span else None

    # ---- about it ------------------------------------------------------------------------------------------

    def write_memo(self) -> None:
        """Open the memo of the quote one is in; words that are no quote yet become one first."""
        if self.quote is None and self._view.cursor_.selection is not None:
            self._page.tagging.keep_quote()
        quote = self.quote
        if quote is None:
            self._say_no_quote()
            return
        self.memo.show_about(Subject.QUOTE, quote.id, self._tr("Memo on quote {code}", code=quote.code))

    def on_memo(self, about_id: str) -> None:
        """Show the memo as it is now, if it is the one that is open."""
        if about_id == self.memo.about_id and not self.memo.isHidden():
            self.memo.field.read()

    def write_memo_of(self, quote_id: str) -> None:
        """Open the memo of that quote."""
        self._view.choose(self._view.script.span_of(quote_id))
        self.write_memo()

    def mark(self) -> None:
        """Mark the quote as important, or not."""
        if quote := self._needed():
            self._hands.star(quote.id, not quote.important)
            self._page.freshness.show_quotes([quote.id])

    def remove(self) -> None:
        """Take the quote out; one press brings it back."""
        if quote := self._needed():
            self._hands.remove(quote.id)
            self._page.freshness.show_quotes([quote.id])
            self._view.cursor_.clear()
            self._view.changed()
            undo = (self._tr("Undo"), self._hands.history.undo)
            self._page.toast.say(self._tr("Quote {code} was taken out.", code=quote.code), actions=[undo])

    def word(self, kind: str) -> None:
        """Shorten the quote one is in, or translate it, in its card."""
        if quote := self._needed():
            self._page.side.open(0)
            self._page.quotes.word(quote.id, kind)

    def untag(self) -> None:
        """Take every tag off the quote."""
        if quote := self._needed():
            self._page.tagging.give(quote, frozenset())

    # ---- going from one to another -------------------------------------------------------------------------

    def choose_sentence(self) -> None:
        """Select the sentence one is in; again, the quotes around it, then the line."""
        if self._view.script.count:
            self._view.cursor_.widen()
            self._view.changed()

    def choose_overlapping(self) -> None:
        """Select the next of the quotes that overlap what is selected, the shortest first."""
        cursor, script = self._view.cursor_, self._view.script
        if cursor.selection is None:
            return
        span = script.span_like(*cursor.selection)
        ring, at = self._ring
        if span is None or not ring or ring[at] != span.quote.id:
            first, last = cursor.selection
            over = {one.quote.id: one for line in range(first.line, last.line + 1) for one in script.spans_in(line)
                    if one.first <= last and first <= one.last}
            ring = sorted(over, key=lambda one: script.number(over[one].last) - script.number(over[one].first))
            at = ring.index(span.quote.id) if span else -1
        if ring:
            self._ring = ring, (at + 1) % len(ring)
            self._view.choose(script.span_of(ring[self._ring[1]]))

    def step(self, step: int) -> None:
        """Select the next quote, or with -1 the one before, and be there."""
        script, cursor = self._view.script, self._view.cursor_
        spans = sorted(script.spans, key=lambda one: (one.first, one.last, one.quote.id))
        if not spans:
            return
        now = self._page.tagging.span if cursor.selection is not None else None
        if now is not None:
            found = spans[(spans.index(now) + step) % len(spans)]
        else:
            beyond = [one for one in spans if (one.first > cursor.place if step > 0 else one.first < cursor.place)]
            found = (beyond or spans)[0 if step > 0 else -1]
        self._view.choose(found)
        if not self._view.runs:
            self._view.sought.emit(script.word(found.first).start_ms)

    # ---- where it begins and ends --------------------------------------------------------------------------

    def reach(self, *, end: bool) -> None:
        """Take hold of where the quote, or the selection, begins or ends."""
        if not self._view.script.count:
            return
        reach, cursor = self._view.reach, self._view.cursor_
        span: Span | None = None if reach.active else self._page.tagging.span
        if reach.active and cursor.selection:
            reach.begin(*cursor.selection, reach.quote_id, end=end)
        elif span is not None:
            reach.begin(span.first, span.last, span.quote.id, end=end)
        else:
            if cursor.selection is None:
                cursor.select_sentence()
            if cursor.selection:
                reach.begin(*cursor.selection, "", end=end)

    def keep_reach(self) -> None:
        """Let the quote begin and end where one has moved it."""
        quote_id, chosen = self._view.reach.quote_id, self._view.cursor_.selection
        span = self._view.script.span_of(quote_id)
        if span is None or chosen is None or (span.first, span.last) == chosen:
            return
        if self._hands.move_quote(quote_id, self._view.script.anchor(*chosen)):
            self._page.freshness.show_quotes([quote_id])
            self.offer_merge(quote_id)
        self._view.choose(self._view.script.span_of(quote_id))

    # ---- two that overlap ----------------------------------------------------------------------------------

    def offer_merge(self, quote_id: str) -> None:
        """Offer to make one of two quotes that overlap or touch and have the same tag of one's own."""
        self._offered = None
        try:
            found = self._app.shaping.touching(quote_id)
        except StorybankError:
            return
        if found is None:
            return
        self._offered = found
        story = self._page.story
        code = next((one for one in story.codes if one.key == found.code), None) if story else None
        name = code.label(self._tr.language) if code else found.code
        text = self._tr("{one} and {other} touch and both have your tag “{tag}”.", one=found.kept.code,
                        other=found.other.code, tag=name)
        self._page.toast.say(text, actions=[(self._tr("Merge into one (G)"), self.merge)],
                             away=self._tr("Keep both"))

    def merge(self) -> None:
        """Make one of the two that were offered."""
        found, self._offered = self._offered, None
        if found is None:
            return
        self._page.toast.hide()
        if self._hands.merge_quotes(found.kept.id, found.other.id):
            self._page.freshness.show_quotes([found.kept.id, found.other.id])
            self._view.choose(self._view.script.span_of(found.kept.id))
            self._view.setFocus()

    # ---- inside --------------------------------------------------------------------------------------------

    def _needed(self) -> Quote | None:
        """Return the quote one is in; say what to do where there is none."""
        if self.quote is None:
            self._say_no_quote()
        return self.quote

    def _say_no_quote(self) -> None:
        if self._view.script.count:
            self._page.toast.say(self._tr("There is no quote here. S selects the sentence, T tags it."))
