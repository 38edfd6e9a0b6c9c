"""Bringing a library made by an older Storybank up to date: a copy first, then all steps or none."""

from __future__ import annotations

from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from storybank.errors import Damaged
from storybank.persistence.columns import metadata
from storybank.persistence.copies import row_counts, run_outside, save_copy
from storybank.persistence.database import schema_number, stamp
from storybank.persistence.fulltext import guard
from storybank.persistence.house import begin_lists
from storybank.persistence.indexing import reindex
from storybank.persistence.migrations import STEPS
from storybank.persistence.saved import begin_rings
from storybank.persistence.sealing import seal
from storybank.ports import Clock
from storybank.words import say

_REWRITTEN = ("passages", "library", "line_revisions", "quote_codes", "uses")
"""What search reads is built anew, the library learns things about itself, each correction became a change with
the state it brought (schema 4), each tag a coding (schema 5), and there is one more use (schema 6); all else keeps
every row."""

FIRST_WITH_CHAIN = 3
"""The first schema in which events are linked to each other."""

FIRST_WITH_RINGS = 5
"""The first schema in which search knows synonyms."""


def upgrade(engine: Engine, key: bytes, backups: Path, to: int, now: Clock) -> None:
    """Take the library to schema `to`, in one transaction, after a copy of it is safe among the backups.

    Foreign keys rest meanwhile: rebuilding a table would otherwise be taken for deleting its rows, and take
    along whatever hangs on them. They are switched off before the transaction, because inside it nothing happens.
    """
    with engine.connect() as connection:
        have = schema_number(connection)
    save_copy(engine, key, backups / f"before-schema-{to}-{now():%Y%m%d-%H%M%S}.db")
    run_outside(engine, "PRAGMA foreign_keys=OFF")
    try:
        with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
            before = row_counts(connection)
            _take_steps(connection, have, to)
            _check(connection, before)
    finally:
        run_outside(engine, "PRAGMA foreign_keys=ON")


def _take_steps(connection: Connection, have: int, to: int) -> None:
    context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
    operations = Operations(context)
    for number in range(have + 1, to + 1):
        STEPS[number](operations)
    if have < FIRST_WITH_CHAIN:
        begin_lists(connection)
        seal(connection)
        connection.exec_driver_sql(guard("consent_events", "UPDATE"))
    if have < FIRST_WITH_RINGS:
        begin_rings(connection)
    reindex(connection)
    stamp(connection, to)


def _check(connection: Connection, before: dict[str, int]) -> None:
    after = row_counts(connection)
    changed = [table for table, rows in before.items() if table not in _REWRITTEN and after.get(table) != rows]
    if changed or connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Damaged(
            say("The library could not be brought up to date without losing something, so it was left as it was."),
            hint=say("Go on with the version of Storybank that you had, and tell us."),
        )
