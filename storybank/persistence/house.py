"""Who keeps the library, and the lists that decisions are made of, on disk."""

from __future__ import annotations

import json
from dataclasses import asdict

from sqlalchemy import Connection, func, insert, select, update

from storybank.domain.receipt import Organization
from storybank.domain.starter import STARTER_NOTICES
from storybank.domain.use import Term, TermKind, Use
from storybank.domain.vocabulary import TERMS
from storybank.persistence.consent_tables import notices, terms, uses
from storybank.persistence.notices import notice_row
from storybank.persistence.tables import library
from storybank.persistence.transaction import Transaction

_ORGANIZATION = "organization"


class StoredHouse:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def organization(self) -> Organization:
        """Return who keeps the library."""
        row = self._transaction.row(select(library.c.value).where(library.c.key == _ORGANIZATION))
        return Organization(**json.loads(row.value)) if row else Organization()

    def save_organization(self, organization: Organization) -> None:
        """Write who keeps the library."""
        self._transaction.put(library, {"key": _ORGANIZATION, "value": json.dumps(asdict(organization))})

    def terms(self, kind: TermKind | None = None) -> list[Term]:
        """Return the lists, or one of them, in the organisation's order."""
        order = list(TermKind)
        found = [
            Term(TermKind(row.kind), row.key, row.label_en, row.label_fr, row.position)
            for row in self._transaction.rows(select(terms))
        ]
        wanted = [term for term in found if kind in (None, term.kind)]
        return sorted(wanted, key=lambda term: (order.index(term.kind), term.position, term.key))

    def save_term(self, term: Term) -> None:
        """Write a term, new or known."""
        its = (terms.c.kind == term.kind) & (terms.c.key == term.key)
        if not self._transaction.execute(update(terms).where(its).values(asdict(term))).rowcount:
            self._transaction.execute(insert(terms).values(asdict(term)))

    def save_use(self, use: Use) -> None:
        """Write a use, new or known; a new one goes to the end of the list."""
        row = asdict(use)
        if self._transaction.execute(update(uses).where(uses.c.key == use.key).values(row)).rowcount:
            return
        last = self._transaction.execute(select(func.max(uses.c.position))).scalar()
        self._transaction.execute(insert(uses).values(row | {"position": (last or 0) + 1}))


def begin_lists(connection: Connection) -> None:
    """Fill the lists and the shelf of notices of a library that has none."""
    connection.execute(insert(terms), [asdict(term) for term in TERMS])
    connection.execute(insert(notices), [notice_row(notice) for notice in STARTER_NOTICES])
