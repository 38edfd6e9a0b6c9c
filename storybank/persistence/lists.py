"""What lists show, selected straight into their line values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from storybank.domain.lists import ExportLine, HistoryLine, StoryLine
from storybank.domain.transcript import RunState
from storybank.persistence.tables import (
    contributors,
    export_items,
    exports,
    history,
    lines,
    participants,
    quotes,
    recordings,
    stories,
    transcript_runs,
)
from storybank.persistence.transaction import AnyRow, Transaction

_SHOWN = (stories.c.sealed_on == "") & (stories.c.erased_on == "")
_STORIES = select(stories).where(_SHOWN).order_by(func.length(stories.c.code), stories.c.code)
_PEOPLE = (
    select(
        participants.c.story_id, participants.c.contributor_id, contributors.c.name, contributors.c.role,
        contributors.c.organization, contributors.c.stakeholder, contributors.c.province,
    )
    .join(contributors, contributors.c.id == participants.c.contributor_id)
    .order_by(participants.c.story_id, participants.c.position)
)  # fmt: skip
_RECORDINGS = select(
    recordings.c.id, recordings.c.story_id, recordings.c.duration_ms, recordings.c.has_picture
).order_by(func.length(recordings.c.code), recordings.c.code)
_RUNS = select(
    transcript_runs.c.id, transcript_runs.c.recording_id, transcript_runs.c.state, transcript_runs.c.beside,
    transcript_runs.c.only_from_ms,
).order_by(transcript_runs.c.recording_id, transcript_runs.c.seq)
_LINES = select(lines.c.run_id, lines.c.reviewed, func.count()).where(lines.c.gone.is_(False)).group_by(
    lines.c.run_id, lines.c.reviewed
)
_QUOTES = select(quotes.c.story_id, func.count()).group_by(quotes.c.story_id)


def story_lines(transaction: Transaction) -> list[StoryLine]:
    """Return every story as a list shows it, in the order they came in."""
    people = _grouped(transaction.rows(_PEOPLE), "story_id")
    media = _grouped(transaction.rows(_RECORDINGS), "story_id")
    runs = _grouped(transaction.rows(_RUNS), "recording_id")
    counted = {(run_id, bool(reviewed)): n for run_id, reviewed, n in transaction.rows(_LINES)}
    quoted = {row[0]: int(row[1]) for row in transaction.rows(_QUOTES)}
    found = []
    for row in transaction.rows(_STORIES):
        recording = media[row.id][0] if media[row.id] else None
        own_runs = runs[recording.id] if recording else []
        found.append(_story_line(row, people[row.id], recording, own_runs, counted, quoted.get(row.id, 0)))
    return found


def _story_line(
    row: AnyRow, people: Sequence[AnyRow], recording: AnyRow | None, runs: Sequence[AnyRow],
    counted: dict[tuple[str, bool], int], quoted: int,
) -> StoryLine:  # fmt: skip
    first = people[0] if people else None
    shown = _shown(runs, counted)
    unread, read = counted.get((shown, False), 0), counted.get((shown, True), 0)
    return StoryLine(
        row.id, row.code, row.title, row.slug, row.language, row.recorded_on,
        tuple(p.name for p in people), tuple(p.contributor_id for p in people),
        first.role if first else "", first.organization if first else "",
        first.stakeholder if first else "", first.province if first else "",
        recording.id if recording else "",
        recording.duration_ms if recording else 0,
        bool(recording and recording.has_picture),
        _state(runs), unread + read, read, quoted,
    )  # fmt: skip


def _shown(runs: Sequence[AnyRow], counted: dict[tuple[str, bool], int]) -> str:
    """Return the run whose lines people see: the newest that heard everything, or else the newest with any lines."""
    open_runs = [run for run in runs if not run.beside]
    done = [run.id for run in open_runs if run.state == RunState.DONE and run.only_from_ms is None]
    begun = [run.id for run in open_runs if (run.id, False) in counted or (run.id, True) in counted]
    return next(iter((*done[-1:], *begun[-1:])), "")


def _state(runs: Sequence[AnyRow]) -> str:
    if any(run.state == RunState.RUNNING for run in runs):
        return RunState.RUNNING.value
    states = [str(run.state) for run in runs if run.only_from_ms is None]
    if RunState.DONE.value in states:
        return RunState.DONE.value
    return states[-1] if states else "none"


def export_lines(transaction: Transaction) -> list[ExportLine]:
    """Return the ledger as its list shows it, latest first."""
    counts = select(export_items.c.export_id, func.count()).group_by(export_items.c.export_id)
    items = {row[0]: int(row[1]) for row in transaction.rows(counts)}
    latest_first = (func.length(exports.c.code).desc(), exports.c.code.desc())
    return [
        ExportLine(
            row.id, row.code, row.kind, row.title, row.made_at, tuple(row.uses), row.place, items.get(row.id, 0),
            len(row.left_out), row.use_until,
        )
        for row in transaction.rows(select(exports).order_by(*latest_first))
    ]  # fmt: skip


def history_lines(transaction: Transaction, about: str, most: int) -> list[HistoryLine]:
    """Return what happened, latest first; `about` narrows to one identifier."""
    statement = select(history).order_by(history.c.seq.desc()).limit(max(0, most))
    if about:
        statement = statement.where(history.c.details.contains(json.dumps(about), autoescape=True))
    return [HistoryLine(row.seq, row.at, row.event, row.details) for row in transaction.rows(statement)]


def _grouped(rows: Sequence[AnyRow], key: str) -> defaultdict[str, list[AnyRow]]:
    groups: defaultdict[str, list[AnyRow]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups
