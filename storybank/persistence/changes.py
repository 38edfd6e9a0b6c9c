"""Changes on disk: who did what to a transcript, and every state its lines were ever brought to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from storybank.domain.change import Change, ChangeKind
from storybank.domain.flag import Flag
from storybank.domain.transcript import Line, Word
from storybank.persistence import indexing
from storybank.persistence.tables import changes, line_states, lines
from storybank.persistence.transaction import AnyRow, Transaction

STATE = ("position", "start_ms", "end_ms", "text", "language", "speaker_id", "voice_id", "revision", "reviewed",
         "opens_paragraph", "gone")  # fmt: skip
"""What of a line can change, besides its words and flags; the rest tells where it came from."""


def revise(on: Transaction, known: Mapping[str, Line], engines: Mapping[str, tuple[Word, ...]], change: Change,
           recording_id: str, after: Sequence[Line]) -> None:
    """Write a change with the new state of each line; `known` are the lines on file, `engines` their own words."""
    on.add(changes, [{
        "run_id": change.run_id, "number": change.number, "at": change.at, "author": change.author,
        "kind": change.kind.value, "lines": change.lines, "text": change.text,
    }])  # fmt: skip
    fresh = [line for line in after if line.id not in known]
    if fresh:
        on.execute(insert(lines), [
            _state(line) | {"id": line.id, "run_id": change.run_id, "recording_id": recording_id, "segment_id": None,
                            "born": change.number} for line in fresh
        ])  # fmt: skip
    if there := [line for line in after if line.id in known]:
        own: dict[str, Any] = {name: bindparam(f"new_{name}") for name in (*STATE, "flags")}
        on.execute(update(lines).where(lines.c.id == bindparam("line_id")).values(own), [
            {"line_id": line.id} | {f"new_{name}": value for name, value in _state(line).items()} for line in there
        ])  # fmt: skip
    on.execute(insert(line_states), [
        _state(line) | {"run_id": change.run_id, "number": change.number, "line_id": line.id,
                        "words": None if engines.get(line.id) == line.words else _packed(line.words)}
        for line in after
    ])  # fmt: skip
    indexing.refresh_lines(on, recording_id, change.run_id, [line.id for line in after])


def next_number(on: Transaction, run_id: str) -> int:
    """Return the number of the change to come."""
    last = on.execute(select(func.max(changes.c.number)).where(changes.c.run_id == run_id)).scalar()
    return (last or 0) + 1


def of_run(on: Transaction, run_id: str) -> list[Change]:
    """Return a transcript's changes, oldest first."""
    own = select(changes).where(changes.c.run_id == run_id).order_by(changes.c.number)
    return [Change(row.run_id, row.number, row.at, row.author, ChangeKind(row.kind), row.lines, row.text)
            for row in on.rows(own)]


def states(on: Transaction, run_id: str, upto: int | None = None) -> dict[str, AnyRow]:
    """Return the latest state of every line that was ever changed, up to a change."""
    of_run = line_states.c.run_id == run_id
    latest = select(line_states.c.line_id, func.max(line_states.c.number).label("number")).where(of_run)
    if upto is not None:
        latest = latest.where(line_states.c.number <= upto)
    last = latest.group_by(line_states.c.line_id).subquery()
    same = (line_states.c.line_id == last.c.line_id) & (line_states.c.number == last.c.number)
    return {row.line_id: row for row in on.rows(select(line_states).join(last, same).where(of_run))}


def touched_since(on: Transaction, run_id: str, number: int) -> set[str]:
    """Return the lines that changes after `number` touched."""
    own = select(line_states.c.line_id).where(line_states.c.run_id == run_id, line_states.c.number > number)
    return {row.line_id for row in on.rows(own.distinct())}


def beside(on: Transaction, line_id: str, read: Callable[[str], Line]) -> tuple[Line | None, Line | None]:
    """Return the lines that stand before and after a line, each read by its identifier."""
    here = on.row(select(lines.c.run_id, lines.c.position).where(lines.c.id == line_id))
    if here is None:
        return None, None
    standing = select(lines.c.id).where(lines.c.run_id == here.run_id, lines.c.gone.is_(False))
    before = standing.where(lines.c.position < here.position).order_by(lines.c.position.desc())
    after = standing.where(lines.c.position > here.position).order_by(lines.c.position)
    found = [on.row(one.limit(1)) for one in (before, after)]
    return read(found[0].id) if found[0] else None, read(found[1].id) if found[1] else None


def unpacked(kept: Sequence[Sequence[Any]]) -> tuple[Word, ...]:
    """Return words as they were kept."""
    return tuple(Word(*word) for word in kept)


def line_of(row: AnyRow, line_id: str, recording_id: str, words: tuple[Word, ...]) -> Line:
    """Return a line from its row, or from a state it was in."""
    return Line(
        line_id, recording_id, row.position, row.start_ms, row.end_ms, row.text, words, row.language, row.speaker_id,
        row.revision, row.reviewed, row.voice_id, row.opens_paragraph, tuple(map(Flag, row.flags)), row.gone,
    )  # fmt: skip


def _state(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in STATE} | {"flags": [flag.value for flag in line.flags]}


def _packed(words: Sequence[Word]) -> list[list[Any]]:
    return [[w.text, w.start_ms, w.end_ms, w.probability, *([True] if w.estimated else [])] for w in words]
