"""Opening the library file: always through SQLCipher, on one connection, with every promise read back.

A bit that rots in a plain SQLite file can change a transcript in silence; SQLCipher's pages are authenticated,
so it cannot. The live file is never opened by anything else: closing any other handle on it would drop the locks.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NoReturn

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import StaticPool

from storybank.errors import Damaged, StorybankError, Unavailable
from storybank.words import say

APPLICATION_ID = 0x53544259
"""`STBY`, in the header of every library file."""

_PROMISES = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: with NORMAL, a power cut takes acknowledged commits with it
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "foreign_keys": 1,
    "recursive_triggers": 1,  # else INSERT OR REPLACE would slip past the guards of what is only added to
    "secure_delete": 1,
    "temp_store": 2,  # MEMORY: nothing spills to disk unencrypted
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 5000,
    "cache_size": -65_536,  # 64 MiB: a page in the cache need not be decrypted again
}

_FULL, _CORRUPT, _NOT_A_DATABASE, _READ_ONLY, _IO, _BUSY, _LOCKED, _CANNOT_OPEN = 13, 11, 26, 8, 10, 5, 6, 14


def open_database(path: Path, key: bytes, *, read_only: bool = False, create: bool = False) -> Engine:
    """Return an engine on one connection that every thread shares, one unit of work at a time.

    Transactions begin explicitly, so that changes to tables are part of them. A unit of work begins as a reader and
    becomes the writer with its first change; the library's lock sees to it that there is no other.
    """
    frozen = read_only and _cannot_be_written(path)

    def connect() -> Any:  # noqa: ANN401 - a DB-API connection
        how = "immutable=1" if frozen else f"mode={'rwc' if create else 'rw'}"
        uri = f"{path.absolute().as_uri()}?{how}"
        connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            _unlock(connection, key, create)
            _make_promises(connection, read_only, frozen)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite+pysqlite://", module=sqlcipher, creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _explain)
    return engine


def is_sound(connection: Connection) -> bool:
    """Tell whether the pages are what was written and hang together."""
    broken_pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
    return not broken_pages and connection.exec_driver_sql("PRAGMA quick_check").scalars().all() == ["ok"]


def what_is_wrong(connection: Connection, *, with_index: bool) -> list[str]:
    """Return what a full check of every page, reference and, where it may be written, the index finds."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
    found += [said for said in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if said != "ok"]
    found += [f"{row[0]}: {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    if with_index:
        try:
            connection.exec_driver_sql("INSERT INTO passages_fts(passages_fts, rank) VALUES('integrity-check', 1)")
        except Damaged as error:
            found.append(str(error.__cause__))
    return found


def schema_number(connection: Connection) -> int:
    """Return the number of the schema that the file was last brought to."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def stamp(connection: Connection, schema: int) -> None:
    """Write into the file's header whose it is and which schema it has."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={schema}")


def _cannot_be_written(path: Path) -> bool:
    """Tell whether the place is read-only; SQLite then needs to be told that nobody else writes either."""
    wal = path.with_name(path.name + "-wal")
    return not os.access(path.parent, os.W_OK) and not (wal.exists() and wal.stat().st_size)


def _unlock(connection: Any, key: bytes, create: bool) -> None:  # noqa: ANN401 - a DB-API connection
    """Hand over the key and look inside, before anything is written: this may be no file of ours."""
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise Unavailable(say("This build of Storybank cannot read encrypted libraries."))
    if not create and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Damaged(say("The library's database is not one that Storybank made."),
                      hint=say("Restore the latest backup; nothing was changed."))


def _make_promises(connection: Any, read_only: bool, frozen: bool) -> None:  # noqa: ANN401
    for name, promised in _PROMISES.items():
        if name == "journal_mode" and frozen:
            continue
        if name == "journal_mode" and read_only:
            connection.execute("PRAGMA journal_mode").fetchone()
            continue
        connection.execute(f"PRAGMA {name}={promised}").fetchall()
        kept = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if kept != promised:
            raise Unavailable(
                say("The library cannot be opened safely here: {setting} stays {kept}.", setting=name, kept=kept),
                hint=say("A folder on this computer's own disk is the safest place for a library."),
            )
    if read_only:
        connection.execute("PRAGMA query_only=ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get("begin", "BEGIN")))


def _explain(context: ExceptionContext) -> None:
    code = getattr(context.original_exception, "sqlite_errorcode", None)
    if code is not None and (why := explained(code)):
        _raise(why, context.original_exception)


def _raise(why: StorybankError, cause: BaseException) -> NoReturn:
    raise why from cause


def explained(code: int) -> StorybankError | None:
    """Return what a SQLite error code means to people; None for one that only a bug can cause."""
    code &= 0xFF
    if code in (_CORRUPT, _NOT_A_DATABASE):
        return Damaged(
            say("The library's database is damaged, or its keys belong to another library."),
            hint=say("Restore the latest backup; nothing was changed."),
        )
    if code == _FULL:
        return Unavailable(
            say("The disk is full, so nothing was changed."), hint=say("Make some room and try again.")
        )
    if code == _READ_ONLY:
        return Unavailable(
            say("This library is open for reading only."), hint=say("Open it for writing to change it.")
        )
    if code in (_BUSY, _LOCKED):
        return Unavailable(say("Another program is using the library's database."), hint=say("Close it and try again."))
    if code in (_IO, _CANNOT_OPEN):
        return Unavailable(
            say("The library's drive cannot be read or written."),
            hint=say("Check that it is connected, has room and may be written to, then open the library again."),
        )
    return None
