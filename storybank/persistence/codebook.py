"""The organisation's own lists, on disk: codes and uses."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.use import Use
from storybank.errors import Invalid, NotFound
from storybank.persistence.consent_tables import uses
from storybank.persistence.tables import codes
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

_ORDER = list(CodeKind)


class StoredCodebook:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def codes(self, kind: CodeKind | None = None) -> list[Code]:
        """Return the codes in the codebook's order: list by list, each in its own order."""
        every = [_code(row) for row in self._transaction.rows(select(codes))]
        chosen = [code for code in every if kind in (None, code.kind)]
        return sorted(chosen, key=lambda code: (_ORDER.index(code.kind), code.position, code.key))

    def code(self, key: str) -> Code:
        """Return the code of that key."""
        row = self._transaction.row(select(codes).where(codes.c.key == key))
        if row is None:
            raise NotFound(
                say("There is no code {key} in the codebook.", key=key),
                hint=say("The codes are: {keys}.", keys=", ".join(code.key for code in self.codes())),
            )
        return _code(row)

    def save(self, code: Code) -> None:
        """Write a code, new or known."""
        self._transaction.put(codes, asdict(code))

    def uses(self) -> list[Use]:
        """Return the uses that people are asked about, in the organisation's order."""
        return [_use(row) for row in self._transaction.rows(select(uses).order_by(uses.c.position, uses.c.key))]

    def use(self, key: str) -> Use:
        """Return the use of that key."""
        every = self.uses()
        for use in every:
            if use.key == key:
                return use
        raise Invalid(
            say("There is no use called {key}.", key=key),
            hint=say("The uses are: {keys}.", keys=", ".join(use.key for use in every)),
        )


def _code(row: AnyRow) -> Code:
    return Code(
        row.key, CodeKind(row.kind), row.label_en, row.label_fr, row.short_en, row.short_fr, row.gist_en, row.gist_fr,
        row.position,
    )  # fmt: skip


def _use(row: AnyRow) -> Use:
    return Use(row.key, row.purpose, row.channel, row.audience, row.label_en, row.label_fr, row.territory)
