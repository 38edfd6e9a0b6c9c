"""Erasure: what is left to do on disk when words were erased, so that they lie nowhere any more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from storybank.errors import Unavailable
from storybank.persistence.copies import save_copy
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
        """Remove files, empty the database's log, and replace its older copies by one of today."""
        self._store.drop(gone)
        self._store.tidy(kept)
        self._store.tidy_derived(recording_ids)
        self._empty_log()
        self._replace_copies()

    def _empty_log(self) -> None:
        """Merge the full-text index, whose old segments hold words, and leave nothing in the write-ahead log."""
        connection = self._library.turns.take()
        try:
            connection.exec_driver_sql("INSERT INTO passages_fts(passages_fts) VALUES('optimize')")
            connection.commit()
            connection.connection.driver_connection.execute("PRAGMA shrink_memory")  # type: ignore[union-attr]
            raw = connection.connection.driver_connection
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]  # type: ignore[union-attr]
        finally:
            self._library.turns.end(connection)
        if busy:
            raise Unavailable(
                say("Another program is reading this library, so the last traces are not gone yet."),
                hint=say("Close it there; the rest is done when the library is next opened."),
            )

    def _replace_copies(self) -> None:
        backups = self._library.folder / "backups"
        older = [path for path in backups.glob("*") if path.is_file()]
        if not older:
            return
        fresh = backups / f"after-erasure-{self._now():%Y%m%d-%H%M%S}.db"
        save_copy(self._library.engine, read_keys(self._library.folder), fresh)
        for path in older:
            if path != fresh:
                path.unlink(missing_ok=True)
        sync_folder(Path(backups))
