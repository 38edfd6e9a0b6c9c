"""Drafting: what the tests of drafts do again and again at the window: begin one, write in it, put quotes in."""

from __future__ import annotations

from storybank.domain.draft import DraftKind, Form


def begin(page, title="Fund link workers", kind=DraftKind.BRIEF, form=Form.ONE_PAGER, language="en"):
    """Begin a draft as the panel does, and open it."""
    page.begin()
    page.drafts.begin_panel.choose(kind, form)
    page.drafts.begin_panel.title.setText(title)
    page.drafts.begin_panel.language.choose(language)
    page.drafts.begin_panel.go_button.click()
    return page.builder


def write(builder, place, text):
    """Type a text into a place of the draft: `title`, `sections.why_now`, `audience`."""
    field = {**builder.outline.purpose.twins, **builder.outline.twins}[place][0].field
    field.setPlainText(text)


def write_ask(builder, text):
    """Add an ask."""
    asks = builder.outline.lists["asks"]
    asks.add()
    asks.editors[-1].fields[0][1].field.setPlainText(text)


def write_one_pager(page, quotes, title="Fund link workers", ask="Fund link workers for five years, from April 2027."):
    """Write all that a one-pager needs, with quotes by their codes."""
    builder = begin(page, title)
    write_ask(builder, ask)
    write(builder, "sections.why_now", "The pilot ends in March.")
    write(builder, "sections.next_step", "An hour in October.")
    builder.put(quotes)
    return builder


def answers(builder):
    """Return what stands beside each quote."""
    return {card.one.quote: card.badge.word for card in builder.chosen.cards}
