"""Stretches of recordings that may not go out as they are, on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Select, delete, select

from storybank.domain.restriction import Restriction, Treatment
from storybank.errors import NotFound
from storybank.persistence.consent_tables import restrictions
from storybank.persistence.transaction import Transaction
from storybank.words import say

_ALL = select(restrictions).order_by(restrictions.c.recording_id, restrictions.c.start_ms, restrictions.c.id)


class StoredRestrictions:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of_recordings(self, recording_ids: Sequence[str]) -> list[Restriction]:
        """Return what is not free in some recordings, in the order of time."""
        return self._those(_ALL.where(restrictions.c.recording_id.in_(recording_ids)))

    def all(self) -> list[Restriction]:
        """Return everything that is not free."""
        return self._those(_ALL)

    def save(self, restriction: Restriction) -> None:
        """Write a restriction, new or known."""
        self._transaction.put(restrictions, asdict(restriction))

    def remove(self, restriction_id: str) -> None:
        """Free a stretch again."""
        if not self._transaction.execute(delete(restrictions).where(restrictions.c.id == restriction_id)).rowcount:
            raise NotFound(say("There is no restriction {id} in this library.", id=restriction_id))

    def _those(self, statement: Select[tuple[object, ...]]) -> list[Restriction]:
        return [
            Restriction(row.id, row.recording_id, row.start_ms, row.end_ms, Treatment(row.treatment), row.reason)
            for row in self._transaction.rows(statement)
        ]
