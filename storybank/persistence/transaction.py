"""A transaction on the library: begun by the first statement, ended by commit or roll back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Row, Table, and_, delete, insert, update

from storybank.persistence.turns import Turns

AnyRow = Row[*tuple[Any, ...]]
AnyResult = CursorResult[*tuple[Any, ...]]


class Transaction:
    """While it is begun, this thread has its turn on the library; a transaction that asks nothing holds nothing.

    It begins as a reader: SQLite takes the write lock with the first change, and gives it back at the end.
    """

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._connection: Connection | None = None

    def execute(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> AnyResult:
        """Run a statement, beginning the transaction if need be."""
        if self._connection is None:
            connection = self._turns.take()
            try:
                connection.begin()
            except BaseException:
                self._turns.end(connection)
                raise
            self._connection = connection
        return self._connection.execute(statement, values)

    def row(self, statement: Executable, values: Mapping[str, Any] | None = None) -> AnyRow | None:
        """Return the first row of a statement, if there is one."""
        return self.execute(statement, values).first()

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[AnyRow]:
        """Return all rows of a statement."""
        return self.execute(statement, values).all()

    def put(self, table: Table, row: Mapping[str, Any]) -> None:
        """Write a row over the one with its identifier, or add it.

        Never *insert or replace*: that would take the old row out, and with it whatever hangs on it.
        """
        mine = and_(*(key == row[key.name] for key in table.primary_key.columns))
        if not self.execute(update(table).where(mine).values(row)).rowcount:
            self.execute(insert(table).values(row))

    def add(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows, none or many."""
        if many := list(rows):
            self.execute(insert(table), many)

    def put_parts(self, table: Table, owner: str, owner_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the rows that belong to an owner, in place of those that are there."""
        self.execute(delete(table).where(table.c[owner] == owner_id))
        self.add(table, rows)

    def commit(self) -> None:
        """Make everything safe on disk and let the next thread work."""
        if self._connection is None:
            return
        try:
            self._connection.commit()
        finally:
            self._end()

    def roll_back(self) -> None:
        """Undo everything since the first statement and let the next thread work."""
        if self._connection is not None:
            self._end()

    def _end(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            self._turns.end(connection)


class JoinedTransaction(Transaction):
    """A transaction that somebody else began, and will end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
