"""Keeping the index true: the passages that search reads, written by the transactions that change their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select, update

from storybank.domain.quote import Quote
from storybank.domain.transcript import RunState
from storybank.persistence.tables import lines, passages, quotes, recordings, stories, transcript_runs
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.persistence.wording import shadows

PASSAGE, QUOTE = "passage", "quote"

_LINE_ROWS = select(
    lines.c.id, lines.c.recording_id, lines.c.run_id, lines.c.start_ms, lines.c.end_ms, lines.c.language,
    lines.c.speaker_id, lines.c.text, recordings.c.story_id,
).join(recordings, recordings.c.id == lines.c.recording_id).join(
    stories, (stories.c.id == recordings.c.story_id) & (stories.c.sealed_on == "")
).where(lines.c.gone.is_(False))  # fmt: skip
"""What search may read of lines; those of a sealed story are not among them."""


def show_run(on: Transaction | Connection, recording_id: str, run_id: str | None) -> None:
    """Let search read the lines of one run over a recording, and of no other."""
    on.execute(delete(passages).where(passages.c.recording_id == recording_id, passages.c.kind == PASSAGE))
    if run_id is not None:
        add_lines(on, on.execute(_LINE_ROWS.where(lines.c.run_id == run_id)))


def shown_run(on: Transaction | Connection, recording_id: str) -> str | None:
    """Return the run whose lines search reads at present."""
    statement = select(passages.c.run_id).where(passages.c.recording_id == recording_id, passages.c.kind == PASSAGE)
    return on.execute(statement.limit(1)).scalar()


def add_chunk(on: Transaction | Connection, run_id: str, first_position: int) -> None:
    """Let search read the lines of a run from a position on."""
    add_lines(on, on.execute(_LINE_ROWS.where(lines.c.run_id == run_id, lines.c.position >= first_position)))


def add_lines(on: Transaction | Connection, rows: Iterable[AnyRow]) -> None:
    """Add lines to what search reads; a line without words has nothing to find."""
    passages_of = [_of_line(row) for row in rows]
    if worth_it := [row for row in passages_of if row["x"]]:
        on.execute(insert(passages), worth_it)


def refresh_lines(on: Transaction | Connection, recording_id: str, run_id: str, line_ids: Sequence[str]) -> None:
    """Read lines anew, if their run is the one that search reads; those that are gone are forgotten."""
    if run_to_show(on, recording_id) != run_id:
        return
    for some in batched(line_ids):
        standing = on.execute(_LINE_ROWS.where(lines.c.id.in_(some))).all()
        on.execute(delete(passages).where(passages.c.kind == PASSAGE, passages.c.owner_id.in_(some)))
        add_lines(on, standing)


def batched(ids: Sequence[str], most: int = 500) -> Iterator[Sequence[str]]:
    """Yield identifiers in lots that one question can hold."""
    for start in range(0, len(ids), most):
        yield ids[start : start + most]


def put_quote(on: Transaction | Connection, quote: Quote) -> None:
    """Let search read a quote as it now stands, unless its story is sealed."""
    if not on.execute(select(stories.c.sealed_on).where(stories.c.id == quote.story_id)).scalar():
        _put(on, _of_quote(quote))


def drop_quote(on: Transaction | Connection, quote_id: str) -> None:
    """Take a quote out of what search reads."""
    on.execute(delete(passages).where(passages.c.kind == QUOTE, passages.c.owner_id == quote_id))


def run_to_show(on: Transaction | Connection, recording_id: str) -> str | None:
    """Return the run that people see: the newest that heard everything, or else the newest with any lines."""
    any_lines = exists().where(lines.c.run_id == transcript_runs.c.id)
    is_done = (transcript_runs.c.state == RunState.DONE.value) & transcript_runs.c.only_from_ms.is_(None)
    own = select(transcript_runs.c.id).where(
        transcript_runs.c.recording_id == recording_id, transcript_runs.c.beside.is_(False), is_done | any_lines
    )
    return on.execute(own.order_by(is_done.desc(), transcript_runs.c.seq.desc()).limit(1)).scalar()


def reindex(on: Transaction | Connection) -> None:
    """Build everything that search reads anew, from the lines and quotes that are there; sealed stories stay out."""
    on.execute(delete(passages))
    for story_id in on.execute(select(stories.c.id).where(stories.c.sealed_on == "")).scalars().all():
        reindex_story(on, story_id)


def reindex_story(on: Transaction | Connection, story_id: str) -> None:
    """Let search read a story's lines and quotes, which it does not read yet."""
    for recording_id in on.execute(select(recordings.c.id).where(recordings.c.story_id == story_id)).scalars().all():
        show_run(on, recording_id, run_to_show(on, recording_id))
    if rows := [_of_quote(row) for row in on.execute(select(quotes).where(quotes.c.story_id == story_id)).all()]:
        on.execute(insert(passages), rows)


def _of_line(row: AnyRow) -> dict[str, Any]:
    x, s = shadows(row.text, row.language)
    return {
        "kind": PASSAGE, "owner_id": row.id, "story_id": row.story_id, "recording_id": row.recording_id,
        "run_id": row.run_id, "start_ms": row.start_ms, "end_ms": row.end_ms, "language": row.language,
        "speaker_id": row.speaker_id, "text": row.text, "x": x, "s": s,
    }  # fmt: skip


def _of_quote(quote: Quote | AnyRow) -> dict[str, Any]:
    x, s = shadows(quote.text, quote.language)
    return {
        "kind": QUOTE, "owner_id": quote.id, "story_id": quote.story_id, "recording_id": quote.recording_id,
        "run_id": None, "start_ms": quote.start_ms, "end_ms": quote.end_ms, "language": quote.language,
        "speaker_id": quote.speaker_id, "text": quote.text, "x": x, "s": s,
    }  # fmt: skip


def _put(on: Transaction | Connection, row: dict[str, Any]) -> None:
    own = (passages.c.kind == row["kind"]) & (passages.c.owner_id == row["owner_id"])
    if not row["x"]:
        on.execute(delete(passages).where(own))
    elif not on.execute(update(passages).where(own).values(row)).rowcount:
        on.execute(insert(passages).values(row))
