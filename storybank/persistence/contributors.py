"""The people of a library, on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, select

from storybank.domain.contributor import Assent, Citation, Contributor, ContributorKind, Guardian, Label
from storybank.domain.query import folded
from storybank.errors import Invalid, NotFound
from storybank.persistence.index_rows import put_person
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
        """Return the person of that id, short code or name, as people type it; refuse a name that two people have."""
        everyone, wanted = self.all(), _as_typed(name_or_code)
        named = [p for p in everyone if wanted in (p.id, p.code.casefold())] if wanted else []
        named = named or [p for p in everyone if wanted == _as_typed(p.name)]
        if len(named) > 1:
            raise Invalid(
                say("{count} people are called {name}.", count=len(named), name=named[0].name),
                hint=say("Say which one by the code: {codes}.", codes=", ".join(person.code for person in named)),
            )
        return named[0] if named else None

    def all(self) -> list[Contributor]:
        """Return everyone, in the order they came in."""
        return [_from_row(row) for row in self._transaction.rows(_ALL)]

    def save(self, contributor: Contributor) -> None:
        """Write a person, new or known."""
        self._transaction.put(contributors, _row(contributor))
        put_person(self._transaction, contributor.id)


def _as_typed(name: str) -> str:
    """Return a name without case, accents, and the marks that every keyboard writes its own way."""
    return " ".join(folded(name).replace("’", "'").replace("‑", "-").split())


def _from_row(row: AnyRow) -> Contributor:
    return Contributor(
        row.id, row.code, row.name, row.role, row.stakeholder, row.organization, row.province, row.language,
        ContributorKind(row.kind), row.majority_on, _guardian(row.guardian),
        tuple(Label(**label) for label in row.labels or ()), Citation(**row.citation) if row.citation else None,
    )  # fmt: skip


def _guardian(kept: Mapping[str, Any] | None) -> Guardian | None:
    if not kept:
        return None
    asked = date.fromisoformat(kept["assent_on"]) if kept["assent_on"] else None
    return Guardian(kept["name"], kept["relation"], kept["basis"], Assent(kept["assent"]), asked)


def _row(contributor: Contributor) -> dict[str, Any]:
    row = asdict(contributor)
    if contributor.guardian:
        row["guardian"]["assent_on"] = str(contributor.guardian.assent_on or "")
    return row | {"labels": row["labels"] or None}
