"""Schema 4: the workbench. Every state a line ever had, voices, a glossary, a queue, and what engines tell besides."""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Integer, Text, UniqueConstraint

_NEW: dict[str, list[tuple[str, Any, str | None]]] = {
    "segments": [("language", Text, ""), ("voice", Text, ""), ("flags", JSON, "[]")],
    "words": [("estimated", Boolean, "0")],
    "chunks": [("speech", JSON, "[]")],
    "transcript_runs": [("beside", Boolean, "0"), ("only_from_ms", Integer, None), ("only_to_ms", Integer, None),
                        ("device", Text, ""), ("spent_ms", Integer, "0")],
}  # fmt: skip
"""What each table learns: name, type, and what a row of before says; None where it may say nothing."""

_LINES = (
    "id, run_id, recording_id, segment_id, position, start_ms, end_ms, text, language, speaker_id, revision, reviewed"
)
_STATE = (
    "position, start_ms, end_ms, text, words, language, speaker_id, voice_id, revision, reviewed, opens_paragraph,"
    " flags, gone"
)
_NUMBERED = (
    "WITH timed AS (SELECT r.*, l.run_id, max(r.at) OVER (PARTITION BY r.line_id ORDER BY r.seq) AS not_before"
    " FROM line_revisions r JOIN lines l ON l.id = r.line_id), numbered AS (SELECT *, row_number() OVER"
    " (PARTITION BY run_id ORDER BY not_before, line_id, seq) AS number FROM timed)"
)
"""The corrections of before, numbered within each transcript; a line's own stay in order whatever its clock said."""


def upgrade(operations: Operations) -> None:
    """Add what the workbench needs; each earlier correction becomes a change of its own."""
    for table, columns in _NEW.items():
        for name, kind, before in columns:
            operations.add_column(table, Column(name, kind, nullable=before is None, server_default=before))
    _add_tables(operations)
    _add_lists(operations)
    _let_lines_be_parted(operations)
    _keep_revisions(operations)
    _keep_what_was_said_of_lines(operations)
    _guard(operations)


def _let_lines_be_parted(operations: Operations) -> None:
    """Make the table of lines anew: a line may stand between two others, and two lines may come of one segment."""
    operations.execute(f"CREATE TEMP TABLE lines_before AS SELECT {_LINES} FROM lines")
    operations.drop_table("lines")
    operations.create_table(
        "lines",
        Column("id", Text, primary_key=True),
        Column("run_id", Text, ForeignKey("transcript_runs.id", ondelete="RESTRICT"), nullable=False),
        Column("recording_id", Text, ForeignKey("recordings.id", ondelete="RESTRICT"), nullable=False),
        Column("segment_id", Integer, ForeignKey("segments.id", ondelete="RESTRICT")),
        Column("position", Float(53), nullable=False),
        Column("start_ms", Integer, nullable=False), Column("end_ms", Integer, nullable=False),
        Column("text", Text, nullable=False), Column("language", Text, nullable=False),
        Column("speaker_id", Text, ForeignKey("contributors.id", ondelete="RESTRICT")),
        Column("revision", Integer, nullable=False), Column("reviewed", Boolean, nullable=False),
        Column("voice_id", Text, ForeignKey("voices.id", ondelete="RESTRICT")),
        Column("opens_paragraph", Boolean, nullable=False, server_default="0"),
        Column("flags", JSON, nullable=False, server_default="[]"),
        Column("gone", Boolean, nullable=False, server_default="0"),
        Column("born", Integer, nullable=False, server_default="0"),
    )  # fmt: skip
    operations.execute(f"INSERT INTO lines ({_LINES}) SELECT {_LINES} FROM lines_before")
    operations.execute("DROP TABLE lines_before")
    operations.create_index("ix_lines_run_id_position", "lines", ["run_id", "position"])
    operations.create_index("ix_lines_run_id_reviewed", "lines", ["run_id", "reviewed", "gone"])
    operations.create_index("ix_lines_segment_id", "lines", ["segment_id"])


def _keep_revisions(operations: Operations) -> None:
    operations.execute(
        f"{_NUMBERED} INSERT INTO changes (run_id, number, at, author, kind, lines, text)"
        " SELECT l.run_id, r.number, r.at, r.author, 'reworded', 1, r.text"
        " FROM numbered r JOIN lines l ON l.id = r.line_id"
    )
    operations.execute(
        f"{_NUMBERED} INSERT INTO line_states (run_id, number, line_id, {_STATE})"
        " SELECT l.run_id, r.number, l.id, l.position,"
        " coalesce(min(s.start_ms, json_extract(r.words, '$[0][1]')), s.start_ms),"
        " coalesce(max(s.end_ms, json_extract(r.words, '$[#-1][2]')), s.end_ms), r.text, r.words,"
        " l.language, NULL, NULL, r.revision, r.revision > 0, 0, '[]', 0"
        " FROM numbered r JOIN lines l ON l.id = r.line_id JOIN segments s ON s.id = l.segment_id"
    )
    operations.drop_table("line_revisions")


