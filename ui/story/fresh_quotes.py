"""Fresh quotes: what a story's page shows of quotes that were just made, changed or taken out, and of no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storybank.domain.quote import Quote
from ui.story.standing import standings_of

if TYPE_CHECKING:
    from ui.story.page import StoryPage


def show_changed(page: StoryPage, fresh: Sequence[Quote], gone: Sequence[str]) -> None:
    """Show them in the words, in the panel and in the counts."""
    story = page.story
    if story is None:
        return
    before = {one: span.quote for one in (quote.id for quote in fresh) if (span := page.view.script.span_of(one))}
    page.view.show_quotes(fresh, gone)
    page.view.viewport().repaint()  # seen at once; what else follows from it comes after
    if told := [quote for quote in fresh if not _is_asked_alike(before.get(quote.id), quote)]:
        page.standings |= standings_of(page.reading.asked(told), story.uses, page.tr_)
    for quote_id in gone:
        page.standings.pop(quote_id, None)
    page.quotes.put(story.quotes, {*(quote.id for quote in fresh), *gone}, page.standings)
    page.side.count(len(story.quotes))
    page.clip.setEnabled(bool(story.quotes))
    page.aside.wait()


def _is_asked_alike(before: Quote | None, now: Quote) -> bool:
    """Tell whether consent has nothing new to say: the same person says it at the same moments."""
    return before is not None and (before.start_ms, before.end_ms, before.speaker_id, before.anchor) == (
        now.start_ms, now.end_ms, now.speaker_id, now.anchor)
