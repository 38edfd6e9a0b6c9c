"""Leaving: what the ledger says of a quote that leaves, and whether it is still as free as when it was cleared."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from storybank.domain.clearance import ClearedQuote
from storybank.domain.consent import PERMITTING
from storybank.domain.export import ExportedItem, HeardBy
from storybank.domain.permission import most_restrictive
from storybank.domain.withdrawal import Choice
from storybank.ports import UnitOfWork
from storybank.services.measuring import quality_of


def is_as_free_as(now: ClearedQuote, then: ClearedQuote) -> bool:
    """Tell whether nothing was taken back, narrowed or restricted since a quote was cleared."""
    return (
        now.permission.is_as_good_as(then.permission)
        and (now.permission.until or date.max) >= (then.permission.until or date.max)
        and now.materials >= then.materials
        and set(now.restrictions) <= set(then.restrictions)
        and (now.wording, now.translations) == (then.wording, then.translations)
    )


def item_of(cleared: ClearedQuote, *in_parts: ClearedQuote) -> ExportedItem:
    """Return a line of the ledger about a quote; it rests on whatever any part that it is in rests on."""
    quote = cleared.quote
    answer = most_restrictive([cleared.permission, *(one.permission for one in in_parts)])
    return ExportedItem(quote.id, quote.code, quote.story_id, answer.consents, cleared.attribution,
                        hashlib.sha256(quote.text.encode()).hexdigest(), answer.verdict, answer.reasons,
                        answer.conditions, answer.events, answer.until)


def heard_by(work: UnitOfWork, cleared: Sequence[ClearedQuote]) -> tuple[HeardBy, ...]:
    """Return who heard each recording that is quoted, and how much of what they wrote was reviewed."""
    heard = set()
    for recording_id in {c.recording.id for c in cleared}:
        if work.transcripts.shown(recording_id):
            quality = quality_of(work, recording_id)
            heard.add(HeardBy(recording_id, quality.engine, quality.model, quality.heard_on, quality.whole.words,
                              quality.whole.reviewed))
    return tuple(sorted(heard, key=lambda one: (one.engine, one.model, one.on, one.recording_id)))


def who_withdrew(work: UnitOfWork) -> tuple[str, ...]:
    """Return the names of those who want out altogether and agreed to nothing since, while the library knows them."""
    gone = {case.contributor_id for case in work.cases.all()
            if case.is_about_everything and case.choice in (Choice.UNDECIDED, Choice.SEAL)}
    return tuple(sorted(work.contributors.get(person).name for person in gone
                        if not any(consent.last_state in PERMITTING for consent in work.consents.of(person))))