def _keep_what_was_said_of_lines(operations: Operations) -> None:
    """Bring every line of before to the state it stands in, as one last change to each transcript that needs it.

    Earlier schemas kept what a line read, and not when it was marked as reviewed or given to a speaker.
    """
    operations.execute(
        "CREATE TEMP TABLE left_over AS SELECT l.*, s.words AS said, coalesce(s.number, 0) AS after FROM lines l"
        " LEFT JOIN line_states s ON s.line_id = l.id"
        " AND s.number = (SELECT max(number) FROM line_states WHERE line_id = l.id)"
        " WHERE l.reviewed <> coalesce(s.reviewed, 0) OR l.speaker_id IS NOT s.speaker_id"
        " OR (s.line_id IS NOT NULL AND (l.text, l.start_ms, l.end_ms, l.revision)"
        " IS NOT (s.text, s.start_ms, s.end_ms, s.revision))"
    )
    operations.execute(
        "INSERT INTO changes (run_id, number, at, author, kind, lines, text)"
        " SELECT run_id, 1 + coalesce((SELECT max(number) FROM changes c WHERE c.run_id = o.run_id), 0),"
        " coalesce((SELECT max(at) FROM changes c WHERE c.run_id = o.run_id),"
        " (SELECT ended_at FROM transcript_runs t WHERE t.id = o.run_id)), '', 'reviewed', count(*),"
        " (SELECT text FROM left_over f WHERE f.run_id = o.run_id ORDER BY position LIMIT 1)"
        " FROM left_over o GROUP BY run_id"
    )
    operations.execute(
        f"INSERT INTO line_states (run_id, number, line_id, {_STATE})"
        " SELECT run_id, (SELECT max(number) FROM changes c WHERE c.run_id = o.run_id), id, position, start_ms, end_ms,"
        " text, said, language, speaker_id, voice_id, revision, reviewed, opens_paragraph, flags, gone FROM left_over o"
    )
    operations.execute("DROP TABLE left_over")


def _guard(operations: Operations) -> None:
    for table in ("changes", "line_states"):
        operations.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN"
            f" SELECT RAISE(ABORT, '{table} are only ever added to'); END"
        )


def _add_tables(operations: Operations) -> None:
    operations.create_table(
        "voices",
        Column("id", Text, primary_key=True),
        Column("recording_id", Text, ForeignKey("recordings.id", ondelete="RESTRICT"), nullable=False),
        Column("number", Integer, nullable=False), Column("name", Text, nullable=False),
        Column("contributor_id", Text, ForeignKey("contributors.id", ondelete="RESTRICT")),
        Column("channel", Text, nullable=False),
        UniqueConstraint("recording_id", "number"),
    )  # fmt: skip
    operations.create_table(
        "changes",
        Column("run_id", Text, ForeignKey("transcript_runs.id", ondelete="RESTRICT"), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        *(Column(name, Text, nullable=False) for name in ("at", "author", "kind")),
        Column("lines", Integer, nullable=False), Column("text", Text, nullable=False),
    )  # fmt: skip
    operations.create_table(
        "line_states",
        Column("run_id", Text, ForeignKey("transcript_runs.id", ondelete="RESTRICT"), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("line_id", Text, ForeignKey("lines.id", ondelete="RESTRICT"), primary_key=True),
        Column("position", Float(53), nullable=False),
        Column("start_ms", Integer, nullable=False), Column("end_ms", Integer, nullable=False),
        Column("text", Text, nullable=False), Column("words", JSON), Column("language", Text, nullable=False),
        Column("speaker_id", Text), Column("voice_id", Text),
        Column("revision", Integer, nullable=False), Column("reviewed", Boolean, nullable=False),
        Column("opens_paragraph", Boolean, nullable=False), Column("flags", JSON, nullable=False),
        Column("gone", Boolean, nullable=False),
    )  # fmt: skip
    operations.create_index("ix_line_states_line_id_number", "line_states", ["line_id", "number"])


def _add_lists(operations: Operations) -> None:
    operations.create_table(
        "glossary",
        Column("id", Text, primary_key=True), Column("term", Text, nullable=False),
        Column("heard_as", JSON, nullable=False), Column("language", Text, nullable=False),
    )
    operations.create_table(
        "queue",
        Column("id", Text, primary_key=True),
        Column("recording_id", Text, ForeignKey("recordings.id", ondelete="RESTRICT"), nullable=False),
        Column("position", Float(53), nullable=False), Column("state", Text, nullable=False),
        Column("how", JSON, nullable=False), Column("model", Text, nullable=False),
        Column("only_from_ms", Integer), Column("only_to_ms", Integer),
        Column("again", Boolean, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("problem", "hint", "added_at")),
    )  # fmt: skip
    operations.create_index("ix_queue_recording_id", "queue", ["recording_id"])
