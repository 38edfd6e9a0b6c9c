"""The glossary on disk: the names and terms that must be written right."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, select, update

from storybank.domain.glossary import GlossaryEntry
from storybank.persistence.tables import glossary
from storybank.persistence.transaction import Transaction


class StoredGlossary:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> list[GlossaryEntry]:
        """Return the terms in the order of the alphabet."""
        rows = self._transaction.rows(select(glossary).order_by(glossary.c.term))
        return [GlossaryEntry(row.id, row.term, tuple(row.heard_as), row.language) for row in rows]

    def save(self, entry: GlossaryEntry) -> None:
        """Write a term, new or known."""
        row = asdict(entry) | {"heard_as": list(entry.heard_as)}
        if not self._transaction.execute(update(glossary).where(glossary.c.id == entry.id).values(row)).rowcount:
            self._transaction.add(glossary, [row])

    def remove(self, entry_id: str) -> None:
        """Take a term out."""
        self._transaction.execute(delete(glossary).where(glossary.c.id == entry_id))
