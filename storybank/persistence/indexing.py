"""Keeping the index true to transcripts: the passages that search reads, written as their lines change.

Only what differs is written: a correction touches the passage it is made in, seldom one or two behind it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, tuple_, update

from storybank.domain.transcript import RunState
from storybank.persistence import index_rows
from storybank.persistence.index_rows import drop_memo, drop_quote, put_memo, put_person, put_quote, put_story
from storybank.persistence.numbering import free_numbers
from storybank.persistence.partition import Stretch, starts_of, stretches
from storybank.persistence.tables import line_states, lines, passages, recordings, segments, stories, transcript_runs
from storybank.persistence.tables import words as engine_words
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.persistence.wording import shadows

__all__ = [
    "PASSAGE", "QUOTE", "add_chunk", "batched", "drop_memo", "drop_quote", "put_memo", "put_person", "put_quote",
    "put_story", "refresh_lines", "reindex", "reindex_story", "run_to_show", "show_run", "shown_run",
]  # fmt: skip

PASSAGE, QUOTE = "passage", "quote"

_MANY = 50
"""Lines changed at once, above which the whole transcript is read anew."""

_LINE_ROWS = select(
    lines.c.id, lines.c.recording_id, lines.c.run_id, lines.c.position, lines.c.start_ms, lines.c.end_ms,
    lines.c.language, lines.c.speaker_id, lines.c.voice_id, lines.c.segment_id, lines.c.text, recordings.c.story_id,
).join(recordings, recordings.c.id == lines.c.recording_id).join(
    stories, (stories.c.id == recordings.c.story_id) & (stories.c.sealed_on == "")
).where(lines.c.gone.is_(False)).order_by(lines.c.position)  # fmt: skip
"""What search may read of lines; those of a sealed story are not among them."""

_Timed = dict[str, Sequence[tuple[str, int, int]]]


def show_run(on: Transaction | Connection, recording_id: str, run_id: str | None) -> None:
    """Let search read the lines of one run over a recording, and of no other."""
    on.execute(delete(passages).where(passages.c.recording_id == recording_id, passages.c.kind == PASSAGE))
    if run_id is not None:
        found = list(stretches(on.execute(_LINE_ROWS.where(lines.c.run_id == run_id))))
        _add(on, found, _timed_in_run(on, run_id, found))


def shown_run(on: Transaction | Connection, recording_id: str) -> str | None:
    """Return the run whose lines search reads at present."""
    statement = select(passages.c.run_id).where(passages.c.recording_id == recording_id, passages.c.kind == PASSAGE)
    return on.execute(statement.limit(1)).scalar()


def add_chunk(on: Transaction | Connection, run_id: str, first_position: int) -> None:
    """Let search read the lines of a run from a position on; the last passage before may go on."""
    _sync(on, run_id, first_position, float("inf"), frozenset())


def refresh_lines(on: Transaction | Connection, recording_id: str, run_id: str, line_ids: Sequence[str]) -> None:
    """Read lines anew, if their run is the one that search reads; those that are gone are forgotten."""
    if not line_ids or run_to_show(on, recording_id) != run_id:
        return
    if len(line_ids) > _MANY:
        _sync(on, run_id, float("-inf"), float("inf"), frozenset(line_ids))
        return
    placed = select(func.min(lines.c.position), func.max(lines.c.position)).where(lines.c.id.in_(line_ids))
    first, last = on.execute(placed).one()
    if first is not None:
        _sync(on, run_id, first, last, frozenset(line_ids))


def batched(ids: Sequence[str], most: int = 500) -> Iterator[Sequence[str]]:
    """Yield identifiers in lots that one question can hold."""
    for start in range(0, len(ids), most):
        yield ids[start : start + most]


def run_to_show(on: Transaction | Connection, recording_id: str) -> str | None:
    """Return the run that people see: the newest that heard everything, or else the newest with any lines."""
    any_lines = exists().where(lines.c.run_id == transcript_runs.c.id)
    is_done = (transcript_runs.c.state == RunState.DONE.value) & transcript_runs.c.only_from_ms.is_(None)
    own = select(transcript_runs.c.id).where(
        transcript_runs.c.recording_id == recording_id, transcript_runs.c.beside.is_(False), is_done | any_lines
    )
    return on.execute(own.order_by(is_done.desc(), transcript_runs.c.seq.desc()).limit(1)).scalar()


def reindex(on: Transaction | Connection) -> None:
    """Build everything that search reads anew; stories that are sealed or erased stay out.

    Kind by kind, because the index takes numbers in their order several times faster.
    """
    on.execute(delete(passages))
    open_ones = select(stories.c.id).where(stories.c.sealed_on == "", stories.c.erased_on == "")
    for kind in (_show_recordings, index_rows.add_quotes, index_rows.add_memos, index_rows.add_story):
        for story_id in on.execute(open_ones.order_by(stories.c.id)).scalars().all():
            kind(on, story_id)


def reindex_story(on: Transaction | Connection, story_id: str) -> None:
    """Let search read all of a story, which it does not read yet."""
    _show_recordings(on, story_id)
    index_rows.add_quotes(on, story_id)
    index_rows.add_memos(on, story_id)
    index_rows.add_story(on, story_id)


def _show_recordings(on: Transaction | Connection, story_id: str) -> None:
    for recording_id in on.execute(select(recordings.c.id).where(recordings.c.story_id == story_id)).scalars().all():
        show_run(on, recording_id, run_to_show(on, recording_id))


def _sync(on: Transaction | Connection, run_id: str, first: float, last: float, touched: Collection[str]) -> None:
    """Bring the passages from one position to another up to date, and those behind them until nothing differs.

    It begins a passage earlier than asked, for whether that one goes on depends on the line behind it.
    """
    recording_id = on.execute(select(transcript_runs.c.recording_id).where(transcript_runs.c.id == run_id)).scalar()
    own = passages.c.recording_id == recording_id, passages.c.run_id == run_id  # a recording's are found by an index
    old = on.execute(_BOUNDARIES.where(*own)).all()
    firsts = [row.position for row in old]
    begin = max(0, bisect_right(firsts, first) - 2)
    behind, reach = bisect_right(firsts, last), 2
    while True:
        upto = firsts[behind + reach] if behind + reach < len(firsts) else None
        found, end = _until_it_agrees(on, run_id, old, begin, behind, upto)
        if end is not None:
            break
        reach *= 4
    _write(on, {row.owner_id for row in old[begin:end]}, found, touched)


_BOUNDARIES = (
    select(passages.c.owner_id, lines.c.position).join(lines, lines.c.id == passages.c.owner_id)
    .where(passages.c.kind == PASSAGE).order_by(lines.c.position)
)  # fmt: skip


def _until_it_agrees(
    on: Transaction | Connection, run_id: str, old: Sequence[AnyRow], begin: int, behind: int, upto: float | None
) -> tuple[list[Stretch], int | None]:
    """Return the passages as they should be, and the first of the old ones from which on they are so already."""
    wanted = _LINE_ROWS.where(lines.c.run_id == run_id)
    if begin:
        wanted = wanted.where(lines.c.position >= old[begin].position)
    if upto is not None:
        wanted = wanted.where(lines.c.position <= upto)
    known = {row.owner_id: at for at, row in enumerate(old[behind:], behind)}
    found: list[Stretch] = []
    for stretch in stretches(on.execute(wanted)):
        if stretch.owner_id in known:
            return found, known[stretch.owner_id]
        found.append(stretch)
    return found, None if upto is not None else len(old)


def _write(on: Transaction | Connection, owners: Collection[str], found: Sequence[Stretch],
           touched: Collection[str]) -> None:
    own = passages.c.kind == PASSAGE
    there = {row.owner_id: row for row in on.execute(select(passages).where(own, passages.c.owner_id.in_(owners)))}
    gone = there.keys() - {stretch.owner_id for stretch in found}
    if gone:
        on.execute(delete(passages).where(own, passages.c.owner_id.in_(gone)))
    unlike = [one for one in found if _differs(one, there.get(one.owner_id), touched)]
    timed = _timed_of(on, unlike)
    for stretch in unlike:
        if (row := there.get(stretch.owner_id)) is not None:
            new = _row(stretch, timed)
            changed = {name: value for name, value in new.items() if getattr(row, name) != value}
            if changed:
                on.execute(update(passages).where(passages.c.id == row.id).values(changed))
    _add(on, [one for one in unlike if one.owner_id not in there], timed)


def _differs(stretch: Stretch, row: AnyRow | None, touched: Collection[str]) -> bool:
    if row is None or any(line.row.id in touched for line in stretch.lines):
        return True
    return any(getattr(row, name) != value for name, value in stretch.facts().items())


def _row(stretch: Stretch, timed: _Timed) -> dict[str, Any]:
    facts = stretch.facts()
    x, s = shadows(facts["text"], facts["language"])
    return facts | {"x": x, "s": s, "starts": starts_of(stretch, timed)}


def _add(on: Transaction | Connection, found: Sequence[Stretch], timed: _Timed) -> None:
    if not found:
        return
    numbers = free_numbers(on, PASSAGE, found[0].lines[0].row.story_id, len(found))
    on.execute(insert(passages), [_row(one, timed) | {"id": n} for one, n in zip(found, numbers, strict=True)])


def _timed_of(on: Transaction | Connection, found: Sequence[Stretch]) -> _Timed:
    """Return the words of the lines of some passages, as they stand, with their times."""
    rows = [line.row for stretch in found for line in stretch.lines]
    timed: _Timed = {}
    for some in batched([row.id for row in rows]):
        latest = select(line_states.c.line_id, func.max(line_states.c.number)).where(line_states.c.line_id.in_(some))
        timed |= _changed(on, tuple_(line_states.c.line_id, line_states.c.number).in_(
            latest.group_by(line_states.c.line_id)))
    heard = {row.segment_id: row.id for row in rows if row.segment_id is not None and row.id not in timed}
    for segment_ids in batched(list(heard)):
        timed |= _heard(on, engine_words.c.segment_id.in_(segment_ids), heard)
    return timed


def _timed_in_run(on: Transaction | Connection, run_id: str, found: Sequence[Stretch]) -> _Timed:
    """Return the same for every line of a run, in a question or two."""
    rows = [line.row for stretch in found for line in stretch.lines]
    heard = {row.segment_id: row.id for row in rows if row.segment_id is not None}
    timed = _heard(on, engine_words.c.segment_id.in_(select(segments.c.id).where(segments.c.run_id == run_id)), heard)
    latest = select(line_states.c.line_id, func.max(line_states.c.number)).where(line_states.c.run_id == run_id)
    return timed | _changed(on, (line_states.c.run_id == run_id) & tuple_(
        line_states.c.line_id, line_states.c.number).in_(latest.group_by(line_states.c.line_id)))


def _changed(on: Transaction | Connection, which: Any) -> _Timed:  # noqa: ANN401 - a condition
    states = on.execute(select(line_states.c.line_id, line_states.c.words).where(which))
    return {row.line_id: [(w[0], w[1], w[2]) for w in row.words] for row in states if row.words is not None}


def _heard(on: Transaction | Connection, which: Any, line_of: dict[int, str]) -> _Timed:  # noqa: ANN401
    own = select(engine_words.c.segment_id, engine_words.c.text, engine_words.c.start_ms, engine_words.c.end_ms)
    said: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for segment_id, text, start, end in on.execute(
        own.where(which).order_by(engine_words.c.segment_id, engine_words.c.position)
    ):
        if segment_id in line_of:
            said[line_of[segment_id]].append((text, start, end))
    return dict(said)
