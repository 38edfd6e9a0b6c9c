"""The queue on disk: what waits to be heard, and where each recording stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, func, select, update

from storybank.domain.queue import QueueEntry, QueueState
from storybank.domain.speech import Listening
from storybank.domain.transcript import Span
from storybank.errors import NotFound
from storybank.persistence.tables import queue, transcript_runs
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say


class StoredQueue:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def all(self) -> list[QueueEntry]:
        """Return the queue in its order."""
        return [self._entry(row) for row in self._transaction.rows(select(queue).order_by(queue.c.position))]

    def get(self, entry_id: str) -> QueueEntry:
        """Return the entry of that identifier; raise `NotFound` when it has left the queue."""
        row = self._transaction.row(select(queue).where(queue.c.id == entry_id))
        if row is None:
            raise NotFound(say("This recording is not in the queue any more."))
        return self._entry(row)

    def save(self, entry: QueueEntry) -> None:
        """Write an entry, new or known."""
        row = _row(entry)
        if not self._transaction.execute(update(queue).where(queue.c.id == entry.id).values(row)).rowcount:
            self._transaction.add(queue, [row])

    def remove(self, entry_id: str) -> None:
        """Take an entry out; what was heard of its recording stays."""
        self._transaction.execute(delete(queue).where(queue.c.id == entry_id))

    def _entry(self, row: AnyRow) -> QueueEntry:
        only = None if row.only_from_ms is None else Span(row.only_from_ms, row.only_to_ms)
        own = select(func.max(transcript_runs.c.heard_ms)).where(
            transcript_runs.c.recording_id == row.recording_id, transcript_runs.c.state != "done",
            transcript_runs.c.only_from_ms.is_(None) if only is None else transcript_runs.c.only_from_ms.is_not(None),
        )
        heard = self._transaction.execute(own).scalar() or 0
        how = dict(row.how) | {name: tuple(row.how.get(name, ())) for name in ("languages", "glossary")}
        return QueueEntry(row.id, row.recording_id, row.position, QueueState(row.state), Listening(**how), row.model,
                          only, row.again, heard, row.problem, row.hint, row.added_at)


def _row(entry: QueueEntry) -> dict[str, Any]:
    row = asdict(entry)
    only = row.pop("only")
    row.pop("heard_ms")
    return row | {"state": entry.state.value, "only_from_ms": only and only["start_ms"],
                  "only_to_ms": only and only["end_ms"]}
