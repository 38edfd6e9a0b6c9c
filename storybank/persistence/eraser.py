"""Eraser: the one place that deletes what was said, so that no word of it is left in the database.

Rows are overwritten as they go (`secure_delete`), and the full-text index forgets at once (FTS5 `secure-delete`). That
is not all: `erasure` says what is left then, and clears it away.
"""

from __future__ import annotations

from sqlalchemy import Select, delete, func, select, text, update

from storybank.domain.coding import Subject
from storybank.persistence.coding_tables import coded, codings, memos, settled, translations
from storybank.persistence.consent_tables import evidence, restrictions
from storybank.persistence.fulltext import guard
from storybank.persistence.indexing import reindex_story
from storybank.persistence.tables import (
    changes,
    chunks,
    codes,
    history,
    line_states,
    lines,
    participants,
    passages,
    queue,
    quotes,
    recordings,
    segments,
    stories,
    transcript_runs,
    voices,
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
        """Let a sealed story be found again; one that was not sealed stays as it is."""
        sealed = select(stories.c.id).where(stories.c.id == story_id, stories.c.sealed_on != "")
        if self._transaction.row(sealed):
            self._mark(story_id, "")
            reindex_story(self._transaction, story_id)

    def forget_code(self, key: str) -> None:
        """Delete a code with everything that names it; it may be called in words that are to be gone.

        History is only ever added to: what happened stays there, of a code that is not named any more.
        """
        run = self._transaction.execute
        run(delete(codings).where(codings.c.code == key))
        run(delete(settled).where(settled.c.code == key))
        run(delete(memos).where(memos.c.subject == Subject.CODE.value, memos.c.about_id == key))
        run(delete(codes).where(codes.c.key == key))
        run(text("DROP TRIGGER history_no_update"))
        named = f'"{key}"'
        run(update(history).where(func.instr(history.c.details, named) > 0).values(
            details=func.replace(history.c.details, named, '"forgotten"')))
        run(text(guard("history", "UPDATE")))

    def erase_story(self, story_id: str) -> list[str]:
        """Delete every word of a story, and return the places of its files that nothing else rests on.

        The story's code stays, with the day it was erased; its title, place and people's times go.
        """
        run, own = self._transaction.execute, _recordings_of(story_id)
        places = list(run(select(recordings.c.place).where(recordings.c.story_id == story_id)).scalars())
        run(delete(passages).where(passages.c.story_id == story_id))
        own_quotes = select(quotes.c.id).where(quotes.c.story_id == story_id)
        run(delete(memos).where(memos.c.subject == Subject.QUOTE.value, memos.c.about_id.in_(own_quotes)))
        run(delete(memos).where(memos.c.subject == Subject.STORY.value, memos.c.about_id == story_id))
        for table in (codings, translations):
            run(delete(table).where(table.c.quote_id.in_(own_quotes)))
        for noted in (coded, settled):
            run(delete(noted).where(noted.c.recording_id.in_(own)))
        run(delete(quotes).where(quotes.c.story_id == story_id))
        self._erase_transcripts(story_id)
        run(delete(restrictions).where(restrictions.c.recording_id.in_(own)))
        run(delete(recordings).where(recordings.c.story_id == story_id))
        self._close(story_id)
        kept = set(run(select(recordings.c.place)).scalars()) | set(run(select(evidence.c.place)).scalars())
        return [place for place in places if place not in kept]

    def _erase_transcripts(self, story_id: str) -> None:
        run = self._transaction.execute
        runs = select(transcript_runs.c.id).where(transcript_runs.c.recording_id.in_(_recordings_of(story_id)))
        heard = select(segments.c.id).where(segments.c.run_id.in_(runs))
        own = _recordings_of(story_id)
        run(delete(queue).where(queue.c.recording_id.in_(own)))
        run(delete(line_states).where(line_states.c.run_id.in_(runs)))
        run(delete(changes).where(changes.c.run_id.in_(runs)))
        run(delete(lines).where(lines.c.run_id.in_(runs)))
        run(delete(voices).where(voices.c.recording_id.in_(own)))
        run(delete(words).where(words.c.segment_id.in_(heard)))
        run(delete(segments).where(segments.c.run_id.in_(runs)))
        run(delete(chunks).where(chunks.c.run_id.in_(runs)))
        run(delete(transcript_runs).where(transcript_runs.c.id.in_(runs)))

    def _mark(self, story_id: str, day: str) -> None:
        self._transaction.execute(update(stories).where(stories.c.id == story_id).values(sealed_on=day))

    def _close(self, story_id: str) -> None:
        """Leave of a story only that it was there, who was in it, and the day it went.

        It gets a name in addresses that no other story can have: a file may well be called after a story's code.
        """
        run = self._transaction.execute
        code = run(select(stories.c.code).where(stories.c.id == story_id)).scalar_one()
        run(update(stories).where(stories.c.id == story_id).values(
            title=code, slug=story_id, place="", recorded_on="", language="", sealed_on="",
            erased_on=self._moment[:10],
        ))  # fmt: skip
        run(update(participants).where(participants.c.story_id == story_id).values(spans=[]))


def _recordings_of(story_id: str) -> Select[tuple[str]]:
    return select(recordings.c.id).where(recordings.c.story_id == story_id)
