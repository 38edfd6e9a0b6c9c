"""Voices on disk: who is heard in a recording."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from sqlalchemy import delete, func, select, update

from storybank.domain.voice import Voice
from storybank.errors import NotFound
from storybank.persistence import indexing
from storybank.persistence.tables import lines, passages, quotes, voices
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say


class StoredVoices:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of_recording(self, recording_id: str) -> list[Voice]:
        """Return a recording's voices in the order of their numbers."""
        own = select(voices).where(voices.c.recording_id == recording_id)
        return [_voice(row) for row in self._transaction.rows(own.order_by(voices.c.number))]

    def lines(self, recording_id: str) -> dict[str, int]:
        """Return how many lines each voice says in the transcript that people see."""
        shown = indexing.run_to_show(self._transaction, recording_id)
        said = select(lines.c.voice_id, func.count().label("many")).where(
            lines.c.run_id == shown, lines.c.gone.is_(False), lines.c.voice_id.is_not(None)
        )
        return {row.voice_id: row.many for row in self._transaction.rows(said.group_by(lines.c.voice_id))}

    def get(self, voice_id: str) -> Voice:
        """Return the voice of that identifier."""
        row = self._transaction.row(select(voices).where(voices.c.id == voice_id))
        if row is None:
            raise NotFound(say("This voice is not in the library any more."))
        return _voice(row)

    def save(self, voice: Voice) -> None:
        """Write a voice; whose it is then stands beside every line and quote that it says."""
        known = voices.c.id == voice.id
        if not self._transaction.execute(update(voices).where(known).values(asdict(voice))).rowcount:
            self._transaction.add(voices, [asdict(voice)])
            return
        self._name_lines(voice)
        self._name_quotes(voice)

    def remove(self, voice_id: str) -> None:
        """Take out a voice that says nothing; lines that are gone forget it."""
        self._transaction.execute(update(lines).where(lines.c.voice_id == voice_id, lines.c.gone).values(voice_id=None))
        self._transaction.execute(delete(voices).where(voices.c.id == voice_id))

    def _name_lines(self, voice: Voice) -> None:
        said, touched = lines.c.voice_id == voice.id, defaultdict(list)
        for row in self._transaction.rows(select(lines.c.id, lines.c.run_id).where(said)):
            touched[row.run_id].append(row.id)
        self._transaction.execute(update(lines).where(said).values(speaker_id=voice.contributor_id))
        for run_id, line_ids in touched.items():
            indexing.refresh_lines(self._transaction, voice.recording_id, run_id, line_ids)

    def _name_quotes(self, voice: Voice) -> None:
        own = quotes.c.first_line_id.in_(select(lines.c.id).where(lines.c.voice_id == voice.id))
        self._transaction.execute(update(quotes).where(own).values(speaker_id=voice.contributor_id))
        said = passages.c.owner_id.in_(select(quotes.c.id).where(own))
        self._transaction.execute(
            update(passages).where(passages.c.kind == indexing.QUOTE, said).values(speaker_id=voice.contributor_id)
        )


def _voice(row: AnyRow) -> Voice:
    return Voice(row.id, row.recording_id, row.number, row.name, row.contributor_id, row.channel)
