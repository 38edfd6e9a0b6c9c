"""Receipting: every event of a consent goes on file with the receipt that the person may keep."""

from __future__ import annotations

from datetime import datetime

from storybank.domain import names
from storybank.domain.consent import Consent
from storybank.domain.receipt import Receipt
from storybank.ports import UnitOfWork


def keep(work: UnitOfWork, consent: Consent, now: datetime) -> Consent:
    """Save an agreement and issue its receipt, in the same transaction; return it as it now lies on file."""
    saved = work.consents.save(consent)
    receipt = receipt_of(work, saved, now)
    work.consents.keep_receipt(receipt, receipt.record(now.date()))
    return saved


def receipt_of(work: UnitOfWork, consent: Consent, now: datetime) -> Receipt:
    """Return the receipt of an agreement as it stands."""
    notice = work.notices.get(consent.taken.notice_id) if consent.taken.notice_id else None
    return Receipt(
        names.new_id(), now.isoformat(), consent, work.contributors.get(consent.contributor_id),
        work.house.organization(), tuple(work.codebook.uses()),
        tuple(work.stories.get(story_id) for story_id in sorted(consent.story_ids)), notice, work.consents.head(),
    )  # fmt: skip
