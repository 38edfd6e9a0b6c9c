"""The people of a library, on disk."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import func, select

from storybank.domain.contributor import Contributor
from storybank.domain.query import folded
from storybank.errors import NotFound
from storybank.persistence.tables import contributors
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

_ALL = select(contributors).order_by(func.length(contributors.c.code), contributors.c.code)


class StoredContributors:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, contributor_id: str) -> Contributor:
        """Return the person of that identifier."""
        row = self._transaction.row(select(contributors).where(contributors.c.id == contributor_id))
        if row is None:
            raise NotFound(say("There is no person {id} in this library.", id=contributor_id))
        return _from_row(row)

    def find(self, name_or_code: str) -> Contributor | None:
        """Return the person of that id, short code or exact name (case and accents ignored)."""
        wanted = " ".join(folded(name_or_code).split())
        for person in self.all():
            if wanted in (person.id, folded(person.code), " ".join(folded(person.name).split())):
                return person
        return None

    def all(self) -> list[Contributor]:
        """Return everyone, in the order they came in."""
        return [_from_row(row) for row in self._transaction.rows(_ALL)]

    def save(self, contributor: Contributor) -> None:
        """Write a person, new or known."""
        self._transaction.put(contributors, asdict(contributor))


def _from_row(row: AnyRow) -> Contributor:
    return Contributor(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
