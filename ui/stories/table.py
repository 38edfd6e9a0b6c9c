"""The stories as a table, for those who look for one among many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storybank.domain.use import Use
from storybank.domain.vocabulary import province
from storybank.services.browsing import Card
from storybank.words import Words
from ui.consent.said import badge_said
from ui.parts.said import timecode
from ui.parts.table import Column, Rows, Table
from ui.stories.states import transcript_said, who
from ui.theme import Tokens


def story_rows(tr: Words, uses: Sequence[Use], today: date) -> Rows[Card]:
    """Return the rows of the table, empty yet."""
    return Rows[Card]([
        Column(tr("Code"), lambda card: card.line.code, width=84),
        Column(tr("Name"), who, lambda card: who(card).casefold(), width=180),
        Column(tr("Role"), lambda card: card.line.role),
        Column(tr("Province"), lambda card: province(card.line.province, tr.language), width=150),
        Column(tr("Consent"), lambda card: str(card.badge.state),
               badge=lambda card: badge_said(card.badge, uses, today, tr), width=224),
        Column(tr("Transcript"), lambda card: transcript_said(card, tr), width=190),
        Column(tr("Quotes"), lambda card: str(card.line.quotes), lambda card: card.line.quotes, width=80),
        Column(tr("Length"), lambda card: timecode(card.line.duration_ms), lambda card: card.line.duration_ms,
               width=84),
    ], lambda card: card.line.id)


def story_table(rows: Rows[Card], tokens: Tokens, tr: Words) -> Table[Card]:
    """Return the table over these rows."""
    return Table(rows, tokens, tr("Stories"))
