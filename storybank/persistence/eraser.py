"""Eraser: the one place that deletes what was said, so that no word of it is left in the database.

Pages are overwritten as rows go (`secure_delete`), the full-text index forgets at once (FTS5 `secure-delete`), and
`Library.forget` empties the write-ahead log and the free pages afterwards (reliability report, section 3.9).
"""

from __future__ import annotations

from sqlalchemy import delete, select, update

from storybank.persistence.consent_tables import evidence, restrictions
from storybank.persistence.indexing import reindex_story
from storybank.persistence.tables import (
    chunks,
    line_revisions,
    lines,
    participants,
    passages,
    quote_codes,
    quotes,
    recordings,
    segments,
    stories,
    transcript_runs,
    words,
)
from storybank.persistence.transaction import Transaction


class StoredWords:
    """Everything that was said, seen from the side of the eraser."""

    def __init__(self, transaction: Transaction, moment: str) -> None:
        self._transaction = transaction
        self._moment = moment

    def hide_story(self, story_id: str) -> None:
        """Take a story out of what search reads and lists show; its words stay, sealed."""
        self._transaction.execute(delete(passages).where(passages.c.story_id == story_id))
        self._mark(story_id, self._moment[:10])

    def show_story(self, story_id: str) -> None:
        """Let a sealed story be found again."""
        self._mark(story_id, "")
        reindex_story(self._transaction, story_id)

    def _mark(self, story_id: str, day: str) -> None:
        self._transaction.execute(update(stories).where(stories.c.id == story_id).values(sealed_on=day))

    def erase_story(self, story_id: str) -> list[str]:
        """Delete every word of a story, and return the places of its files that nothing else rests on.

        The story's code stays, with the day it was erased; its title, place and people go.
        """
        run = self._transaction.execute
        own = select(recordings.c.id).where(recordings.c.story_id == story_id)
        places = list(run(select(recordings.c.place).where(recordings.c.story_id == story_id)).scalars())
        runs = select(transcript_runs.c.id).where(transcript_runs.c.recording_id.in_(own))
        heard = select(segments.c.id).where(segments.c.run_id.in_(runs))
        own_lines = select(lines.c.id).where(lines.c.recording_id.in_(own))
        own_quotes = select(quotes.c.id).where(quotes.c.story_id == story_id)
        run(delete(passages).where(passages.c.story_id == story_id))
        run(delete(quote_codes).where(quote_codes.c.quote_id.in_(own_quotes)))
        run(delete(quotes).where(quotes.c.story_id == story_id))
        run(delete(line_revisions).where(line_revisions.c.line_id.in_(own_lines)))
        run(delete(lines).where(lines.c.recording_id.in_(own)))
        run(delete(words).where(words.c.segment_id.in_(heard)))
        run(delete(segments).where(segments.c.run_id.in_(runs)))
        run(delete(chunks).where(chunks.c.run_id.in_(runs)))
        run(delete(transcript_runs).where(transcript_runs.c.recording_id.in_(own)))
        run(delete(restrictions).where(restrictions.c.recording_id.in_(own)))
        run(delete(recordings).where(recordings.c.story_id == story_id))
        self._close(story_id)
        kept = set(run(select(recordings.c.place)).scalars()) | set(run(select(evidence.c.place)).scalars())
        return [place for place in places if place not in kept]

    def _close(self, story_id: str) -> None:
        """Leave of a story only that it was there, and who asked for it to go."""
        run = self._transaction.execute
        code = run(select(stories.c.code).where(stories.c.id == story_id)).scalar_one()
        run(update(stories).where(stories.c.id == story_id).values(
            title=code, slug=code.lower(), place="", recorded_on="", language="", erased_on=self._moment[:10]
        ))  # fmt: skip
        run(update(participants).where(participants.c.story_id == story_id).values(spans=[]))
