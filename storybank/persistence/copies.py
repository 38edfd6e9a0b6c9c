"""Copies of a library's database: made whole, proven readable, and put in place last."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine

from storybank.errors import Damaged, Unavailable
from storybank.persistence.database import explained, is_sound, open_database
from storybank.persistence.keys import sync_folder
from storybank.words import say

_OWN_TABLES = """SELECT name FROM sqlite_master WHERE type = 'table'
 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'passages\\_fts%' ESCAPE '\\'"""


def save_copy(engine: Engine, key: bytes, to: Path) -> None:
    """Write a copy of an open database to `to`, under the same key; a copy that cannot be read back is no copy."""
    with engine.connect() as connection:
        expected = row_counts(connection)
    part = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        run_outside(engine, "VACUUM INTO ?", str(part))
        _prove(part, key, expected)
        _sync(part)
        part.replace(to)
        sync_folder(to.parent)
    except OSError as error:
        raise Unavailable(
            say("No copy of the library could be written: {why}.", why=(error.strerror or str(error)).lower()),
            hint=say("Check that there is room on the disk and that it may be written to."),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def row_counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each of our tables has."""
    tables = connection.exec_driver_sql(_OWN_TABLES).scalars().all()
    return {
        table: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()) for table in tables
    }


def run_outside(engine: Engine, statement: str, *values: str) -> list[tuple[Any, ...]]:
    """Run a statement that SQLite accepts only outside a transaction, and return what it answers."""
    raw = engine.raw_connection()
    try:
        answer: list[tuple[Any, ...]] = raw.driver_connection.execute(statement, values).fetchall()  # type: ignore[union-attr]
    except sqlcipher.Error as error:
        if why := explained(getattr(error, "sqlite_errorcode", 0)):
            raise why from error
        raise
    finally:
        raw.close()
    return answer


def _prove(copy: Path, key: bytes, expected: dict[str, int]) -> None:
    engine = open_database(copy, key, read_only=True)
    try:
        with engine.connect() as connection:
            if not is_sound(connection) or row_counts(connection) != expected:
                raise Damaged(say("The copy of the library could not be read back, so it was not kept."))
    finally:
        engine.dispose()


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
