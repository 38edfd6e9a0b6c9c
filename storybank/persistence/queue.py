"""The queue on disk: what waits to be heard, and where each recording stands."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, func, select, update

from storybank.domain.queue import QueueEntry, QueueState
from storybank.domain.speech import Listening
from storybank.domain.transcript import Span
from storybank.errors import NotFound
from storybank.persistence.tables import library, queue, transcript_runs
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import Sentence, say

_HELD = "queue_held"


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

    def held(self) -> bool:
        """Tell whether somebody paused all of it."""
        row = self._transaction.row(select(library.c.value).where(library.c.key == _HELD))
        return row is not None and row.value == "yes"

    def hold(self, held: bool) -> None:
        """Remember that all of it is paused, or not any more."""
        self._transaction.put(library, {"key": _HELD, "value": "yes" if held else "no"})

    def _entry(self, row: AnyRow) -> QueueEntry:
        only = None if row.only_from_ms is None else Span(row.only_from_ms, row.only_to_ms)
        begins = transcript_runs.c.only_from_ms
        own = select(func.max(transcript_runs.c.heard_ms)).where(
            transcript_runs.c.recording_id == row.recording_id, transcript_runs.c.state != "done",
            begins.is_(None) if only is None else begins == only.start_ms,
        )
        heard = self._transaction.execute(own).scalar() or 0
        how = dict(row.how) | {name: tuple(row.how.get(name, ())) for name in ("languages", "glossary")}
        return QueueEntry(row.id, row.recording_id, row.position, QueueState(row.state), Listening(**how), row.model,
                          only, row.again, heard, _said(row.problem), _said(row.hint), row.added_at)


def _row(entry: QueueEntry) -> dict[str, Any]:
    row = asdict(entry)
    only = row.pop("only")
    row.pop("heard_ms")
    return row | {"state": entry.state.value, "only_from_ms": only and only["start_ms"],
                  "only_to_ms": only and only["end_ms"], "problem": _written(entry.problem),
                  "hint": _written(entry.hint)}


def _written(sentence: Sentence | str) -> str:
    """Return a sentence so that it can be said in the reader's language later."""
    if not isinstance(sentence, Sentence):
        return sentence
    return json.dumps({"text": sentence.text, "values": {key: str(value) for key, value in sentence.values}})


def _said(written: str) -> Sentence | str:
    try:
        kept = json.loads(written) if written.startswith("{") else None
        return Sentence(kept["text"], tuple(kept["values"].items())) if kept else written
    except (ValueError, KeyError):
        return written  # somebody's plain words, which happen to begin so
