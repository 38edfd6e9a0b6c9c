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
    page.standings |= standings_of(page.reading.asked(fresh), story.uses, page.tr_)
    for quote_id in gone:
        page.standings.pop(quote_id, None)
    page.view.show_quotes(fresh, gone)
    page.quotes.put(story.quotes, {*(quote.id for quote in fresh), *gone}, page.standings)
    page.side.count(len(story.quotes))
    page.clip.setEnabled(bool(story.quotes))
    page.aside.wait()
