"""A library on disk: one folder with a database, its keys and its media; one program at a time may change it."""

from __future__ import annotations

import errno
import getpass
import json
import os
import socket
import stat
import unicodedata
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from sqlalchemy import Engine, insert, select

from storybank.domain import names, vocabulary
from storybank.domain.coding import CONSENSUS, UNKNOWN_CODER
from storybank.errors import Damaged, Invalid, NotFound, Unavailable
from storybank.persistence import coding_tables, consent_tables, tables
from storybank.persistence.codebook import code_row
from storybank.persistence.columns import metadata
from storybank.persistence.database import is_sound, open_database, schema_number, stamp, what_is_wrong
from storybank.persistence.fulltext import add_fulltext
from storybank.persistence.house import begin_lists
from storybank.persistence.keys import make_keys, read_keys, sync_folder, write_safely
from storybank.persistence.recovery import mark_interrupted
from storybank.persistence.saved import begin_rings
from storybank.persistence.turns import Turns
from storybank.ports import Clock
from storybank.words import say

DATABASE = "library.db"
LOCK = "library.lock"
OWNER = "library.owner.json"
FOLDERS = ("media", "derived", "backups")

SCHEMA = 6
"""The number of the schema that `tables` describes; the migrations lead up to it."""


class Library:
    """An open library: share it between threads, but a thread has at most one unit of work open on it."""

    def __init__(self, folder: Path, engine: Engine, lock: FileLock | None) -> None:
        self.folder = folder
        self.engine = engine
        self._lock = lock
        self.turns = Turns(engine)
        about = self._about()
        self.id = about.get("id", "")
        self.title = about.get("title", folder.name)
        self.created = about.get("created", "")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Tell whether this opening may change nothing."""
        return self._lock is None

    def check(self) -> list[str]:
        """Return what is wrong inside the database, as SQLite tells it; nothing when all is well."""
        connection = self.turns.take()
        try:
            return what_is_wrong(connection, with_index=not self.read_only)
        finally:
            self.turns.end(connection)

    def close(self) -> None:
        """Close the database and let another program change the library; closing twice is once."""
        if self.turns.close() and self._lock is not None:
            (self.folder / OWNER).unlink(missing_ok=True)
            self._lock.release()

    def _about(self) -> dict[str, str]:
        with self.engine.connect() as connection:
            return {row.key: row.value for row in connection.execute(select(tables.library))}


def create_library(folder: Path, title: str, now: Clock) -> Library:
    """Make a new library in an empty or new folder, and return it open for writing."""
    folder = folder.absolute()
    _check_room_for_library(folder)
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        key = make_keys(folder)
        part = folder / f"{DATABASE}.part"
        _make_database(part, key, unicodedata.normalize("NFC", title.strip()) or folder.name, now)
        part.chmod(stat.S_IRUSR | stat.S_IWUSR)
        part.replace(folder / DATABASE)
        sync_folder(folder)
    except OSError as error:
        raise _no_place(folder, error) from error
    return open_library(folder, now=now)


def open_library(folder: Path, *, now: Clock, for_writing: bool = True) -> Library:
    """Open the library in a folder, bring it up to date and put right what a crash left; or say why not.

    Opening for reading works beside a program that writes, and on a disc that cannot be written to.
    """
    folder = folder.absolute()
    if not (folder / DATABASE).is_file():
        raise NotFound(
            say("There is no library in {folder}.", folder=folder), hint=say("Choose another folder, or create one.")
        )
    lock = _lock(folder, now) if for_writing else None
    try:
        return _opened(folder, lock, now)
    except BaseException:
        if lock is not None:
            (folder / OWNER).unlink(missing_ok=True)
            lock.release()
        raise


def _opened(folder: Path, lock: FileLock | None, now: Clock) -> Library:
    key = read_keys(folder)
    unclean = lock is not None and _was_left_open(folder)
    engine = open_database(folder / DATABASE, key, read_only=lock is None)
    try:
        with engine.connect() as connection:
            number = schema_number(connection)
            if unclean and not is_sound(connection):
                raise Damaged(
                    say("The library was not closed properly and its database is damaged."),
                    hint=say("Restore the latest backup; nothing was changed."),
                )
        _bring_up_to_date(folder, key, engine, number, lock is not None, now)
        if lock is not None:
            with engine.connect() as connection, connection.begin():
                mark_interrupted(connection, now)
        return Library(folder, engine, lock)
    except BaseException:
        engine.dispose()
        raise


def _bring_up_to_date(folder: Path, key: bytes, engine: Engine, number: int, for_writing: bool, now: Clock) -> None:
    if number == SCHEMA:
        return
    if number > SCHEMA:
        raise Unavailable(
            say("This library was made by a newer Storybank."),
            hint=say("Install the latest version to open it; nothing was changed."),
        )
    if not for_writing:
        raise Unavailable(
            say("This library was made by an older Storybank."),
            hint=say("Open it in the window once, or type `storybank transcribe`: that brings it up to date."),
        )
    from storybank.persistence.upgrade import upgrade  # Alembic takes a second to load, and is seldom needed

    upgrade(engine, key, folder / "backups", SCHEMA, now)


def _make_database(part: Path, key: bytes, title: str, now: Clock) -> None:
    for leftover in part.parent.glob(part.name + "*"):
        leftover.unlink()
    engine = open_database(part, key, create=True)
    try:
        with engine.connect() as connection, connection.begin():
            metadata.create_all(connection, checkfirst=False)
            add_fulltext(connection)
            about = {"id": names.new_id(), "title": title, "created": _moment(now)}
            connection.execute(insert(tables.library), [{"key": k, "value": v} for k, v in about.items()])
            connection.execute(insert(tables.codes), [code_row(code) for code in vocabulary.CODES])
            connection.execute(insert(coding_tables.coders), [asdict(coder) for coder in (UNKNOWN_CODER, CONSENSUS)])
            rows = [asdict(use) | {"position": position} for position, use in enumerate(vocabulary.USES, 1)]
            connection.execute(insert(consent_tables.uses), rows)
            begin_lists(connection)
            begin_rings(connection)
            stamp(connection, SCHEMA)
    finally:
        engine.dispose()


def _check_room_for_library(folder: Path) -> None:
    if (folder / DATABASE).exists():
        raise Invalid(say("There is a library in {folder} already.", folder=folder), hint=say("Open it instead."))
    if folder.exists() and not folder.is_dir():
        raise Invalid(say("{folder} is a file, not a folder.", folder=folder))
    try:
        foreign = [p for p in folder.iterdir() if not p.name.startswith((".", "library.")) and p.name not in FOLDERS]
    except FileNotFoundError:
        return
    except OSError as error:
        raise _no_place(folder, error) from error
    if foreign:
        raise Invalid(
            say("{folder} is not empty.", folder=folder), hint=say("A library needs a folder of its own.")
        )


def _lock(folder: Path, now: Clock) -> FileLock:
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise _in_use(folder) from None
    except OSError as error:
        raise _no_place(folder, error) from error
    owner = {"user": _user(), "host": socket.gethostname(), "pid": os.getpid(), "since": _moment(now)}
    try:
        write_safely(folder / OWNER, json.dumps(owner))
    except OSError as error:
        lock.release()
        raise _no_place(folder, error) from error
    return lock


def _in_use(folder: Path) -> Unavailable:
    hint = say("Close it there, or open it here for reading only.")
    try:
        owner = json.loads((folder / OWNER).read_text("utf-8"))
        return Unavailable(
            say("The library is in use by {user} on {host} since {since}.", user=owner["user"], host=owner["host"],
                since=owner["since"]),
            hint=hint,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return Unavailable(say("The library is in use by another program."), hint=hint)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _was_left_open(folder: Path) -> bool:
    wal = folder / f"{DATABASE}-wal"
    return wal.exists() and wal.stat().st_size > 0


def _no_place(folder: Path, error: OSError) -> Unavailable:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unavailable(say("The disk is full, so nothing was changed."), hint=say("Make some room and try again."))
    return Unavailable(
        say("The library folder {folder} cannot be written to: {why}.", folder=folder,
            why=(error.strerror or str(error)).rstrip(".")),
        hint=say("Choose a folder of your own, or open the library for reading only."),
    )  # fmt: skip


def _moment(now: Clock) -> str:
    return now().astimezone(UTC).isoformat(timespec="seconds")
