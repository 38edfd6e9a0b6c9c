"""Schema 2: full-text search over passages, records that are only ever added to, and quick counts of lines."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint

_STATEMENTS = (
    *(
        f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, '{table} are only ever added to'); END"
        for table, change in (
            ("consent_events", "UPDATE"), ("consent_events", "DELETE"), ("history", "UPDATE"), ("history", "DELETE"),
            ("segments", "UPDATE"), ("words", "UPDATE"),
        )
    ),
)  # fmt: skip

FULLTEXT = (
    """CREATE VIRTUAL TABLE passages_fts USING fts5(x, s, content='passages', content_rowid='id',
 tokenize="unicode61 remove_diacritics 2")""",
    "INSERT INTO passages_fts(passages_fts, rank) VALUES('secure-delete', 1)",
    """CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
 INSERT INTO passages_fts(rowid, x, s) VALUES (new.id, new.x, new.s); END""",
    """CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
 INSERT INTO passages_fts(passages_fts, rowid, x, s) VALUES ('delete', old.id, old.x, old.s); END""",
    """CREATE TRIGGER passages_changed AFTER UPDATE OF x, s ON passages BEGIN
 INSERT INTO passages_fts(passages_fts, rowid, x, s) VALUES ('delete', old.id, old.x, old.s);
 INSERT INTO passages_fts(rowid, x, s) VALUES (new.id, new.x, new.s); END""",
)
"""The index itself, with the triggers that keep it."""


def upgrade(operations: Operations) -> None:
    """Add what search reads; the upgrade itself fills it, from the lines and quotes that are there."""
    operations.create_table(
        "passages",
        Column("id", Integer, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("owner_id", Text, nullable=False),
        Column("story_id", Text, ForeignKey("stories.id", ondelete="RESTRICT"), nullable=False),
        Column("recording_id", Text, ForeignKey("recordings.id", ondelete="RESTRICT"), nullable=False),
        Column("run_id", Text),
        Column("start_ms", Integer, nullable=False),
        Column("end_ms", Integer, nullable=False),
        Column("language", Text, nullable=False),
        Column("speaker_id", Text, ForeignKey("contributors.id", ondelete="RESTRICT")),
        Column("text", Text, nullable=False),
        Column("x", Text, nullable=False),
        Column("s", Text, nullable=False),
        UniqueConstraint("kind", "owner_id"),
    )
    operations.create_index(
        "ix_passages_recording_id_kind_start_ms", "passages", ["recording_id", "kind", "start_ms"]
    )
    operations.create_index("ix_lines_run_id_reviewed", "lines", ["run_id", "reviewed"])
    for statement in (*_STATEMENTS, *FULLTEXT):
        operations.get_bind().exec_driver_sql(statement)
