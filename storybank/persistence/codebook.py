"""The organisation's own lists, on disk: codes and uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from storybank.domain import names
from storybank.domain.codebook import Code, CodeKind, in_order, shipped_guid
from storybank.domain.use import Use
from storybank.errors import Invalid, NotFound
from storybank.persistence.consent_tables import uses
from storybank.persistence.tables import codes
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say


class StoredCodebook:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def codes(self, kind: CodeKind | None = None) -> list[Code]:
        """Return the codes as a tree is read: list by list, each code before those under it."""
        every = [_code(row) for row in self._transaction.rows(select(codes))]
        return in_order([code for code in every if kind in (None, code.kind)])

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
        self._transaction.put(codes, code_row(code))

    def save_all(self, many: Sequence[Code]) -> None:
        """Write many codes at once, new or known."""
        known = {row.key for row in self._transaction.rows(select(codes.c.key))}
        rows = [code_row(code) for code in many]
        if old := [row | {"old": row["key"]} for row in rows if row["key"] in known]:
            kept: dict[str, Any] = {name: bindparam(name) for name in old[0] if name not in ("key", "old")}
            self._transaction.execute(update(codes).where(codes.c.key == bindparam("old")).values(kept), old)
        self._transaction.add(codes, [row for row in rows if row["key"] not in known])

    def remove(self, key: str) -> None:
        """Take a code out that nothing is tagged with and that no other stands under."""
        self._transaction.execute(delete(codes).where(codes.c.key == key))

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


def code_row(code: Code) -> dict[str, Any]:
    """Return a code as its row; one of the shipped lists has the same UUID in every library."""
    fresh = names.new_id() if code.kind is CodeKind.FREE else shipped_guid(code.key)
    return asdict(code) | {"kind": code.kind.value, "aliases": list(code.aliases), "guid": code.guid or fresh}


def _code(row: AnyRow) -> Code:
    return Code(
        row.key, CodeKind(row.kind), row.label_en, row.label_fr, row.short_en, row.short_fr, row.gist_en, row.gist_fr,
        row.position, tuple(row.aliases), row.colour, row.parent, row.codable, row.guid,
    )  # fmt: skip


def _use(row: AnyRow) -> Use:
    return Use(row.key, row.purpose, row.channel, row.audience, row.label_en, row.label_fr, row.territory)
