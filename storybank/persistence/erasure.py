"""Erasure: what is left to do on disk when words were erased, so that they lie nowhere any more.

Overwriting rows as they go is not enough, as was found by looking at every page: when a page of the database is
filled anew, parts of rows stay in its gaps, and the full-text index keeps words as signposts. So the index is built
anew, the file is written anew, the log is emptied, and copies made before are replaced (decision 0014).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from storybank.errors import Unavailable
from storybank.persistence.copies import run_outside, save_copy
from storybank.persistence.keys import read_keys, sync_folder
from storybank.persistence.library import Library
from storybank.persistence.store import FolderStore
from storybank.ports import Clock
from storybank.words import say


class LibraryErasure:
    """Cleans up behind the eraser; doing it twice does no harm."""

    def __init__(self, library: Library, store: FolderStore, now: Clock) -> None:
        self._library = library
        self._store = store
        self._now = now

    def forget(self, gone: Sequence[str], kept: Sequence[str], recording_ids: Sequence[str]) -> None:
        """Remove files, write the database anew without a log, and replace its older copies by one of today."""
        self._store.drop(gone)
        self._store.tidy(kept)
        self._store.tidy_derived(recording_ids)
        connection = self._library.turns.take()
        try:
            self._write_anew(connection)
            self._replace_copies()
        finally:
            self._library.turns.end(connection)

    def _write_anew(self, connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO passages_fts(passages_fts) VALUES('rebuild')")
        connection.commit()
        engine = self._library.engine
        run_outside(engine, "VACUUM")
        ((busy, *_),) = run_outside(engine, "PRAGMA wal_checkpoint(TRUNCATE)")
        run_outside(engine, "PRAGMA shrink_memory")
        if busy:
            raise Unavailable(
                say("Another program is reading this library, so the last traces are not gone yet."),
                hint=say("Close it there; the rest is done when the library is next opened."),
            )

    def _replace_copies(self) -> None:
        backups = self._library.folder / "backups"
        older = [path for path in backups.rglob("*") if path.is_file()]
        if not older:
            return
        fresh = backups / f"after-erasure-{self._now():%Y%m%d-%H%M%S}.db"
        save_copy(self._library.engine, read_keys(self._library.folder), fresh)
        for path in older:
            if path != fresh:
                path.unlink(missing_ok=True)
        sync_folder(backups)
